"""The one next step: what it says, and where its button leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.audit.form_states import Progressed
from desktop.app.ledgers.home_board import NextStep
from desktop.app.ledgers.home_board import Step
from desktop.core.findings import Level
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.desk import Sight
from desktop.ui.home.next_card import NextCard
from desktop.ui.home.next_card import sentence
from tests.ui.desks import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def card(work: Workplace, qtbot: QtBot) -> NextCard:
    work.desk.turn_to(Page.HOME)
    made = NextCard(work)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("kind", Step)
def test_sentence__every_step_in_chinese_with_a_button(say: Words, kind: Step) -> None:
    said = sentence(say, NextStep(kind, "eci", 3), "养老机构调查表")
    for text in said:
        assert re.search("[\u4e00-\u9fff]", text)
        assert "{" not in text


def test_sentence__names_the_form_and_how_much_waits(card: NextCard) -> None:
    card.show_step(NextStep(Step.MEND, "eci", 7))
    told = child(card, QLabel, "home.next.sentence").text()
    assert "养老机构调查表" in told
    assert "7" in told
    assert card.button.accessibleDescription() == told


@pytest.mark.parametrize(
    ("step", "page", "place"),
    [
        (NextStep(Step.LOOK), Page.ENTRY, Place("eci")),
        (NextStep(Step.RESUME, "eci"), Page.ENTRY, Place("eci")),
        (NextStep(Step.FILL, "area", 2), Page.ENTRY, Place("area")),
        (NextStep(Step.BEGIN, "area"), Page.ENTRY, Place("area")),
        (NextStep(Step.HAND_IN), Page.HANDOVER, Place("eci")),
        (NextStep(Step.NOTHING), Page.HANDOVER, Place("eci")),
    ],
)
def test_button__leads_there(
    card: NextCard,
    work: Workplace,
    qtbot: QtBot,
    step: NextStep,
    page: Page,
    place: Place,
) -> None:
    card.show_step(step)
    qtbot.mouseClick(card.button, LEFT)
    assert (work.desk.page, work.desk.place) == (page, place)


@pytest.mark.parametrize(
    ("kind", "level"), [(Step.MEND, Level.ERROR), (Step.EXPLAIN, Level.WARNING)]
)
def test_button__leads_to_the_findings_of_the_form(
    card: NextCard, work: Workplace, qtbot: QtBot, kind: Step, level: Level
) -> None:
    card.show_step(NextStep(kind, "area", 1))
    qtbot.keyClick(card.button, Qt.Key.Key_Space)
    assert (work.desk.page, work.desk.sight) == (Page.AUDIT, Sight("area", level))


@pytest.mark.parametrize(
    ("kind", "command"),
    [(Step.BRING_IN, "file.bring_in"), (Step.BACK_UP, "file.backup")],
)
def test_button__asks_for_a_command(
    card: NextCard, work: Workplace, qtbot: QtBot, kind: Step, command: str
) -> None:
    card.show_step(NextStep(kind, "eci"))
    with qtbot.waitSignal(work.desk.asked) as asked:
        card.button.click()
    assert asked.args == [command]


def test_bring_in__one_may_begin_at_once(
    card: NextCard, work: Workplace, qtbot: QtBot
) -> None:
    begin = child(card, QPushButton, "home.begin")
    assert not begin.isVisible()
    card.show_step(NextStep(Step.BRING_IN, "area"))
    assert begin.isVisible()
    qtbot.mouseClick(begin, LEFT)
    assert (work.desk.page, work.desk.place) == (Page.ENTRY, Place("area"))


def test_counts__every_state_by_name(card: NextCard) -> None:
    card.show_counts({Progressed.DONE: 4, Progressed.EMPTY: 16})
    assert child(card, QLabel, "home.counts").text() == "完成 4　未开始 16"
