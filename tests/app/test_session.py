from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from dataclasses import replace
from queue import Queue
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.app.audit.looking import ASKED_SINGLY
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cell
from desktop.app.events import ChoicesChanged
from desktop.app.events import Event
from desktop.app.events import FiguresChanged
from desktop.app.events import FindingsChanged
from desktop.app.events import NotSaved
from desktop.app.events import PeriodChanged
from desktop.app.events import RecordsChanged
from desktop.app.events import RefreshFailed
from desktop.app.events import Saved
from desktop.app.events import UndoChanged
from desktop.app.events import UnitsChanged
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.opening import open_session
from desktop.app.store_thread import ClosedError
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.changes import UnitChange
from desktop.core.findings import Outcome
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.indicators.figures import Status
from desktop.store.errors import QueryError
from desktop.store.errors import UnfitChangeError
from desktop.store.records import Applied
from desktop.store.records import Record
from desktop.store.records import Stale
from tests import asked
from tests.small import COUNTY
from tests.small import STREET
from tests.small import YEAR
from tests.small import choosing_pack
from tests.small import make_ledger
from tests.small import opened
from tests.small import person
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.session import Session
    from desktop.core.cells import Cell
    from desktop.indicators.figures import Figure


EARLIER = Period(PeriodKind.YEAR, 2024)


class Heard:
    """What a session tells, in order."""

    def __init__(self, session: Session) -> None:
        self.events: Queue[Event] = Queue()
        self.stop = session.subscribe(self.events.put)

    def until_figures(self) -> list[Event]:
        """Give all events up to the next figures, which end a refresh."""
        heard: list[Event] = []
        while not heard or not isinstance(heard[-1], FiguresChanged):
            heard.append(self.events.get(timeout=30))
        return heard


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found = open_session(make_ledger(tmp_path), person())
    yield found
    found.close()


def adding(session: Session, count: int = 1) -> Action:
    """Make the action that adds facilities with more nursing beds than beds."""
    form = session.pack.form_by_id["eci"]
    cells: dict[str, Cell] = {
        "name": "坏院",
        "beds_total": 100,
        "beds_nursing": 120,
    }
    changes = [
        add_record(form, YEAR, STREET, f"h{number}", cells).changes[0]
        for number in range(count)
    ]
    return Action(message("app.add", form=form.title), tuple(changes))


def only_record(session: Session) -> Record:
    ids = asked.ids(session, "eci")
    [record] = asked.rows(session, "eci", ids)
    return record


def test_session__knows_its_ledger(session: Session) -> None:
    assert session.root.name == "长宁区"
    assert session.period == YEAR
    assert session.periods == (YEAR,)
    assert session.parameters["period"] == "2025"


def test_apply__audited_then_saved_then_told(session: Session) -> None:
    heard = Heard(session)
    answer = session.apply(adding(session)).result()
    assert isinstance(answer, Applied)
    events = heard.until_figures()
    kinds = [type(event) for event in events]
    assert kinds[:4] == [FindingsChanged, Saved, UndoChanged, RecordsChanged]
    assert len(session.board.all()) == 1
    figures = events[-1]
    assert isinstance(figures, FiguresChanged)
    assert figures.figures[0].status is Status.REACHED


def test_apply__many_records_are_audited_with_their_form(session: Session) -> None:
    heard = Heard(session)
    session.apply(adding(session, ASKED_SINGLY + 1)).result()
    events = heard.until_figures()
    changed = next(each for each in events if isinstance(each, RecordsChanged))
    assert (changed.records, changed.listed) == (None, True)
    assert len(session.board.all()) == ASKED_SINGLY + 1


def test_undo_redo__across_the_session(session: Session) -> None:
    heard = Heard(session)
    assert session.undo().result() is None
    assert session.redo().result() is None
    session.apply(adding(session)).result()
    assert isinstance(session.undo().result(), Applied)
    heard.until_figures()
    assert asked.ids(session, "eci") == []
    assert session.board.all() == ()
    assert isinstance(session.redo().result(), Applied)
    assert len(asked.ids(session, "eci")) == 1


def test_apply__an_edit_on_an_old_view_is_refused_whole(session: Session) -> None:
    session.apply(adding(session)).result()
    record = only_record(session)
    field = session.pack.form_by_id["eci"].by_id["beds_nursing"]
    session.apply(set_cell(record, field, 90)).result()
    heard = Heard(session)
    answer = session.apply(set_cell(record, field, 80)).result()
    assert isinstance(answer, Stale)
    told = heard.events.get(timeout=30)
    while not isinstance(told, NotSaved):
        told = heard.events.get(timeout=30)
    assert told.reason.code == "store.stale_cell"
    assert only_record(session).cells["beds_nursing"] == 90


