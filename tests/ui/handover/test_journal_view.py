"""收表记录 in the window: listed, taken back and again, with what depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView

from desktop.app.entry.edits import set_cell
from desktop.core.messages import message
from desktop.store.errors import DiskError
from desktop.ui.handover.journal_view import JournalView
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.desks import record_named
from tests.ui.desks import records
from tests.ui.handover.arrived import SLOW
from tests.ui.handover.arrived import arrive
from tests.ui.handover.arrived import beds_field
from tests.ui.handover.arrived import county_of
from tests.ui.handover.arrived import files_of
from tests.ui.handover.arrived import press
from tests.ui.handover.arrived import read_once

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

FIRST, SECOND, OTHER = "第一次.xlsx", "第二次.xlsx", "另一台.xlsx"


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return files_of(tmp_path_factory.mktemp("came"))


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.handover.receiving.reading.read_one", read_once)


@pytest.fixture
def work(open_work: Opener, stick: dict[str, Path], tmp_path: Path) -> Workplace:
    return open_work(county_of(tmp_path, stick[FIRST], stick[SECOND]))


@pytest.fixture
def view(work: Workplace, qtbot: QtBot) -> JournalView:
    made = JournalView(work)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    qtbot.waitUntil(button(made).isEnabled, timeout=SLOW)
    return made


def button(view: JournalView) -> QPushButton:
    return child(view, QPushButton, "journal.do")


def label(view: JournalView, name: str) -> str:
    return child(view, QLabel, f"journal.{name}").text()


def lines(view: JournalView, name: str) -> list[tuple[str, ...]]:
    model = child(view, QTableView, f"journal.{name}").model()
    columns = range(model.columnCount())
    return [
        tuple(model.index(row, column).data() for column in columns)
        for row in range(model.rowCount())
    ]


def test_empty__says_what_will_be_here(
    open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "c").mkdir()
    made = JournalView(open_work(county_of(tmp_path / "c")))
    qtbot.addWidget(made)
    made.show()
    empty = child(made, QLabel, "journal.empty")
    qtbot.waitUntil(empty.isVisible)
    assert "还没有收过表" in empty.text()
    assert nameless(made) == []


def test_back_and_again(view: JournalView, work: Workplace, qtbot: QtBot) -> None:
    assert [row[1:5] for row in lines(view, "packages")] == [
        ("华阳路街道", SECOND, "上报包", "计入"),
        ("华阳路街道", FIRST, "上报包", "计入"),
    ]
    assert nameless(view) == []
    assert ("养老机构调查表", "甲院", "总床位数", "12", "10") in lines(view, "changes")

    button(view).click()
    qtbot.waitUntil(lambda: button(view).text() == "重新计入", timeout=SLOW)
    assert record_named(work, "eci", "甲院").cell("beds_total") == 10
    assert lines(view, "packages")[0][4] == "已撤回"
    button(view).click()
    qtbot.waitUntil(lambda: button(view).text() == "撤回", timeout=SLOW)
    assert record_named(work, "eci", "甲院").cell("beds_total") == 12


def test_what_came_later__is_told(view: JournalView, qtbot: QtBot) -> None:
    view.table.selectRow(1)
    qtbot.waitUntil(lambda: SECOND in label(view, "said"), timeout=SLOW)

    assert "仍然计入" in label(view, "said")
    assert "改动 0 处" in label(view, "said")


def test_the_ledger_moved_on__nothing_is_written(
    view: JournalView, work: Workplace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "read", lambda: None)
    turn = view._turn  # noqa: SLF001 - as it was looked at
    record = record_named(work, "eci", "甲院")
    work.session.apply(set_cell(record, beds_field(work), 13)).result()
    qtbot.wait(100)
    view._turn = turn  # noqa: SLF001 - same
    view.carry_out()
    fault = child(view, QLabel, "journal.fault")
    qtbot.waitUntil(lambda: "再看一遍" in fault.text(), timeout=SLOW)
    assert len(records(work, "eci")) == 1


def test_a_disk_that_refuses__is_told(
    view: JournalView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DiskError(message("store.disk_full", path="x"))

    monkeypatch.setattr("desktop.ui.handover.journal_view.do_turn", refuse)
    button(view).click()
    fault = child(view, QLabel, "journal.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert fault.text()


def test_a_choice_that_would_be_left__is_told(
    view: JournalView, work: Workplace, stick: dict[str, Path], qtbot: QtBot
) -> None:
    files = arrive(work, qtbot, [stick[OTHER]])
    press(files, qtbot, "wish.skip")
    press(files, qtbot, "apply")
    qtbot.waitUntil(lambda: len(lines(view, "packages")) == 3, timeout=SLOW)
    view.table.selectRow(0)
    qtbot.waitUntil(lambda: "1 处" in label(view, "said"), timeout=SLOW)

    assert lines(view, "packages")[0][4] == "已搁置"
    assert not button(view).isEnabled()


def test_edited_and_typed__are_called_so(
    open_work: Opener, stick: dict[str, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QComboBox

    from tests.exchange.townships import WEST

    (tmp_path / "c").mkdir()
    work = open_work(county_of(tmp_path / "c"))
    files = arrive(work, qtbot, [stick["改过的.xlsx"]])
    press(files, qtbot, "all")
    press(files, qtbot, "wish.merge")
    press(files, qtbot, "apply")
    qtbot.waitUntil(child(files, QLabel, "receive.done").isVisible, timeout=SLOW)
    files = arrive(work, qtbot, [stick["手工表.xlsx"]])
    units = child(files, QComboBox, "receive.unit")
    units.activated.emit(units.findData(WEST))
    qtbot.waitUntil(lambda: files.rows[0][5] == "未定", timeout=SLOW)
    press(files, qtbot, "wish.merge")
    press(files, qtbot, "apply")
    qtbot.waitUntil(child(files, QLabel, "receive.done").isVisible, timeout=SLOW)

    made = JournalView(work)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(button(made).isEnabled, timeout=SLOW)
    kinds = [row[3] for row in lines(made, "packages")]
    assert kinds == ["手工表", "上报包（采用了改动）"]
