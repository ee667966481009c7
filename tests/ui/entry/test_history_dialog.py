from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.entry.edits import set_cell
from desktop.core.cells import Absent
from desktop.ui.entry.history_dialog import HistoryDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def put(work: Workplace, cell: Cell) -> None:
    record = record_named(work, "eci", "好院")
    field = work.form("eci").by_id["beds_nursing"]
    work.session.apply(set_cell(record, field, cell)).result()


def open_dialog(
    qtbot: QtBot, work: Workplace, field: str = "beds_nursing"
) -> HistoryDialog:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    record = record_named(work, "eci", "好院")
    made = HistoryDialog(work, record, work.form("eci").by_id[field], window)
    made.open()
    drain(work)
    setattr(made, "kept", window)  # noqa: B010 - the window lives as long
    return made


def lines(dialog: HistoryDialog) -> list[list[str]]:
    found = []
    for row in range(dialog.table.topLevelItemCount()):
        item = dialog.table.topLevelItem(row)
        found.append([item.text(column) for column in range(5)])
    return found


def again(dialog: HistoryDialog) -> QPushButton:
    return child(dialog, QPushButton, "history.restore")


@pytest.fixture
def told(qtbot: QtBot, work: Workplace) -> HistoryDialog:
    put(work, 61)
    put(work, Absent.UNKNOWN)
    return open_dialog(qtbot, work)


def test_history__when_who_from_to_and_what_was_done(told: HistoryDialog) -> None:
    last, edit, first = lines(told)
    assert last == ["2025-11-22 09:30", "李芳", "61", "不详", "修改 护理型床位数"]
    assert edit[2:4] == ["60", "61"]
    assert first[2:4] == ["空", "60"]
    assert "养老机构调查表" in first[4]


def test_restore__gives_an_earlier_value_in_one_step(
    told: HistoryDialog, work: Workplace
) -> None:
    assert not again(told).isEnabled(), "the last line is what stands there now"
    told.table.setCurrentItem(told.table.topLevelItem(2))
    assert again(told).isEnabled()
    again(told).click()
    drain(work)
    assert record_named(work, "eci", "好院").cell("beds_nursing") == 60
    assert lines(told)[0][2:] == ["不详", "60", "恢复以前的值：护理型床位数"]
    work.session.undo().result()
    assert record_named(work, "eci", "好院").cell("beds_nursing") is Absent.UNKNOWN


def test_restore__enter_on_a_line_is_enough(
    told: HistoryDialog, work: Workplace
) -> None:
    told.table.itemActivated.emit(told.table.topLevelItem(0), 0)
    drain(work)
    assert len(lines(told)) == 3, "the value is there already"
    item = told.table.topLevelItem(1)
    told.table.setCurrentItem(item)
    told.table.itemActivated.emit(item, 0)
    drain(work)
    assert record_named(work, "eci", "好院").cell("beds_nursing") == 61


def test_history__of_a_cell_nobody_touched(qtbot: QtBot, work: Workplace) -> None:
    dialog = open_dialog(qtbot, work, "price")
    assert lines(dialog) == []
    assert not again(dialog).isEnabled()
    dialog.restore()
    dialog.close()


def test_history__a_reader_can_look_and_not_restore(
    qtbot: QtBot, open_work: Opener, small_ledger: object, work: Workplace
) -> None:
    put(work, 61)
    path = work.session.path
    work.bridge.close()
    dialog = open_dialog(qtbot, open_work(path, read_only=True))
    dialog.table.setCurrentItem(dialog.table.topLevelItem(1))
    assert not again(dialog).isEnabled()
    dialog.close()


def test_dialog__every_part_has_a_name(told: HistoryDialog) -> None:
    assert nameless(told) == []
    told.close()
