from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.app.entry.edits import set_cell
from desktop.app.figures import contributors
from desktop.core.cells import Absent
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.indicators.records_tab import AMOUNT
from desktop.ui.indicators.records_tab import NAME
from desktop.ui.indicators.records_tab import RecordsTab
from desktop.ui.look import parts
from tests.small import make_ledger
from tests.small import small_pack
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def tab_of(qtbot: QtBot, work: Workplace, number: int = 0) -> RecordsTab:
    made = RecordsTab(work)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.show_indicator(work.pack.indicators[number])
    qtbot.waitUntil(lambda: not made.inquiry.is_busy())
    return made


@pytest.fixture
def tab(qtbot: QtBot, work: Workplace) -> RecordsTab:
    return tab_of(qtbot, work)


def said(tab: RecordsTab) -> list[tuple[str, list[tuple[str, str]]]]:
    terms = [tab.tree.topLevelItem(n) for n in range(tab.tree.topLevelItemCount())]
    return [
        (
            term.text(NAME),
            [
                (term.child(n).text(NAME), term.child(n).text(AMOUNT))
                for n in range(term.childCount())
            ],
        )
        for term in terms
    ]


def test_records__terms_with_their_records_gaps_first(
    tab: RecordsTab, work: Workplace
) -> None:
    blank = work.say("left blank")
    assert said(tab) == [
        (
            "分子　养老机构调查表：护理型床位数",
            [("缺院", blank), ("好院", "60"), ("坏院", "120")],
        ),
        (
            "分母　养老机构调查表：总床位数",
            [("好院", "100"), ("坏院", "100"), ("缺院", "100")],
        ),
    ]
    hint = work.say("Records that left it blank stand first: fill these in.")
    assert tab.hint.text() == hint
    assert nameless(tab) == []
    number = tab.tree.topLevelItem(0).child(1)
    for item in (tab.tree.headerItem(), number):
        assert item.textAlignment(AMOUNT) == parts.RIGHT.value
        assert item.textAlignment(NAME) != parts.RIGHT.value


def test_records__the_first_is_chosen_and_enter_leads_there(
    qtbot: QtBot, tab: RecordsTab, work: Workplace
) -> None:
    work.desk.turn_to(Page.INDICATORS)
    wanted = Place("eci", record_named(work, "eci", "缺院").id, "beds_nursing")
    with qtbot.waitSignal(work.desk.sought) as sought:
        qtbot.keyClick(tab.tree, Qt.Key.Key_Return)
    assert sought.args == [wanted]
    with qtbot.waitSignal(work.desk.sought) as sought:
        child(tab, QPushButton, "indicator.records.open").click()
    assert sought.args == [wanted]
    assert work.desk.page is Page.ENTRY


def test_records__a_term_itself_leads_nowhere(
    qtbot: QtBot, tab: RecordsTab, work: Workplace
) -> None:
    head = tab.tree.topLevelItem(0)
    assert head is not None
    tab.tree.setCurrentItem(head)
    with qtbot.assertNotEmitted(work.desk.sought):
        child(tab, QPushButton, "indicator.records.open").click()


def test_records__what_cannot_be_decided_and_what_is_more(
    qtbot: QtBot, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributors, "SHOWN", 1)
    field = work.form("eci").by_id["status"]
    action = set_cell(record_named(work, "eci", "好院"), field, Absent.BLANK)
    work.session.apply(action).result()
    tab = tab_of(qtbot, work, 1)
    undecided = work.say("undecided: what it depends on is blank")
    more = work.say("… and {count} more", count=2)
    assert said(tab)[0][1] == [("好院", undecided), (more, "")]


def test_records__none_says_what_to_do(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    work = open_work(make_ledger(tmp_path, small_pack()))
    tab = tab_of(qtbot, work)
    assert "如何计算" in tab.hint.text()
    assert not child(tab, QPushButton, "indicator.records.open").isEnabled()


def test_records__read_when_they_are_looked_at(qtbot: QtBot, work: Workplace) -> None:
    made = RecordsTab(work)
    qtbot.addWidget(made)
    made.look()
    made.show_indicator(work.pack.indicators[0])
    assert not made.inquiry.is_busy()
    made.look()
    assert made.inquiry.is_busy()
    made.show_indicator(work.pack.indicators[1])
    assert made.inquiry.is_busy()
    assert said(made) == []
    qtbot.waitUntil(lambda: len(said(made)) == 1)


def test_records__stopped_by_the_person(qtbot: QtBot, work: Workplace) -> None:
    made = RecordsTab(work)
    qtbot.addWidget(made)
    made.show_indicator(work.pack.indicators[0])
    made.look()
    child(made, QPushButton, "indicator.records.stop").click()
    assert made.hint.text() == work.say("Stopped. Nothing was changed.")
