from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.explaining import attempt
from desktop.app.audit.finding_list import SLICE
from desktop.app.audit.finding_list import FindingList
from desktop.app.audit.finding_list import Grouping
from desktop.app.audit.finding_list import Shown
from desktop.app.audit.finding_list import Wish
from desktop.app.audit.finding_list import finding_list
from desktop.app.audit.finding_list import which
from desktop.app.opening import open_session
from desktop.app.progress import run_steps
from desktop.core.changes import Action
from desktop.core.findings import Level
from tests import small
from tests import telling
from tests.app.test_session import Heard
from tests.telling import GOOD
from tests.telling import MANY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.session import Session
    from desktop.core.findings import Finding
    from desktop.store.ledger import Ledger

WRONG = "eci.nursing_within_total"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Give a session with one error, four warnings and a blank."""
    path = telling.make(tmp_path)
    with small.opened(path) as ledger:
        small.put(ledger, "坏院", beds_total=10, beds_nursing=20)
    found = open_session(path, small.person())
    heard = Heard(found)
    found.refresh()
    heard.until_figures()
    heard.stop()
    yield found
    found.close()


def listed(session: Session, wish: Wish | None = None) -> FindingList:
    def work(ledger: Ledger) -> FindingList:
        return run_steps(finding_list(session, ledger, wish or Wish()))

    return session.thread.call(work).result(10)


def explain(session: Session, name: str, text: str) -> None:
    finding = telling_findings(session)[name]
    demands = session.pack.explanations
    action = session.thread.call(
        lambda ledger: attempt(ledger, demands, [finding], text)
    ).result(10)
    assert isinstance(action, Action)
    session.apply(action).result(10)


def telling_findings(session: Session) -> dict[str, Finding]:
    return session.thread.call(telling.findings).result(10)


def sizes(found: FindingList) -> list[tuple[Level, int]]:
    return [(group.level, len(group.findings)) for group in found.groups]


def test_list__by_rule_hardest_first(session: Session) -> None:
    found = listed(session)
    assert sizes(found) == [(Level.ERROR, 1), (Level.WARNING, 4), (Level.WARNING, 1)]
    assert found.groups[0].first.rule == WRONG
    assert found.chosen is None


def test_summary__counts_all_whatever_is_shown(session: Session) -> None:
    explain(session, "甲院", GOOD)
    found = listed(session, Wish(level=Level.ERROR)).summary
    assert (found.errors, found.error_rules) == (1, 1)
    assert (found.warnings, found.explained, found.again, found.infos) == (5, 1, 0, 0)


@pytest.mark.parametrize(
    ("grouping", "expected"),
    [
        (Grouping.FORM, [1, 5]),
        (Grouping.UNIT, [1, 4, 1]),
        (Grouping.LEVEL, [1, 5]),
    ],
)
def test_grouping(session: Session, grouping: Grouping, expected: list[int]) -> None:
    found = listed(session, Wish(grouping=grouping))
    assert [len(group.findings) for group in found.groups] == expected


@pytest.mark.parametrize(
    ("wish", "count"),
    [
        (Wish(words="不能大于"), 1),
        (Wish(words="区院"), 1),
        (Wish(words="华阳路"), 5),
        (Wish(words="无此"), 0),
        (Wish(level=Level.WARNING), 5),
        (Wish(form="area"), 0),
        (Wish(form="eci"), 6),
        (Wish(shown=Shown.OPEN), 6),
        (Wish(shown=Shown.EXPLAINED), 0),
    ],
)
def test_filter(session: Session, wish: Wish, count: int) -> None:
    assert sum(size for _, size in sizes(listed(session, wish))) == count


def test_filter__by_what_is_explained(session: Session) -> None:
    explain(session, "甲院", GOOD)
    found = listed(session, Wish(shown=Shown.EXPLAINED))
    [group] = found.groups
    assert (len(group.findings), group.explained) == (1, 1)
    assert found.said_of(group.first).text == GOOD
    opened = listed(session, Wish(shown=Shown.OPEN))
    assert [size for _, size in sizes(opened)] == [1, 3, 1]


def test_chosen__is_found_again(session: Session) -> None:
    chosen = which(telling_findings(session)["丙院"])
    found = listed(session, Wish(chosen=chosen))
    assert found.chosen is not None
    group, place = found.chosen
    assert which(found.groups[group].findings[place]) == chosen


def test_list__lets_others_in_between_slices(session: Session) -> None:
    findings = tuple((each,) for each in telling_findings(session).values())
    many = findings * SLICE

    def work(ledger: Ledger) -> int:
        records = session.board.records
        session.board.records = (  # type: ignore[method-assign] # as with many
            lambda form: many if form == "eci" else ()
        )
        steps = sum(1 for _ in finding_list(session, ledger, Wish()))
        session.board.records = records  # type: ignore[method-assign] # see above
        return steps

    assert session.thread.call(work).result(30) > len(findings)


def test_nothing__is_said_of_an_empty_list() -> None:
    found = FindingList()
    assert found.groups == ()
    assert MANY not in str(found.said)
