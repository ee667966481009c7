from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.cli.desks import typed
from tests.small import make_filled
from tests.small import opened
from tests.small import put
from tests.verified import FORM
from tests.verified import altered
from tests.verified import find
from tests.verified import write_files

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a ledger, its workbook, and a copy with one figure altered."""
    folder = tmp_path_factory.mktemp("verify")
    with opened(make_filled(folder)) as ledger:
        write_files(ledger, folder, "报告", pdf=False)

    def change(book: Workbook) -> None:
        cell: Any = book[FORM][find(book, FORM, 60)]
        cell.value = 61

    altered(folder / "报告.xlsx", folder / "改.xlsx", change)
    return folder


def test_verify__everything_agrees(folder: Path) -> None:
    ledger = folder / "长宁区.taizhang"
    done = typed(folder, "verify", folder / "报告.xlsx", ledger)
    assert done.code == 0
    assert "报告.xlsx：agrees\n" in done.out
    assert "报告.xlsx　↔　长宁区.taizhang：agrees\n" in done.out


def test_verify__names_the_cell_that_was_altered(folder: Path) -> None:
    table = folder / "found.csv"
    done = typed(folder, "verify", folder / "改.xlsx", "--json", "--csv", table)
    assert done.code == 1
    [check] = done.facts["checks"]
    assert (check["files"], check["verdict"]) == (["改.xlsx"], "differs")
    assert check["codes"] == ["verify.shows", "verify.cells-differ"]
    assert check["sides"] == ["as written", "now in the file"]
    [one] = check["differences"]
    assert one.pop("where").startswith(f"{FORM}!")
    assert one == {
        "kind": "altered",
        "form": FORM,
        "record": "好院",
        "field": "护理型床位数",
        "was": "60",
        "now": "61",
    }
    assert "好院,护理型床位数,60,61," in table.read_text("utf-8-sig")


def test_verify__foreign_missing_and_out_of_date(folder: Path, tmp_path: Path) -> None:
    note = tmp_path / "通知.txt"
    note.write_bytes(b"\x00\x01")
    foreign = typed(folder, "verify", note)
    assert (foreign.code, foreign.err) == (1, "")
    assert "could not be verified" in foreign.out
    missing = typed(folder, "verify", tmp_path / "gone.xlsx")
    assert (missing.code, missing.out) == (2, "")
    assert "cannot be opened" in missing.err
    later = make_filled(tmp_path)
    with opened(later) as ledger:
        write_files(ledger, tmp_path, "旧", pdf=False)
        put(ledger, "新院")
    done = typed(folder, "verify", tmp_path / "旧.xlsx", later)
    assert done.code == 1
    assert "out of date" in done.out
