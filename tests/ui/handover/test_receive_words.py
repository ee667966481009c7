"""What classes, decisions and findings are called; every one of them has words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.explained import ExplainedFinding
from desktop.app.handover.receiving.reading import Read
from desktop.app.handover.receiving.receiving import Item
from desktop.app.handover.receiving.rehearsing import Effect
from desktop.app.handover.receiving.taking_in import Received
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import Kind
from desktop.exchange.lineage import Verdict
from desktop.ui.handover.receive_words import ADVICE
from desktop.ui.handover.receive_words import KINDS
from desktop.ui.handover.receive_words import decision
from desktop.ui.handover.receive_words import effect_words
from desktop.ui.handover.receive_words import file_line
from desktop.ui.handover.receive_words import received_words
from desktop.ui.handover.receive_words import summary
from desktop.ui.handover.receive_words import tone_of
from desktop.ui.look.colours import LIGHT

if TYPE_CHECKING:
    from desktop.core.words import Words


def item(kind: Kind, refused: Message | None = None) -> Item:
    read = Read("a.xlsx", Path("a.xlsx"), refused=refused)
    return Item(read, Verdict(kind, message("exchange.new")))


def told(level: Level) -> ExplainedFinding:
    outcome = Outcome.FAILED
    found = Finding("r", level, outcome, "eci", "1", "2025", None, (), "话")
    return ExplainedFinding(found, None, "长宁区", "甲院")


@pytest.mark.parametrize("kind", Kind)
def test_every_class__has_a_name_advice_and_a_tone(kind: Kind, say: Words) -> None:
    assert say(KINDS[kind]) != KINDS[kind]
    assert say(ADVICE[kind]) != ADVICE[kind]
    assert tone_of(kind, LIGHT).ink


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        (Kind.DAMAGED, "seal.password_wanted", "要密码"),
        (Kind.SAME, None, "不用处理"),
        (Kind.TYPED, None, "先选单位"),
        (Kind.NOT_OURS, None, "不能收"),
    ],
)
def test_decision__what_has_no_plan(
    kind: Kind, code: str | None, words: str, say: Words
) -> None:
    refused = message(code, file="a.xlsx") if code else None
    assert decision(say, item(kind, refused)) == words


def test_effect_words__counted_by_level() -> None:
    error, warning = told(Level.ERROR), told(Level.WARNING)
    effect = Effect((error, error, warning), (warning,))

    assert effect_words(effect) == "强制性 +2　核实性 +1 −1"
    assert effect_words(Effect()) == ""
    assert effect_words(Effect((told(Level.INFO),))) == ""


def test_nothing_planned__said_so(say: Words) -> None:
    line = file_line(say, item(Kind.NOT_OURS), None, {})
    assert line == ("a.xlsx", "", "不是给本级的", "", "", "不能收")
    assert "没有任何改动" in summary(say, [], None)
    assert "收下 0 份" in received_words(say, Received())
