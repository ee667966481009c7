from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.people.known import Known
from desktop.app.people.known import People
from desktop.app.people.known import save_people
from desktop.ui.beginning import begin
from desktop.ui.beginning import known_people

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.ui.workplace import UiStart


def test_begin__opens_the_ledger_named(start: UiStart, small_ledger: Path) -> None:
    begun = begin(replace(start, ledger=small_ledger))
    assert begun.opening is not None
    session = begun.opening.result.result()
    assert session.path == small_ledger
    assert not begun.asks
    session.close()


def test_begin__without_a_ledger_there_is_nothing_to_open(start: UiStart) -> None:
    begun = begin(replace(start, ledger=None))
    assert begun.opening is None
    assert not begun.asks


def test_begin__nothing_is_opened_before_somebody_says_who_they_are(
    start: UiStart,
) -> None:
    save_people(start.places.people, People((Known("王强"), Known("李芳")), "王强"))
    begun = begin(start)
    assert begun.asks
    assert begun.opening is None


def test_begin__goes_on_as_the_one_who_works_here(
    start: UiStart, small_ledger: Path
) -> None:
    save_people(start.places.people, People((Known("王强"),), "王强"))
    begun = begin(replace(start, ledger=small_ledger))
    assert begun.start.person.who == "王强"
    assert begun.opening is not None
    session = begun.opening.result.result()
    assert session.person.who == "王强"
    session.close()


def test_known_people__nobody_ever_said(start: UiStart) -> None:
    assert known_people(start) is None