def test_apply__a_change_that_does_not_fit_raises_and_tells(session: Session) -> None:
    session.apply(adding(session)).result()
    record = only_record(session)
    field = session.pack.form_by_id["eci"].by_id["beds_nursing"]
    heard = Heard(session)
    with pytest.raises(UnfitChangeError):
        session.apply(set_cell(record, field, "十")).result()
    told = heard.events.get(timeout=30)
    while not isinstance(told, NotSaved):
        told = heard.events.get(timeout=30)
    assert told.title == message("app.edit", field="护理型床位数")


def test_choose_period__looks_at_another_and_audits_it(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    earlier = Period(PeriodKind.YEAR, 2024)
    with opened(path) as ledger:
        ledger.add_period(earlier)
    session = open_session(path, person())
    heard = Heard(session)
    session.choose_period(earlier)
    events = heard.until_figures()
    assert events[0] == PeriodChanged("2024")
    assert session.period == earlier
    heard.stop()
    # What happens in another period is saved but not told of.
    session.apply(adding(session)).result()
    assert asked.ids(session, "eci") == []
    session.close()


def test_add_period__is_looked_at_at_once(tmp_path: Path) -> None:
    session = open_session(make_ledger(tmp_path), person())
    heard = Heard(session)
    coming = Period(PeriodKind.YEAR, 2026)
    session.add_period(coming, YEAR).result()
    events = heard.until_figures()
    assert [type(event) for event in events[:2]] == [Saved, PeriodChanged]
    assert session.period == coming
    assert session.periods == (YEAR, coming)
    with pytest.raises(UnfitChangeError):
        session.add_period(coming).result()
    heard.stop()
    session.close()


def test_period__a_late_audit_of_the_old_one_is_not_told(tmp_path: Path) -> None:
    """The period turns between two slices of an audit; what it finds is dropped."""
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        ledger.add_period(Period(PeriodKind.YEAR, 2024))
    session = open_session(path, person())
    session.apply(adding(session)).result()
    session.refresh()
    session.choose_period(Period(PeriodKind.YEAR, 2024))
    heard = Heard(session)
    session.refresh()
    heard.until_figures()
    assert session.board.all() == ()
    session.close()


def test_refresh__tells_of_rules_that_cannot_run(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    session = open_session(path, person())
    heard = Heard(session)
    session.apply(adding(session)).result()
    heard.until_figures()
    with sqlite3.connect(path) as other:
        other.execute("ALTER TABLE area RENAME COLUMN pop_60plus TO gone")
    other.close()
    session.refresh()
    heard.until_figures()
    outcomes = {finding.rule: finding.outcome for finding in session.board.all()}
    assert outcomes["area.beds_within_elders"] is Outcome.BROKEN
    session.close()


def test_close__an_edit_that_waits_ends_well(session: Session) -> None:
    """It makes findings stale, for which there is no time any more."""
    session.apply(adding(session)).result()
    [first] = asked.every(session, "eci")
    field = session.pack.form_by_id["eci"].by_id["beds_nursing"]
    gate, held = threading.Event(), threading.Event()
    session.thread.call(lambda _: held.set())
    session.thread.call(lambda _: gate.wait())
    held.wait()
    waiting = session.apply(set_cell(first, field, 77))
    closer = threading.Thread(target=session.close)
    closer.start()
    with suppress(ClosedError):
        while True:
            session.thread.call(lambda _: None)
    gate.set()
    closer.join()
    assert isinstance(waiting.result(), Applied)


@pytest.fixture
def choosing(tmp_path: Path) -> Iterator[Session]:
    """Give a session of two years with 100 beds open and 100 closed in the first."""
    path = make_ledger(tmp_path, choosing_pack())
    with opened(path) as ledger:
        put(ledger, "a", beds_total=100, beds_nursing=60)
        put(ledger, "b", beds_total=100, beds_nursing=0, status="停业")
        ledger.add_period(EARLIER)
    found = open_session(path, person())
    yield found
    found.close()


def share(heard: Heard) -> object:
    """Give the nursing share as it is told next."""
    [*_, last] = heard.until_figures()
    assert isinstance(last, FiguresChanged)
    return last.figures[0].shown


def choosing_beds(before: str, after: str, period: str = "2025") -> Action:
    change = DefinitionChange(period, "definition.beds", before, after)
    return Action(message("app.choose", title="床位"), (change,))


@pytest.mark.unmeasured
def test_choose__is_in_force_at_once_and_can_be_undone(choosing: Session) -> None:
    heard = Heard(choosing)
    choosing.refresh()
    assert share(heard) == 60
    compiled = choosing.compiled

    choosing.apply(choosing_beds("", "closed_too")).result()
    events = heard.until_figures()
    assert [type(event) for event in events[:3]] == [Saved, UndoChanged, ChoicesChanged]
    assert isinstance(events[-1], FiguresChanged)
    assert events[-1].figures[0].shown == 30
    assert choosing.compiled is not compiled
    assert choosing.choices == {"definition.beds": "closed_too"}

    choosing.undo().result()
    assert share(heard) == 60
    assert choosing.choices == {}
    assert choosing.pack is choosing.kept


def test_choose__a_rule_asks_by_the_new_number(choosing: Session) -> None:
    heard = Heard(choosing)
    change = DefinitionChange("2025", "param.jump", "", "1.25")
    choosing.apply(Action(message("x"), (change,))).result()
    heard.until_figures()
    [jump] = [each for each in choosing.pack.parameters if each.id == "jump"]
    assert (str(jump.value), str(choosing.kept.parameters[0].value)) == ("1.25", "2")


def test_choose__for_another_period_changes_nothing_here(choosing: Session) -> None:
    heard = Heard(choosing)
    compiled = choosing.compiled
    choosing.apply(choosing_beds("", "closed_too", "2024")).result()
    heard.until_figures()
    assert choosing.compiled is compiled

    choosing.choose_period(EARLIER)
    assert choosing.choices == {"definition.beds": "closed_too"}
    assert choosing.pack.definition_by_id["beds"].default == "closed_too"
    choosing.choose_period(YEAR)
    assert choosing.pack is choosing.kept
    assert [each.shown for each in figures_by(choosing)] == [60, 100]


def figures_by(session: Session) -> tuple[Figure, ...]:
    """Compute a period's figures as the session would."""
    plan, period = session.compiled.figures, session.period
    return session.thread.call(
        lambda ledger: figures_of_unit(ledger, session.pack, plan, period, COUNTY)
    ).result()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["definition.beds", "param.jump", "param.free"]),
            st.sampled_from(["all", "closed_too", "1", "2.5", "", "x"]),
        ),
        max_size=6,
    )
)
def test_old_periods_keep_theirs(
    choosing: Session, steps: list[tuple[str, str]]
) -> None:
    """Whatever is chosen for another period, the old one's figures stay."""
    before = figures_by(choosing)
    for name, value in steps:
        there = choosing.thread.call(
            lambda ledger: ledger.choices(EARLIER.code)
        ).result()
        change = DefinitionChange(EARLIER.code, name, there.get(name, ""), value)
        choosing.apply(Action(message("x"), (change,))).result()
    choosing.choose_period(EARLIER)
    choosing.choose_period(YEAR)
    assert figures_by(choosing) == before
    assert choosing.pack is choosing.kept


