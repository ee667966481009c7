from __future__ import annotations

import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.export.template.book import Book
from desktop.export.template.check import check_filled
from desktop.export.template.fill import Filled
from desktop.export.template.fill import fill
from desktop.export.template.page import PageFill
from desktop.export.template.zip import copied
from tests.export.template_books import STRESS_SHEET
from tests.export.template_books import packed
from tests.export.template_books import stress
from tests.export.template_books import stress_parts

if TYPE_CHECKING:
    from pathlib import Path

VALUES = {
    "B4": Decimal("1.50"),
    "B5": None,
    "B7": "合计",
    "B8": "a\x07_x0041_",
    "单位名称": 3,
}


def filled() -> Filled:
    page = PageFill("综合表", {"A1": "养老机构综合表"}, VALUES)
    found = fill(Book("x.xlsx", stress()), [page])
    assert isinstance(found, Filled)
    return found


def found_in(folder: Path, data: bytes) -> str | None:
    path = folder / "x.xlsx"
    path.write_bytes(data)
    said = check_filled(path, "x.xlsx", filled())
    return None if said is None else f"{said.code} {dict(said.params).get('place', '')}"


def written(**changed: bytes) -> bytes:
    done = filled()
    parts = {**done.parts, **changed}
    return b"".join(copied(done.book.archive, parts, done.left_out))


def test_check__a_file_as_it_should_be(tmp_path: Path) -> None:
    assert found_in(tmp_path, written()) is None


def test_check__a_part_that_is_not_as_it_was(tmp_path: Path) -> None:
    data = written(**{"xl/media/image1.png": b"x"})
    assert found_in(tmp_path, data) == "export.differs xl/media/image1.png"


def test_check__a_part_too_few(tmp_path: Path) -> None:
    parts = stress_parts()
    del parts["xl/media/image1.png"]
    path = tmp_path / "y.xlsx"
    path.write_bytes(packed(parts))
    said = check_filled(path, "x.xlsx", filled())
    assert said == message("export.differs", name="x.xlsx", place="zip")


def test_check__values_that_are_not_there(tmp_path: Path) -> None:
    for old, new in ((b"<v>1.50<", b"<v>1.5x<"), (b'r="B4"', b'r="b4"')):
        sheet = filled().parts[STRESS_SHEET].replace(old, new)
        code = (
            "export.damaged " if b"x<" in new else f"export.differs {STRESS_SHEET} B4"
        )
        assert found_in(tmp_path, written(**{STRESS_SHEET: sheet})) == code


def test_check__a_sheet_without_rows(tmp_path: Path) -> None:
    data = written(**{STRESS_SHEET: b"<worksheet/>"})
    assert found_in(tmp_path, data) == f"export.differs {STRESS_SHEET} B4"


def test_check__no_zip_at_all(tmp_path: Path) -> None:
    assert found_in(tmp_path, b"PK") == "export.damaged "
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w"):
        pass
