"""上报: what was handed in, what was changed since, what came back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from desktop.app.entry.edits import set_cell
from desktop.app.handover.sending.submitted import SUBMITTED
from desktop.app.handover.sending.submitted import Submitted
from desktop.app.handover.sending.submitted import noted
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.ui.handover.submit_state import SubmitState
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

AT = "2026-01-10T14:05:00+08:00"


@pytest.fixture
def state(qtbot: QtBot, audited: Workplace) -> SubmitState:
    made = SubmitState(audited)
    qtbot.addWidget(made)
    made.show()
    return made


def text(state: SubmitState, name: str) -> str:
    return child(state, QLabel, f"submit.{name}").text()


def hand_in(work: Workplace) -> Submitted:
    """Note that all of it was handed in."""
    head = work.session.thread.call(lambda ledger: ledger.head()).result()
    last = Submitted(head.revision, head.seq, AT, "李梅", ("U 盘　K",), ("ab" * 32,))
    work.session.note_fact(
        lambda ledger: noted(ledger.choices(work.period), work.period, last)
    ).result()
    return last


def test_state__nothing_was_handed_in(state: SubmitState, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: text(state, "last") == "本期还没有上报过。")
    assert not child(state, QLabel, "submit.more").isVisible()
    assert "强制性错误" in text(state, "open")


def test_state__what_was_handed_in_and_what_was_changed_since(
    state: SubmitState, audited: Workplace, qtbot: QtBot
) -> None:
    last = hand_in(audited)
    qtbot.waitUntil(lambda: text(state, "last") == f"已上报第 {last.revision} 版")
    assert text(state, "more") == (
        "2026-01-10 14:05　李梅　U 盘　K　之后没有改动　还没有收到回执"
    )

    record = record_named(audited, "eci", "坏院")
    field = audited.form("eci").by_id["beds_total"]
    audited.session.apply(set_cell(record, field, 77)).result()

    qtbot.waitUntil(lambda: "之后又改了 1 处，请重新上报" in text(state, "more"))
    undone = audited.session.undo().result()
    assert undone is not None
    qtbot.waitUntil(lambda: "之后没有改动" in text(state, "more"))
    facts = audited.session.thread.call(lambda ledger: ledger.choices(audited.period))
    assert SUBMITTED in facts.result(), "a fact is no step to undo"


def test_state__what_came_back(
    state: SubmitState, audited: Workplace, qtbot: QtBot
) -> None:
    from desktop.ui.handover.submit_state import submit_facts

    last = replace(hand_in(audited), at="gestern")
    session = audited.session
    read = session.thread.call(lambda ledger: submit_facts(session, ledger))
    facts = replace(read.result(), last=last)
    drain(audited)
    state.hide()

    state.show_facts(replace(facts, acknowledged=last.revision))
    assert "上级已回执确认" in text(state, "more")
    assert text(state, "more").startswith("gestern　李梅")
    state.show_facts(replace(facts, acknowledged=1))
    assert "上级已回执确认第 1 版" in text(state, "more")


def test_state__a_note_that_cannot_be_read(
    state: SubmitState, audited: Workplace, qtbot: QtBot
) -> None:
    change = DefinitionChange(audited.period, SUBMITTED, "", "{")
    audited.session.note_fact(lambda _: Action(message("test"), (change,))).result()

    qtbot.waitUntil(lambda: "读不出来" in text(state, "more"))
    assert text(state, "last") == "本期还没有上报过。"


def test_state__unseen_it_asks_nothing(
    audited: Workplace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = SubmitState(audited)
    qtbot.addWidget(state)
    hand_in(audited)
    drain(audited)
    assert text(state, "last") == ""
    state.show()
    qtbot.waitUntil(lambda: text(state, "last") != "")
