"""One file of 收表: what was chosen stays before the person, list by list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QTabWidget

from desktop.app.audit.explained import ExplainedFinding
from desktop.app.audit.standing import Said
from desktop.app.audit.standing import Standing
from desktop.app.handover.receiving.deciding import Deciding
from desktop.app.handover.receiving.looking import Lines
from desktop.app.handover.receiving.looking import Look
from desktop.app.handover.receiving.looking import lines_of
from desktop.app.handover.receiving.looking import look
from desktop.app.handover.receiving.receiving import Around
from desktop.app.handover.receiving.rehearsing import Effect
from desktop.app.progress import run_steps
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.messages import message
from desktop.ui.handover.receive_detail import ReceiveDetail
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.ui.desks import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.app.handover.receiving.reading import Read
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


@pytest.fixture
def handed(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    return Desks(tmp_path_factory.mktemp("desks"))


@pytest.fixture
def read(handed: Desks) -> Read:
    with opened(handed.new(street(EAST))) as east:
        add(east, "甲院", EAST, beds_total=10)
        with opened(handed.new(*county_units())) as county:
            take(county, submit(east))
            beds(county, "甲院", 11)
        beds(east, "甲院", 12)
        add(east, "乙院", EAST)
        return submit(east)


@pytest.fixture
def work(open_work: Opener, read: Read, handed: Desks) -> Workplace:
    return open_work(handed.folder / "2.taizhang")


@pytest.fixture
def detail(work: Workplace, qtbot: QtBot) -> ReceiveDetail:
    made = ReceiveDetail(work, Deciding())
    qtbot.addWidget(made)
    made.show()
    return made


def looked(work: Workplace, read: Read) -> tuple[Look, Lines]:
    say = work.say

    def ask(ledger: object) -> tuple[Look, Lines]:
        decided = Deciding().decisions()
        seen = run_steps(look(ledger, [read], decided, Around()))  # type: ignore[arg-type]  # it is a ledger
        return seen, lines_of(ledger, seen, seen.items[0], say)  # type: ignore[arg-type]  # same

    return work.session.thread.call(ask).result()


def told(level: Level, standing: Standing = Standing.OPEN) -> ExplainedFinding:
    outcome = Outcome.FAILED
    found = Finding("r", level, outcome, "eci", EAST, "2025", None, (), "床位太多")
    return ExplainedFinding(found, None, "华阳路街道", "甲院", Said(standing))


def test_rules__explained_ones_say_so_and_more_are_counted(
    work: Workplace, read: Read, detail: ReceiveDetail
) -> None:
    seen, lines = looked(work, read)
    effect = Effect(
        (told(Level.ERROR), told(Level.WARNING, Standing.STANDS)), (told(Level.INFO),)
    )
    detail.show_item(seen.items[0], Lines(lines.changes, more=7), effect)

    model = child(detail, QTableView, "receive.rules").model()
    texts = [[model.index(r, c).data() for c in (0, 1, 3)] for r in range(3)]
    assert [row[1] for row in texts] == ["强制性", "核实性", "提示"]
    assert texts[1][2] == "床位太多（已说明）"
    assert texts[2][0] == "消除"
    ink = Qt.ItemDataRole.ForegroundRole
    assert model.index(0, 0).data(ink) is not None
    assert model.index(1, 0).data(ink) is None
    changes = child(detail, QTableView, "receive.changes").model()
    assert "另有 7 处改动" in changes.index(changes.rowCount() - 1, 0).data()


def test_conflicts__stay_when_they_are_chosen(
    work: Workplace, read: Read, detail: ReceiveDetail, qtbot: QtBot
) -> None:
    seen, lines = looked(work, read)
    detail.show_item(seen.items[0], lines, Effect())
    table = child(detail, QTableView, "receive.conflicts")
    assert child(detail, QTabWidget, "receive.lists").currentIndex() == 1
    table.setFocus()
    with qtbot.assertNotEmitted(detail.decided):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    table.setCurrentIndex(table.model().index(0, 3))
    with qtbot.waitSignal(detail.decided):
        qtbot.keyClick(table, Qt.Key.Key_Return)

    detail.show_item(seen.items[0], Lines(lines.changes), Effect())

    assert table.model().rowCount() == 1
    assert table.model().index(0, 3).data().startswith("◉ 11")


def test_nothing_shown__nothing_is_decided(
    detail: ReceiveDetail, qtbot: QtBot, work: Workplace, read: Read
) -> None:
    with qtbot.assertNotEmitted(detail.decided):
        child(detail, QPushButton, "receive.wish.merge").click()
        child(detail, QPushButton, "receive.none").click()
        child(detail, QComboBox, "receive.unit").activated.emit(0)
    seen, lines = looked(work, read)
    detail.show_item(seen.items[0], lines, Effect())
    detail.forget()
    detail.wait(seen.items[0])
    assert not detail.shown


def test_another_about_to_be_shown__the_one_before_is_not_decided(
    detail: ReceiveDetail, qtbot: QtBot, work: Workplace, read: Read
) -> None:
    seen, lines = looked(work, read)
    (item,) = seen.items
    detail.show_item(item, lines, Effect())
    detail.wait(item)
    merge = child(detail, QPushButton, "receive.wish.merge")
    with qtbot.waitSignal(detail.decided):
        merge.click()
    detail.wait(replace(item, read=replace(read, path=read.path.with_name("b.xlsx"))))
    with qtbot.assertNotEmitted(detail.decided):
        merge.click()


def test_locked__says_why_and_lets_only_be_left_aside(
    work: Workplace, read: Read, detail: ReceiveDetail
) -> None:
    seen, lines = looked(work, read)
    why = message("board.locked", unit="华阳路街道", deadline="2026-01-01")
    detail.show_item(replace(seen.items[0], locked=why), lines, Effect())

    assert "2026-01-01" in child(detail, QLabel, "receive.besides").text()
    enabled = [
        child(detail, QPushButton, f"receive.wish.{name}").isEnabled()
        for name in ("merge", "replace", "skip", "wait")
    ]
    assert enabled == [False, False, True, True]