def test_refresh__a_form_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    session = open_session(path, person())
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE eci")
    other.close()
    heard = Heard(session)
    session.refresh()
    told = heard.events.get(timeout=30)
    while not isinstance(told, RefreshFailed):
        told = heard.events.get(timeout=30)
    assert isinstance(told.error, QueryError)
    session.close()


def test_apply__another_tree_of_units__is_told_and_everything_looked_at_again(
    tmp_path: Path,
) -> None:
    path = make_ledger(tmp_path)
    session = open_session(path, person())
    heard: list[Event] = []
    session.subscribe(heard.append)
    street = session.units[1]
    change = UnitChange(STREET, street, replace(street, name="华阳街道"))
    session.apply(Action(message("app.edit"), (change,))).result()
    session.close()

    assert session.units[1].name == "华阳街道"
    assert UnitsChanged() in heard
    assert RecordsChanged("eci", None, listed=True) in heard


def test_stop_refreshing__is_no_end_of_it(session: Session) -> None:
    seen: list[Event] = []

    def stop_at_once(event: Event) -> None:
        if isinstance(event, FindingsChanged | FiguresChanged):
            if not seen:
                session.stop_refreshing()
            seen.append(event)

    session.subscribe(stop_at_once)
    heard = Heard(session)
    session.refresh()
    while not seen:
        session.thread.call(lambda _: None).result()
    for _ in range(20):
        session.thread.call(lambda _: None).result()
    assert not any(isinstance(event, FiguresChanged) for event in seen)
    session.refresh()
    heard.until_figures()


def test_stop_refreshing__before_it_has_begun(session: Session) -> None:
    session.stop_refreshing()
    gate = threading.Event()
    session.thread.call(lambda _: gate.wait(10))
    session.refresh()
    session.stop_refreshing()
    gate.set()
    heard = Heard(session)
    session.refresh()
    heard.until_figures()


def test_carry_out__all_is_read_anew_and_it_is_no_step_to_undo(
    session: Session,
) -> None:
    told: list[Event] = []
    session.subscribe(told.append)
    form = session.pack.form_by_id["eci"]
    action = add_record(form, YEAR, STREET, "x", {"name": "新院"})
    title = message("test")

    answer = session.carry_out(title, lambda ledger: ledger.apply(action)).result()
    nothing = session.carry_out(title, lambda ledger: ledger.read_only).result()

    assert isinstance(answer, Applied)
    assert nothing is False
    assert [each.title for each in told if isinstance(each, Saved)] == [title]
    assert [type(each) for each in told if isinstance(each, PeriodChanged)] == [
        PeriodChanged
    ]
    assert session.undo().result() is None
