"""Third step: which period, and where the file goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.ui.ledgers.new_ledger_file import EXAMPLES
from desktop.ui.ledgers.new_ledger_file import FileStep
from desktop.ui.ledgers.new_ledger_file import present_period
from tests.ui.desks import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.forms.model import Pack
    from desktop.ui.workplace import UiStart

COUNTY = Unit(
    UnitCode("310105"), "长宁区", UnitCode("31"), UnitLevel.COUNTY, UnitClass.COUNTY
)


@pytest.fixture
def file(qtbot: QtBot, start: UiStart, pack: Pack) -> FileStep:
    made = FileStep(start)
    qtbot.addWidget(made)
    made.begin_for(pack, COUNTY)
    return made


def about(step: FileStep) -> str:
    return child(step, QLabel, "new.file.about").text()


def test_file__proposes_period_name_and_folder(file: FileStep, start: UiStart) -> None:
    assert file.ready
    assert file.period_box.text() == "2025"
    wanted = start.places.documents / "310105 长宁区 2025.taizhang"
    assert file.path == wanted
    assert str(wanted) in about(file)
    assert "2025年" in about(file)


def test_file__the_name_follows_the_period_until_the_person_writes_one(
    file: FileStep,
) -> None:
    file.period_box.setText("2024")
    assert file.name_box.text() == "310105 长宁区 2024"
    file.name_box.setText("养老.taizhang")
    file.period_box.setText("2023")
    assert file.path is not None
    assert file.path.name == "养老.taizhang"


def test_file__a_period_of_another_kind_is_not_taken(file: FileStep) -> None:
    for text in ("2025Q3", "2025-13", "abc", ""):
        file.period_box.setText(text)
        assert not file.ready
        assert EXAMPLES[PeriodKind.YEAR] in about(file)


@pytest.mark.parametrize("name", ["a/b", "a:b", 'a"b', "a?b", "a\\b", "", "   "])
def test_file__a_name_no_disk_takes_is_refused(file: FileStep, name: str) -> None:
    file.name_box.setText(name)
    assert file.path is None
    assert not file.ready
    assert '< > : " / \\ | ? *' in about(file)


def test_file__without_a_folder_there_is_no_place(file: FileStep) -> None:
    file.folder_box.setText(" ")
    assert not file.ready


def test_file__a_folder_is_chosen_or_not(
    file: FileStep, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = child(file, QPushButton, "new.choose")
    before = file.folder_box.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert file.folder_box.text() == before
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/srv/x")
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert file.path is not None
    assert file.path.parent == Path("/srv/x")


def test_file__a_pack_of_months_asks_for_a_month(
    qtbot: QtBot, start: UiStart, pack: Pack
) -> None:
    step = FileStep(start)
    qtbot.addWidget(step)
    monthly = pack.replaced(period_kind=PeriodKind.MONTH)
    step.begin_for(monthly, COUNTY)
    assert step.period_box.text() == "2025-11"
    step.period_box.setText("2025")
    assert EXAMPLES[PeriodKind.MONTH] in about(step)
    step.period_box.setText("2024-02")
    step.begin_for(monthly, COUNTY)
    assert step.period_box.text() == "2024-02", "what the person wrote is kept"


@pytest.mark.parametrize(
    ("kind", "month", "code"),
    [
        (PeriodKind.YEAR, 11, "2025"),
        (PeriodKind.HALF, 6, "2025H1"),
        (PeriodKind.HALF, 7, "2025H2"),
        (PeriodKind.QUARTER, 3, "2025Q1"),
        (PeriodKind.QUARTER, 10, "2025Q4"),
        (PeriodKind.MONTH, 9, "2025-09"),
    ],
)
def test_present_period(kind: PeriodKind, month: int, code: str) -> None:
    assert present_period(kind, 2025, month).code == code
