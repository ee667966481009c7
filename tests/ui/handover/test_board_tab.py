"""上报率 in the window: driven by keys and clicks, as at a county."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.handover.board.board_lines import Came
from desktop.ui.handover.board_model import Column
from desktop.ui.handover.board_model import Only
from desktop.ui.handover.board_tab import BoardTab
from tests.app.handover.boards import village
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import street
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless
from tests.ui.handover.board_desks import EXCUSED
from tests.ui.handover.board_desks import HERE
from tests.ui.handover.board_desks import LATE
from tests.ui.handover.board_desks import MISSING
from tests.ui.handover.board_desks import STREETS
from tests.ui.handover.board_desks import busy_county

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return busy_county(tmp_path_factory.mktemp("county")).read_bytes()


@pytest.fixture
def county(template: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "county.taizhang"
    path.write_bytes(template)
    return path


def shown(work: Workplace, qtbot: QtBot) -> BoardTab:
    tab = BoardTab(work)
    qtbot.addWidget(tab)
    tab.resize(1100, 600)
    tab.show()
    qtbot.waitUntil(lambda: tab.told is not None)
    return tab


@pytest.fixture
def tab(open_work: Opener, county: Path, qtbot: QtBot) -> BoardTab:
    return shown(open_work(county), qtbot)


def choose(tab: BoardTab, unit: str) -> None:
    tab.table.selectRow(tab.model.row_of(unit))


def button(tab: BoardTab, name: str) -> QPushButton:
    return child(tab, QPushButton, f"board.{name}")


def test_tab__shows_who_has_handed_in(tab: BoardTab) -> None:
    assert tab.head.rates.text() == (
        "上报率 75.0%：应报 8 个单位，已报 6 个，其中代报 2 个。"
    )
    assert tab.model.rowCount() == len(STREETS)
    assert nameless(tab) == []
    assert "✕ 未报" in child(tab, QLabel, "board.legend").text()
    line = tab.line()
    assert line is not None
    assert line.unit.code == HERE
    assert tab.detail.unit.text() == f"华阳路街道（{HERE}）"


def test_tab__scores_come_with_the_audit(tab: BoardTab, qtbot: QtBot) -> None:
    assert tab.detail.score.text() == "审核完成后才有得分。"
    tab.work.session.refresh()
    qtbot.waitUntil(lambda: tab.told is not None and tab.told.audited, timeout=20_000)
    assert tab.model.index(0, Column.SCORE).data() == "50"


def test_tab__by_keyboard_through_the_units(tab: BoardTab, qtbot: QtBot) -> None:
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    assert tab.detail.state.text().startswith("已接收")
    for _ in STREETS:
        qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    assert f"（{MISSING}）" in tab.detail.unit.text()
    assert "【催报】" in tab.detail.text.toPlainText()


def test_tab__only_some__and_the_chosen_one_stays(tab: BoardTab) -> None:
    choose(tab, MISSING)
    tab.only.setCurrentIndex(list(Only).index(Only.LACKING))
    line = tab.line()
    assert line is not None
    assert line.unit.code == MISSING
    tab.only.setCurrentIndex(list(Only).index(Only.EXCUSED))
    line = tab.line()
    assert line is not None
    assert line.unit.code == EXCUSED
    assert button(tab, "excuse").text() == "恢复默认应报"
    assert not button(tab, "grace").isEnabled()


def test_tab__nobody_is_left_to_show(tab: BoardTab) -> None:
    tab.actions_.excuse(tab.model.lines[tab.model.row_of(EXCUSED)])
    tab.only.setCurrentIndex(list(Only).index(Only.RETURNED))
    assert tab.model.rowCount() == 1
    tab.model.take(tab.told, Only.RETURNED)  # type: ignore[arg-type]  # it was shown
    tab.model.lines = ()
    tab.model.layoutChanged.emit()
    assert tab.line() is None
    button(tab, "copy").click()
    button(tab, "excuse").click()


def test_tab__what_is_recorded_shows_at_once(tab: BoardTab, qtbot: QtBot) -> None:
    choose(tab, EXCUSED)
    button(tab, "excuse").click()

    def asked() -> bool:
        line = tab.told.board.line(EXCUSED) if tab.told else None
        return line is not None and line.asked

    qtbot.waitUntil(asked)
    line = tab.line()
    assert line is not None
    assert line.unit.code == EXCUSED
    assert line.came is Came.NOTHING


def test_tab__locks_and_unlocks(tab: BoardTab, qtbot: QtBot) -> None:
    lock = button(tab, "lock")
    assert (lock.text(), lock.isEnabled()) == ("锁定本期", True)
    lock.click()
    qtbot.waitUntil(lambda: lock.text() == "解除本期锁定")
    lock.click()
    qtbot.waitUntil(lambda: lock.text() == "锁定本期")


def test_tab__the_deadline_dialog_is_asked_for(tab: BoardTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.work.desk.asked) as told:
        button(tab, "deadline.set").click()
    assert told.args == ["file.deadline"]


def test_tab__expects_a_unit_that_is_not_on_it(
    open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Desks(tmp_path).new(street(EAST), village())
    tab = shown(open_work(path), qtbot)
    more = button(tab, "nobody.more")
    assert more.isVisible()
    more.click()
    from desktop.ui.handover.board_dialogs import ReasonDialog

    dialog = child(tab, ReasonDialog, "board.expect")
    assert dialog.among.count() == 1
    dialog.reason.setText("直报")
    child(dialog, QPushButton, "board.expect.do").click()
    qtbot.waitUntil(lambda: tab.model.rowCount() == 1)
    assert tab.model.lines[0].name == "东村"


def test_tab__of_a_ledger_opened_to_read_only(
    open_work: Opener, county: Path, qtbot: QtBot
) -> None:
    tab = shown(open_work(county, read_only=True), qtbot)
    for name in ("excuse", "grace", "instead", "lock", "more", "spare", "deadline.set"):
        assert not button(tab, name).isEnabled(), name
    assert button(tab, "copy").isEnabled()


def test_tab__is_not_read_while_it_is_hidden(tab: BoardTab, qtbot: QtBot) -> None:
    before = tab.told
    tab.hide()
    with qtbot.waitSignal(tab.work.bridge.saved):
        tab.actions_.lock(locked=True)
    drain(tab.work)
    assert tab.told is before
    tab.show()
    qtbot.waitUntil(lambda: tab.told is not before)
    assert button(tab, "lock").text() == "解除本期锁定"


def test_tab__copies_by_its_buttons(tab: BoardTab) -> None:
    from PySide6.QtGui import QGuiApplication

    choose(tab, LATE)
    button(tab, "copy").click()
    said = child(tab, QLabel, "board.told")
    assert said.text() == "已复制给新街道的催报文字，可直接粘贴发送。"
    assert QGuiApplication.clipboard().text().startswith("【催报】新街道：")
    button(tab, "copy_all").click()
    assert said.text() == "已复制给 4 个单位的催报文字，可直接粘贴发送。"
    assert QGuiApplication.clipboard().text().count("【催报】") == 4


def test_tab__before_the_board_came(
    open_work: Opener, county: Path, qtbot: QtBot
) -> None:
    tab = BoardTab(open_work(county))
    qtbot.addWidget(tab)
    for name in ("copy_all", "save", "lock", "copy", "spare"):
        button(tab, name).click()
    tab.only.setCurrentIndex(1)
    assert tab.told is None
    assert tab.model.rowCount() == 0
