"""收表 in the window: every class of file, decisions, choices, and taking in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QInputDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QTabWidget

from desktop.app.entry.edits import set_cell
from desktop.app.handover.keeping.sealing import seal_file
from desktop.ui.handover.receive_files import ReceiveFiles
from tests.exchange.townships import EAST
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
from tests.ui.handover.arrived import row_of
from tests.ui.handover.arrived import settled
from tests.ui.handover.arrived import turn_to

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Opener

FIRST, SECOND, OTHER = "第一次.xlsx", "第二次.xlsx", "另一台.xlsx"


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return files_of(tmp_path_factory.mktemp("came"))


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.handover.receiving.reading.read_one", read_once)


def label(view: ReceiveFiles, name: str) -> QLabel:
    return child(view, QLabel, f"receive.{name}")


def button(view: ReceiveFiles, name: str) -> QPushButton:
    return child(view, QPushButton, f"receive.{name}")


def lists(view: ReceiveFiles) -> list[str]:
    tabs = child(view, QTabWidget, "receive.lists")
    shown = (n for n in range(tabs.count()) if tabs.isTabVisible(n))
    return [tabs.tabText(n) for n in shown] if tabs.isVisible() else []


@pytest.mark.parametrize(
    ("file", "received", "kind", "says", "decision"),
    [
        (FIRST, (), "新报", "还没有收到过该单位本期", "未定"),
        (SECOND, (FIRST,), "更新", "继续填报", "未定"),
        (FIRST, (FIRST,), "重复", "已经接收过", "不用处理"),
        (FIRST, (SECOND,), "旧件", "较新的内容", "未定"),
        (OTHER, (FIRST, SECOND), "两个版本", "两台电脑", "未定"),
        ("报表.xlsx", (), "不是给本级的", "上报包", "不能收"),
        ("改过的.xlsx", (), "程序外改过", "改过 1 处", "未定"),
        ("坏的.xlsx", (), "读不了", "原文件", "不能收"),
        ("手工表.xlsx", (), "手工表", "请先选单位", "先选单位"),
    ],
)
def test_each_class__says_what_it_is_and_what_to_do(  # noqa: PLR0913, PLR0917 - a line of the table
    stick: dict[str, Path],
    open_work: Opener,
    tmp_path: Path,
    qtbot: QtBot,
    file: str,
    received: tuple[str, ...],
    kind: str,
    says: str,
    decision: str,
) -> None:
    county = county_of(tmp_path, *(stick[name] for name in received))
    view = arrive(open_work(county), qtbot, [stick[file]])

    row = row_of(view, file)
    assert (row[2], row[5]) == (kind, decision)
    assert label(view, "kind").text() == f"{kind}　{file}"
    assert says in label(view, "said").text()
    assert label(view, "advice").text().startswith("怎么办：")
    takes = decision == "未定"
    assert button(view, "wish.merge").isVisible() is takes
    assert bool(lists(view)) is ((takes and kind != "旧件") or kind == "手工表")
    assert not button(view, "apply").isEnabled()
    assert nameless(view) == []


def test_empty__says_what_to_do(
    open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    view = ReceiveFiles(open_work(county_of(tmp_path)))
    qtbot.addWidget(view)
    view.show()

    assert label(view, "empty").isVisible()
    assert not button(view, "apply").isVisible()
    assert nameless(view) == []
    view.begin_with([tmp_path / "nothing"])
    qtbot.waitUntil(lambda: view.flow.idle, timeout=SLOW)
    (tmp_path / "none").mkdir()
    view.begin_with([tmp_path / "none"])
    qtbot.waitUntil(label(view, "fault").isVisible, timeout=SLOW)
    assert "没有上报包" in label(view, "fault").text()


def test_road__a_folder_bulk_rules_taken_and_next(
    stick: dict[str, Path],
    open_work: Opener,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the stick to the ledger, as a county does it, by its buttons."""
    work = open_work(county_of(tmp_path))
    (tmp_path / "in").mkdir()
    for name in (FIRST, "报表.xlsx", "坏的.xlsx"):
        (tmp_path / "in" / name).write_bytes(stick[name].read_bytes())
    folder = str(tmp_path / "in")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)
    view = ReceiveFiles(work)
    qtbot.addWidget(view)
    view.show()
    button(view, "folder").click()
    settled(view, qtbot)
    assert len(view.rows) == 3
    assert "还没有决定" in label(view, "sum").text()

    press(view, qtbot, "all_new")
    assert row_of(view, FIRST)[5] == "收下"
    assert "将收下" in label(view, "sum").text()
    assert "审核：" in label(view, "sum").text()
    assert button(view, "apply").isEnabled()
    press(view, qtbot, "clear")
    assert row_of(view, FIRST)[5] == "未定"
    assert not button(view, "apply").isEnabled()

    press(view, qtbot, "all_new")
    before = work.session.thread.call(lambda ledger: ledger.head().revision).result()
    press(view, qtbot, "apply")
    qtbot.waitUntil(label(view, "done").isVisible, timeout=SLOW)
    settled(view, qtbot)
    after = work.session.thread.call(lambda ledger: ledger.head().revision).result()
    assert after == before + 1
    assert "收表记录" in label(view, "done").text()
    assert record_named(work, "eci", "甲院").cell("beds_total") in {10, 12, 13}
    with qtbot.waitSignal(view.slips_wanted):
        button(view, "next").click()


