from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.collection import notes as collected_notes
from desktop.app.collection.notes import comment
from desktop.app.collection.notes import write_annotated
from desktop.app.collection.values import CellFault
from desktop.app.collection.values import ReturnedBook
from desktop.app.files.importing import ReadyImport
from desktop.core.findings import Level
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.intake.annotate import annotated
from desktop.intake.header import Header
from desktop.intake.header import Matching
from desktop.intake.plan_values import ImportPlan
from desktop.intake.table import Source
from desktop.intake.table import Table
from tests import small
from tests.collected import SAY
from tests.intake.test_annotate import book as workbook
from tests.intake.test_annotate import said

if TYPE_CHECKING:
    from pathlib import Path

FAULT = CellFault(
    sheet="表一",
    cell="B2",
    row=2,
    record="好院",
    field="床位",
    text="一百",
    why=message("intake.cell.no_number"),
    mend="填整数。",
)


def returned(path: Path) -> ReturnedBook:
    data = workbook()
    path.write_bytes(data)
    read = Source(path.name, hashlib.sha256(data).hexdigest(), ())
    form = small.small_pack().forms[0]
    matching = Matching(Header(1, 1, ()), ())
    plan = ImportPlan("eci", "表", "2025", matching, (), (), 0, (), ())
    ready = ReadyImport(read, Table("表一", ()), plan)
    return ReturnedBook(path, form, ready, {}, (FAULT,))


def test_write__a_copy_beside_the_original(tmp_path: Path) -> None:
    book = returned(tmp_path / "收回.xlsx")
    before = book.path.read_bytes()
    copy = write_annotated(book, tmp_path, SAY)
    assert copy.name == "收回-批注.xlsx"
    assert book.path.read_bytes() == before
    assert said(copy.read_bytes()) == {"表一!B2": ("民生台账", comment(FAULT, SAY))}


def test_comment__says_what_and_how() -> None:
    text = comment(FAULT, SAY)
    assert text.startswith("【请改】")
    assert text.endswith("\n填法：填整数。")
    soft = replace(FAULT, level=Level.WARNING, mend="")
    assert comment(soft, SAY).startswith("【请核对】")
    assert "\n" not in comment(soft, SAY)


def refusal(book: ReturnedBook, folder: Path) -> str:
    with pytest.raises(ExportError) as caught:
        write_annotated(book, folder, SAY)
    assert not list(folder.glob("*批注*"))
    return caught.value.message.code


def test_write__not_of_a_file_that_changed_or_went(tmp_path: Path) -> None:
    book = returned(tmp_path / "收回.xlsx")
    book.path.write_bytes(b"other")
    assert refusal(book, tmp_path) == "collection.changed_since"
    book.path.unlink()
    assert refusal(book, tmp_path) == "intake.unreadable"


def test_write__not_where_comments_cannot_be_added(tmp_path: Path) -> None:
    book = returned(tmp_path / "收回.xlsx")
    odd = replace(book, faults=(replace(FAULT, sheet="表九"),))
    assert refusal(odd, tmp_path) == "collection.not_annotated"


def test_write__a_damaged_copy_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = returned(tmp_path / "收回.xlsx")

    class Lossy(bytes):
        def __eq__(self, other: object) -> bool:
            return False

        def __hash__(self) -> int:
            return 0

    monkeypatch.setattr(
        collected_notes, "annotated", lambda *given: Lossy(annotated(*given) or b"")
    )
    assert refusal(book, tmp_path) == "export.differs"
