from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.changes import undo
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.backup import copies
from desktop.store.choice_rows import before
from desktop.store.errors import NewerLedgerError
from desktop.store.errors import UnfitChangeError
from desktop.store.migrations import VERSION
from desktop.store.records import Applied
from desktop.store.records import EntryKind
from desktop.store.records import Stale
from tests.store.cases import NEXT
from tests.store.cases import YEAR
from tests.store.cases import Desk
from tests.store.cases import do
from tests.store.cases import key

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger

OLD = Path(__file__).parents[1] / "data" / "ledger_0001.sql"
BASE = "definition.beds"
LAST = Period(PeriodKind.YEAR, 2024)


def chosen(
    before: str, after: str, name: str = BASE, period: str = "2025"
) -> DefinitionChange:
    """Say that something was chosen."""
    return DefinitionChange(period, name, before, after)


def old_ledger(path: Path) -> None:
    """Make a file as the first version of the program did."""
    with closing(sqlite3.connect(path)) as file:
        file.executescript(OLD.read_text(encoding="utf-8"))


def test_apply__is_kept_and_logged(ledger: Ledger) -> None:
    answer = do(ledger, chosen("", "all"), chosen("", "0.5", "param.weight"))

    assert isinstance(answer, Applied)
    assert answer.choices == {"2025"}
    assert ledger.choices("2025") == {BASE: "all", "param.weight": "0.5"}
    assert ledger.choices("2026") == {}
    entry = ledger.log()[-2]
    assert (entry.kind, entry.record) == (EntryKind.CHOICE, key("", "", "2025"))
    assert (entry.before, entry.after) == ({BASE: ""}, {BASE: "all"})
    assert ledger.doctor().problems == ()


def test_apply__undone_it_was_never_chosen(ledger: Ledger) -> None:
    action = Action(message("test"), (chosen("", "all"), chosen("all", "some")))
    ledger.apply(action)
    assert ledger.choices("2025") == {BASE: "some"}

    answer = ledger.apply(Action(message("test"), undo(action)))

    assert isinstance(answer, Applied)
    assert ledger.choices("2025") == {}
    assert ledger.doctor().problems == ()


def test_apply__nothing_comes_of_a_choice_taken_back(ledger: Ledger) -> None:
    revision = ledger.head().revision

    answer = do(ledger, chosen("", "all"), chosen("all", ""))

    assert answer == Applied(revision)


def test_apply__what_was_changed_meanwhile(ledger: Ledger) -> None:
    do(ledger, chosen("", "all"))

    answer = do(ledger, chosen("", "some"))

    assert isinstance(answer, Stale)
    (conflict,) = answer.conflicts
    assert conflict.message.code == "store.stale_choice"
    assert (conflict.expected, conflict.found) == ("", "all")
    assert ledger.choices("2025") == {BASE: "all"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (chosen("", "all", period="2031"), "store.unknown_period"),
        (chosen("", "a\0b"), "store.unfit_choice"),
        (chosen("", "\ud800"), "store.unfit_choice"),
        (chosen("", "all", "\ud800"), "store.unfit_choice"),
        (chosen("", "all", ""), "store.unfit_choice"),
    ],
)
def test_apply__error(ledger: Ledger, change: DefinitionChange, code: str) -> None:
    with pytest.raises(UnfitChangeError) as caught:
        do(ledger, change)

    assert caught.value.message.code == code


def test_add_period__goes_on_with_what_was_chosen(ledger: Ledger) -> None:
    do(ledger, chosen("", "all"), chosen("", "2", "param.weight"))
    ledger.add_period(LAST)
    ledger.add_period(NEXT)
    do(ledger, chosen("all", "some", period="2026"))
    ledger.add_period(Period(PeriodKind.YEAR, 2027), copy_from=YEAR)

    assert ledger.choices("2024") == {}
    assert ledger.choices("2025") == {BASE: "all", "param.weight": "2"}
    assert ledger.choices("2026") == {BASE: "some", "param.weight": "2"}
    assert ledger.choices("2027") == ledger.choices("2025")
    assert ledger.doctor().problems == ()


def test_add_period__what_is_of_one_period_alone_stays_with_it(ledger: Ledger) -> None:
    do(ledger, chosen("", "2026-01-31", "period.deadline"), chosen("", "all"))
    ledger.add_period(NEXT, YEAR)
    assert ledger.choices("2025")["period.deadline"] == "2026-01-31"
    assert ledger.choices("2026") == {BASE: "all"}


def test_before__is_the_last_one_earlier() -> None:
    assert before([LAST, YEAR, NEXT], NEXT) == YEAR
    assert before([YEAR], LAST) is None


@settings(max_examples=10)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2025", "2026"]),
            st.sampled_from([BASE, "param.weight"]),
            st.sampled_from(["", "a", "b"]),
        ),
        max_size=8,
    )
)
def test_periods_keep_their_own(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "x.taizhang"
    held: dict[str, dict[str, str]] = {"2025": {}, "2026": {}}
    with Desk().create(path) as ledger:
        ledger.add_period(NEXT)
        for period, name, value in steps:
            there = held[period].get(name, "")
            answer = do(ledger, DefinitionChange(period, name, there, value))
            assert isinstance(answer, Applied)
            assert answer.choices == (frozenset() if there == value else {period})
            held[period][name] = value
        for period, wanted in held.items():
            kept = {name: value for name, value in wanted.items() if value}
            assert ledger.choices(period) == kept
        assert ledger.doctor().problems == ()


def test_open__an_old_file_is_brought_up_to_date(path: Path) -> None:
    old_ledger(path)
    desk = Desk("李")

    with desk.open(path) as ledger:
        assert ledger.doctor().problems == ()
        assert ledger.choices("2025") == {}
        assert ledger.notes(key("a")) == {"field:beds": "大修"}
        assert do(ledger, chosen("", "all")) == Applied(
            ledger.head().revision, choices=frozenset({"2025"})
        )
        assert ledger.doctor().problems == ()
    assert len(copies(path.parent)) == 1
    with desk.open(path, read_only=True) as ledger:
        assert ledger.choices("2025") == {BASE: "all"}


def test_open__a_newer_file_is_left_alone(path: Path, desk: Desk) -> None:
    old_ledger(path)
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA user_version = {VERSION + 1}")
    content = path.read_bytes()

    with pytest.raises(NewerLedgerError):
        desk.open(path)

    assert path.read_bytes() == content


def test_apply__what_holds_for_the_whole_ledger_stands_under_no_period(
    ledger: Ledger,
) -> None:
    change = chosen("", "{}", "ledger.key.own", "")
    answer = do(ledger, change)
    assert isinstance(answer, Applied)
    assert answer.choices == {""}
    assert ledger.choices("") == {"ledger.key.own": "{}"}
    assert ledger.choices("2025") == {}
    do(ledger, *undo(Action(message("test"), (change,))))
    assert ledger.choices("") == {}
    assert ledger.doctor().problems == ()
    with pytest.raises(UnfitChangeError):
        do(ledger, chosen("", "x", "period.deadline", ""))