def test_fork__sides_are_chosen_by_key_and_by_button(
    stick: dict[str, Path], open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(county_of(tmp_path, stick[FIRST], stick[SECOND]))
    view = arrive(work, qtbot, [stick[OTHER]])
    assert "要选定的（1）" in lists(view)

    press(view, qtbot, "wish.merge")
    assert row_of(view, OTHER)[5] == "1 处待选"
    assert "1 处要选定" in label(view, "sum").text()
    assert not button(view, "apply").isEnabled()
    table = child(view, QTableView, "receive.conflicts")
    model = table.model()
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert texts[:3] == ["甲院", "总床位数", "10"]
    assert texts[3].startswith("○ 12\n华阳路街道")
    assert texts[4].startswith("○ 13\n华阳路街道")

    table.setFocus()
    table.setCurrentIndex(model.index(0, 4))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    settled(view, qtbot)
    assert model.index(0, 4).data().startswith("◉ 13")
    assert row_of(view, OTHER)[5] == "收下"
    press(view, qtbot, "ours")
    assert model.index(0, 3).data().startswith("◉ 12")
    press(view, qtbot, "theirs")
    table.clicked.emit(model.index(0, 0))
    assert model.index(0, 4).data().startswith("◉ 13")

    press(view, qtbot, "apply")
    qtbot.waitUntil(label(view, "done").isVisible, timeout=SLOW)
    assert record_named(work, "eci", "甲院").cell("beds_total") == 13


def test_edited__cells_one_by_one(
    stick: dict[str, Path], open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(county_of(tmp_path))
    view = arrive(work, qtbot, [stick["改过的.xlsx"]])
    table = child(view, QTableView, "receive.edits")
    model = table.model()
    box = model.index(0, 0)
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row[2:6] == ["甲院", "总床位数", "10", "99"]
    assert box.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Unchecked
    assert box.data(Qt.ItemDataRole.AccessibleTextRole) == "不采用"

    press(view, qtbot, "wish.merge")
    assert model.setData(box, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    settled(view, qtbot)
    assert box.data(Qt.ItemDataRole.AccessibleTextRole) == "采用"
    press(view, qtbot, "none")
    press(view, qtbot, "all")
    press(view, qtbot, "apply")
    qtbot.waitUntil(label(view, "done").isVisible, timeout=SLOW)

    assert record_named(work, "eci", "甲院").cell("beds_total") == 99


def test_typed__the_unit_is_chosen_and_faults_are_listed(
    stick: dict[str, Path], open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(county_of(tmp_path))
    view = arrive(work, qtbot, [stick["手工表.xlsx"]])
    units = child(view, QComboBox, "receive.unit")
    assert units.isVisible()
    units.setCurrentIndex(units.findData(EAST))
    units.activated.emit(units.currentIndex())
    settled(view, qtbot)
    assert "手工表：2 行" in label(view, "said").text()
    assert "表里的问题（1）" in lists(view)

    press(view, qtbot, "wish.merge")
    press(view, qtbot, "apply")
    qtbot.waitUntil(label(view, "done").isVisible, timeout=SLOW)

    assert record_named(work, "eci", "丙院").cell("beds_total") == 30


def test_left_aside__and_replaced(
    stick: dict[str, Path], open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(county_of(tmp_path, stick[FIRST], stick[SECOND]))
    view = arrive(work, qtbot, [stick[OTHER]])
    press(view, qtbot, "wish.skip")
    press(view, qtbot, "apply")
    qtbot.waitUntil(label(view, "done").isVisible, timeout=SLOW)
    assert "搁置 1 份" in label(view, "done").text()
    assert not button(view, "next").isVisible()

    view = arrive(work, qtbot, [stick[OTHER]])
    press(view, qtbot, "wish.replace")
    assert button(view, "apply").isEnabled()
    press(view, qtbot, "apply")
    qtbot.waitUntil(label(view, "done").isVisible, timeout=SLOW)
    assert record_named(work, "eci", "甲院").cell("beds_total") == 13


def test_several__the_others_stay_and_are_looked_at_anew(
    stick: dict[str, Path], open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(county_of(tmp_path))
    view = arrive(work, qtbot, [stick[FIRST], stick[SECOND]])
    turn_to(view, qtbot, FIRST)
    press(view, qtbot, "wish.merge")
    press(view, qtbot, "apply")
    qtbot.waitUntil(label(view, "done").isVisible, timeout=SLOW)
    settled(view, qtbot)
    assert [row[:3] for row in view.rows] == [(SECOND, "华阳路街道", "更新")]
    press(view, qtbot, "all_updates")
    assert row_of(view, SECOND)[5] == "收下"


def test_the_ledger_moved_on__it_is_looked_at_again(
    stick: dict[str, Path], open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(county_of(tmp_path, stick[FIRST]))
    view = arrive(work, qtbot, [stick[SECOND]])
    press(view, qtbot, "wish.merge")
    record = record_named(work, "eci", "甲院")
    view.hide()
    work.session.apply(set_cell(record, beds_field(work), 11)).result()
    qtbot.wait(50)
    view.show()
    button(view, "apply").click()
    qtbot.waitUntil(label(view, "fault").isVisible, timeout=SLOW)
    settled(view, qtbot)
    assert "再看一遍" in label(view, "fault").text()
    assert row_of(view, SECOND)[5] == "1 处待选"

    record = record_named(work, "eci", "甲院")
    work.session.apply(set_cell(record, beds_field(work), 12)).result()
    qtbot.waitUntil(lambda: row_of(view, SECOND)[5] == "收下", timeout=SLOW)
    settled(view, qtbot)


def test_stop__while_writing_leaves_the_ledger_as_it_was(
    stick: dict[str, Path],
    open_work: Opener,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = open_work(county_of(tmp_path))
    view = arrive(work, qtbot, [stick[FIRST]])
    press(view, qtbot, "wish.merge")
    monkeypatch.setattr(view.flow, "_teller", lambda: lambda _: view.flow.stop())
    button(view, "apply").click()
    qtbot.waitUntil(label(view, "fault").isVisible, timeout=SLOW)

    assert "台账和原来一样" in label(view, "fault").text()
    assert records(work, "eci") == []
    assert view.flow.idle


def test_stop__while_reading(
    stick: dict[str, Path],
    open_work: Opener,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = ReceiveFiles(open_work(county_of(tmp_path)))
    qtbot.addWidget(view)
    view.show()
    monkeypatch.setattr(view.flow, "_teller", lambda: lambda _: view.flow.stop())
    view.begin_with([stick[FIRST], stick[SECOND]])
    qtbot.waitUntil(label(view, "fault").isVisible, timeout=SLOW)

    assert "已停下" in label(view, "fault").text()
    assert view.rows == ()


def test_dropped__and_chosen(
    stick: dict[str, Path],
    open_work: Opener,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = ReceiveFiles(open_work(county_of(tmp_path)))
    qtbot.addWidget(view)
    view.show()
    data = QMimeData()
    copy = Qt.DropAction.CopyAction
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    view.dropEvent(QDropEvent(QPoint(5, 5), copy, data, *keys))
    assert view.flow.idle
    data.setUrls([QUrl.fromLocalFile(str(stick[FIRST]))])
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, *keys)
    view.dragEnterEvent(enter)
    assert enter.isAccepted()
    view.dropEvent(QDropEvent(QPoint(5, 5), copy, data, *keys))
    settled(view, qtbot)
    assert [row[0] for row in view.rows] == [FIRST]

    names = [str(stick[SECOND])]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    press(view, qtbot, "choose")
    assert [row[0] for row in view.rows] == [SECOND]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    press(view, qtbot, "choose")
    press(view, qtbot, "folder")
    assert [row[0] for row in view.rows] == [SECOND]


def test_password__asked_for_and_read_again(
    stick: dict[str, Path],
    open_work: Opener,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sealed = tmp_path / "sealed.xlsx.tzx"
    seal_file(stick[FIRST], sealed, "芝麻开门2025", cost=10)
    view = arrive(open_work(county_of(tmp_path)), qtbot, [sealed, stick[SECOND]])
    assert row_of(view, sealed.name)[5] == "要密码"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", False))
    button(view, "password").click()
    assert view.flow.idle
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("芝麻开门2025", True))
    press(view, qtbot, "password")

    assert row_of(view, sealed.name)[2] == "新报"
    assert {row[0] for row in view.rows} == {sealed.name, SECOND}
    assert not button(view, "password").isVisible()


def test_read_only__nothing_can_be_decided(
    stick: dict[str, Path], open_work: Opener, tmp_path: Path, qtbot: QtBot
) -> None:
    work = open_work(county_of(tmp_path), read_only=True)
    view = arrive(work, qtbot, [stick[FIRST]])

    assert not button(view, "wish.merge").isEnabled()
    assert not button(view, "all_new").isEnabled()
    assert not button(view, "apply").isEnabled()
