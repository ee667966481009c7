"""Decisions are gathered; what was planned with is a copy."""

from __future__ import annotations

from pathlib import Path

from desktop.app.handover.receiving.deciding import Deciding
from desktop.app.handover.receiving.reading import Read
from desktop.app.handover.receiving.receiving import Wish
from desktop.core.messages import message
from desktop.exchange.lineage import Kind
from desktop.exchange.lineage import Verdict
from desktop.exchange.merge import Contention
from tests.exchange.townships import home

VERDICT = Verdict(Kind.NEW, message("exchange.new"))
READ = Read("a.xlsx", Path("a.xlsx"))
ABOUT = Contention(home("甲院"), "beds_total", ("n:1", "n:2"))


def test_decisions__are_a_copy() -> None:
    deciding = Deciding()
    deciding.wishes[READ.path] = Wish.SKIP
    deciding.edits[READ.path] = frozenset({"养老机构!C5"})
    deciding.units[READ.path] = "310105001"
    deciding.choose({ABOUT: "n:2"})

    found = deciding.decisions()
    deciding.choose({ABOUT: "n:1"})
    deciding.wishes.clear()

    assert found.wish(READ, VERDICT) is Wish.SKIP
    assert found.choices == {ABOUT: "n:2"}
    assert found.edits == {READ.path: frozenset({"养老机构!C5"})}
    assert found.units == {READ.path: "310105001"}
    assert deciding.decisions().wish(READ, VERDICT) is Wish.WAIT
