from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QTreeWidget

from desktop.app.collection.values import RefusedBook
from desktop.core.catalogue import CATALOGUE
from desktop.core.cells import BLANK
from desktop.core.findings import Level
from desktop.core.messages import message
from desktop.core.unit import UnitCode
from desktop.core.words import Words
from desktop.intake.cleaning import RepairKind
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import RowPlan
from desktop.intake.plan_values import UnitFrom
from desktop.intake.repair import Repair
from desktop.ui.files.collected_lines import DETAIL
from desktop.ui.files.collected_lines import CollectedLines
from tests import small
from tests.app.collection.test_notes import FAULT
from tests.app.collection.test_notes import returned

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.collection.values import Book

SAY = Words(CATALOGUE)
UNITS = {str(unit.code): unit for unit in small.units()}


@pytest.fixture
def books(tmp_path: Path) -> list[Book]:
    """Give a book with faults, one without, and one that is refused."""
    book = returned(tmp_path / "甲.xlsx")
    rows = (
        RowPlan(2, RowKind.NEW, "好院", UnitCode(small.STREET), UnitFrom.TABLE),
        RowPlan(
            3,
            RowKind.UPDATE,
            "坏院",
            UnitCode("9"),
            UnitFrom.TABLE,
            cells=(("beds_total", 90), ("beds_nursing", 5)),
            before=(("beds_total", 100), ("beds_nursing", BLANK)),
            repairs=(Repair("F3", "beds_total", "９０", "90", RepairKind.WIDTH),),
        ),
        RowPlan(4, RowKind.UNCHANGED, "老院", UnitCode("9"), UnitFrom.TABLE),
    )
    plan = replace(book.ready.plan, rows=rows)
    soft = replace(FAULT, row=3, cell="B3", level=Level.WARNING)
    ready = replace(book.ready, plan=plan)
    faulty = replace(book, ready=ready, faults=(soft, FAULT))
    sound = replace(faulty, faults=(), path=tmp_path / "乙.xlsx")
    why = message("collection.not_ours", file="丙.xlsx")
    return [faulty, sound, RefusedBook(tmp_path / "丙.xlsx", why)]


@pytest.fixture
def tree(qtbot: QtBot) -> QTreeWidget:
    made = QTreeWidget()
    qtbot.addWidget(made)
    return made


def texts(tree: QTreeWidget) -> list[list[list[str]]]:
    found = []
    for number in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(number)
        lines = [top, *(top.child(at) for at in range(top.childCount()))]
        columns = range(tree.columnCount())
        found.append([[line.text(at) for at in columns] for line in lines])
    return found


def test_headline__counts_rows_and_refused_files(books: list[Book]) -> None:
    assert CollectedLines(SAY, UNITS, books).headline() == (
        "3 files: 3 rows can be taken in, 2 as before, 1 to be mended; "
        "1 files cannot be taken"
    )
    sound = CollectedLines(SAY, UNITS, books[1:2]).headline()
    assert sound.endswith("0 to be mended")


def test_faults__the_hardest_first(books: list[Book], tree: QTreeWidget) -> None:
    CollectedLines(SAY, UNITS, books).show_faults(tree)
    faulty, sound, refused = texts(tree)
    assert faulty[0][0] == "甲.xlsx: 1 good rows, 1 to be mended"
    assert faulty[1][:4] == ["B2", "好院", "床位", "一百"]
    assert faulty[1][4].startswith("Must be mended: ")
    assert faulty[2][0] == "B3"
    assert faulty[2][4].startswith("Please check: ")
    assert sound == [["乙.xlsx: nothing is wrong, 2 rows", *[""] * 5]]
    assert refused[0][0].startswith("丙.xlsx is no collection workbook")
    detail = tree.topLevelItem(0).child(0).data(0, DETAIL)
    assert detail == f"{faulty[1][4]}\n填整数。"


def test_rows__what_each_becomes(books: list[Book], tree: QTreeWidget) -> None:
    CollectedLines(SAY, UNITS, books).show_rows(tree)
    faulty, sound, refused = texts(tree)
    kept = "Kept back until it is mended"
    assert faulty[1:] == [
        ["2", "Waits for you", "好院", "华阳路街道", kept],
        [
            *("3", "Changed", "坏院", "9"),
            "总床位数: 100 → 90；护理型床位数: (blank) → 5；F3: “９０” read as “90”",
        ],
        ["4", "As before", "老院", "9", ""],
    ]
    assert sound[1][1] == "New"
    assert len(refused) == 1
