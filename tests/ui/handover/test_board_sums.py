"""汇总数 on the board: what the units handed in, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.ui.handover.board_sums import BoardSums
from desktop.ui.look import parts
from tests.exchange.handed_in import write_submission
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import take
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless
from tests.ui.handover.arrived import READER
from tests.ui.handover.arrived import read_once
from tests.ui.handover.test_board_tab import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Opener


def test_sums__of_what_came__copied_whole(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    desks = Desks(tmp_path)
    east, county = desks.new(street(EAST)), desks.new(*county_units())
    with opened(east) as ledger:
        add(ledger, "甲院", EAST, beds_total=10, beds_nursing=4)
    with opened(county) as ledger:
        take(ledger, read_once(write_submission(east, tmp_path, "east"), READER))
    tab = shown(open_work(county), qtbot)

    child(tab, QPushButton, "board.sums").click()
    dialog = child(tab, BoardSums, "boardsums")
    qtbot.waitUntil(lambda: dialog.table.model() is not None, timeout=30_000)
    drain(tab.work)

    model = dialog.table.model()
    how = [
        model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole)
        for column in range(model.columnCount())
    ]
    assert how[:2] == [None, None]
    assert set(how[2:]) == {parts.RIGHT}
    rows = [
        [model.index(r, c).data() for c in range(model.columnCount())]
        for r in range(model.rowCount())
    ]
    assert ["护理型床位占比：护理型床位数", "张", "4", "1/2", "4", "4", "—"] in rows
    told = child(dialog, QLabel, "boardsums.told").text()
    assert told == "2 个应报单位，1 个已报。还没报的：江苏路街道"
    assert nameless(dialog) == []
    qtbot.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    pasted = QGuiApplication.clipboard().text().split("\n")
    assert len(pasted) == len(rows) + 1
    assert pasted[0].split("\t")[-2:] == ["华阳路街道", "江苏路街道"]
    assert WEST not in pasted[0]


def test_sums__closed_while_it_reads(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    tab = shown(open_work(Desks(tmp_path).new(*county_units())), qtbot)
    child(tab, QPushButton, "board.sums").click()
    dialog = child(tab, BoardSums, "boardsums")
    QGuiApplication.clipboard().setText("before")
    dialog.copy()
    assert QGuiApplication.clipboard().text() == "before", "there is no table yet"
    dialog.reject()
    drain(tab.work)
    assert not tab.findChildren(BoardSums)
