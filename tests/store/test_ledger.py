from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import threading
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import initialize
from hypothesis.stateful import invariant
from hypothesis.stateful import rule

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import DefinitionChange
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.changes import undo
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.errors import BusyError
from desktop.store.errors import DiskError
from desktop.store.errors import DiskFullError
from desktop.store.errors import ReadOnlyError
from desktop.store.errors import UnfitChangeError
from desktop.store.files import Origin
from desktop.store.files import open_file
from desktop.store.ledger import Ledger
from desktop.store.records import Applied
from desktop.store.records import Stale
from tests.store.cases import EAST
from tests.store.cases import NEXT
from tests.store.cases import ROOT
from tests.store.cases import WEST
from tests.store.cases import YEAR
from tests.store.cases import Desk
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import last_acknowledged
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.changes import Change


def filled_cells(ledger: Ledger, facility: str) -> dict[str, Cell]:
    record = ledger.record(key(facility))
    assert record is not None
    return dict(record.filled())


def test_apply__saves_every_kind_of_cell(ledger: Ledger, desk: Desk) -> None:
    cells: dict[str, Cell] = {
        "name": "干𬒗镇敬老院",
        "beds": 12,
        "area": Decimal("180.40"),
        "level": "二级",
        "services": ("餐", "医"),
        "order": date(2020, 2, 29),
        "public": False,
        "town": WEST,
        "code": Absent.UNKNOWN,
        "phone": Absent.NOT_APPLICABLE,
    }

    answer = do(ledger, added("a", **cells))
    ledger.close()

    with desk.open(ledger.path) as again:
        assert filled_cells(again, "a") == cells
        assert again.head().revision == 2
    assert answer == Applied(2, frozenset({key("a")}))


def test_apply__an_action_that_comes_to_nothing_is_not_logged(filled: Ledger) -> None:
    before = filled.head()

    answer = do(
        filled,
        set_cell("a", "beds", 10, 11),
        set_cell("a", "beds", 11, 10),
        added("new"),
        RecordRemoved(key("new"), EAST),
        NoteChange(key("a"), "field:beds", "", ""),
        NilChange("people", "2025", EAST, before=False, after=False),
    )

    assert answer == Applied(before.revision)
    assert filled.head() == before


def test_apply__folds_changes_of_one_record_into_one_entry(ledger: Ledger) -> None:
    do(ledger, added("a", beds=1), set_cell("a", "beds", 1, 2))

    (entry,) = ledger.history(key("a"))
    assert (entry.unit_before, entry.unit_after) == (None, EAST)
    assert (entry.before, entry.after) == ({"beds": BLANK}, {"beds": 2})
    assert (entry.who, entry.title) == ("王", message("test"))


def test_apply__stale_changes_nothing_and_names_every_place(filled: Ledger) -> None:
    answer = do(
        filled,
        set_cell("a", "name", "甲院", "新名"),
        set_cell("a", "beds", 9, 11),
        set_cell("gone", "beds", BLANK, 1),
        added("b"),
        RecordMoved(key("c"), EAST, ROOT),
        RecordMoved(key("gone"), EAST, ROOT),
        RecordRemoved(key("gone"), EAST),
        RecordRemoved(key("c"), EAST, (("name", "丙院"), ("beds", 21))),
        NoteChange(key("a"), "field:beds", "旧", "新"),
        NilChange("people", "2025", EAST, before=True, after=False),
    )

    assert isinstance(answer, Stale)
    assert [conflict.message.code for conflict in answer.conflicts] == [
        "store.stale_cell",
        "store.stale_gone",
        "store.stale_there",
        "store.stale_unit",
        "store.stale_gone",
        "store.stale_gone",
        "store.stale_cell",
        "store.stale_unit",
        "store.stale_note",
        "store.stale_nil",
    ]
    first = answer.conflicts[0]
    assert (first.record, first.field) == (key("a"), "beds")
    assert (first.expected, first.found) == (9, 10)
    assert filled_cells(filled, "a") == {"name": "甲院", "beds": 10}
    assert filled.head().revision == 2


def test_apply__moves_notes_and_nil_returns(filled: Ledger) -> None:
    answer = do(
        filled,
        RecordMoved(key("a"), EAST, WEST),
        NoteChange(key("a"), "rule:beds", "", "大修"),
        NilChange("home", "2025", ROOT, before=False, after=True),
    )

    assert answer == Applied(
        3,
        frozenset({key("a")}),
        frozenset({key("a")}),
        frozenset({("home", "2025", ROOT)}),
    )
    assert filled.count("home", "2025", WEST) == 2
    assert filled.notes(key("a")) == {"rule:beds": "大修"}
    assert filled.nil("home", "2025", ROOT)
    assert not filled.nil("home", "2025", EAST)
    assert filled.doctor().problems == ()


def test_apply__what_the_ledger_does_not_have_is_refused(filled: Ledger) -> None:
    refused: list[tuple[Change, str]] = [
        (CellChange(key("a", "nothing"), "beds", 1, 2), "store.unknown_form"),
        (CellChange(key("a", period="1999"), "beds", 1, 2), "store.unknown_period"),
        (set_cell("a", "rooms", BLANK, 2), "store.unknown_field"),
        (set_cell("a", "double", BLANK, 2), "store.unknown_field"),
        (set_cell("a", "beds", 10, "many"), "store.unfit_value"),
        (added("d", "999999"), "store.unknown_unit"),
        (added("d", rooms=1), "store.unknown_field"),
        (added("d", name="丁院", beds="many"), "store.unfit_value"),
        (RecordMoved(key("a"), EAST, "999999"), "store.unknown_unit"),
        (
            NilChange("home", "2025", "9", before=False, after=True),
            "store.unknown_unit",
        ),
        (NoteChange(key("a"), "field:beds", "", "\ud800"), "store.unfit_value"),
    ]
    for change, code in refused:
        with pytest.raises(UnfitChangeError) as caught:
            do(filled, set_cell("a", "beds", 10, 11), change)
        assert caught.value.message.code == code

    assert filled.head().revision == 2


def test_set_aside__read_only__error(filled: Ledger, desk: Desk) -> None:
    there = sorted(filled.path.parent.iterdir())
    with (
        desk.open(filled.path, read_only=True) as reader,
        pytest.raises(ReadOnlyError),
    ):
        reader.set_aside()
    assert sorted(filled.path.parent.iterdir()) == there


def test_apply__read_only__error(filled: Ledger, desk: Desk) -> None:
    with desk.open(filled.path, read_only=True) as reader:
        assert reader.count("home", "2025") == 3
        with pytest.raises(ReadOnlyError):
            do(reader, added("d"))


def test_undo__brings_back_what_was_removed(filled: Ledger) -> None:
    record = filled.record(key("a"))
    assert record is not None
    do(filled, NoteChange(key("a"), "field:beds", "", "见附件"))
    removal = Action(
        message("test"), (RecordRemoved(record.key, record.unit, record.filled()),)
    )

    filled.apply(removal)
    gone = filled.notes_of("home", "2025")
    filled.apply(Action(message("test"), undo(removal)))

    assert gone == {}
    assert filled_cells(filled, "a") == {"name": "甲院", "beds": 10}
    assert filled.notes_of("home", "2025") == {key("a"): {"field:beds": "见附件"}}
    assert filled.doctor().problems == ()


def test_add_period__keeps_identity_and_leaves_numbers_blank(filled: Ledger) -> None:
    do(filled, set_cell("a", "public", BLANK, after=True))

    answer = filled.add_period(NEXT, YEAR)

    assert isinstance(answer, Applied)
    assert filled.periods() == (YEAR, NEXT)
    copied = filled.record(key("a", period="2026"))
    assert copied is not None
    assert dict(copied.filled()) == {"name": "甲院", "public": True}
    assert filled.count("home", "2026") == 3
    assert filled.count("people", "2026") == 3
    assert filled.doctor().problems == ()


def test_add_period__without_a_source_has_only_what_every_unit_answers(
    filled: Ledger,
) -> None:
    filled.add_period(NEXT)

    assert filled.count("home", "2026") == 0
    assert filled.count("people", "2026") == 3


@pytest.mark.parametrize(
    ("period", "source", "code"),
    [
        (YEAR, None, "store.period_exists"),
        (Period(PeriodKind.MONTH, 2026), None, "store.period_kind"),
        (NEXT, Period(PeriodKind.YEAR, 1999), "store.unknown_period"),
    ],
)
def test_add_period__error(
    ledger: Ledger, period: Period, source: Period | None, code: str
) -> None:
    with pytest.raises(UnfitChangeError) as caught:
        ledger.add_period(period, source)

    assert caught.value.message.code == code
    assert ledger.periods() == (YEAR,)


def test_close__twice_is_harmless(ledger: Ledger) -> None:
    ledger.close()
    ledger.close()


# --- When the disk does not do what it should ----------------------------


def ledger_over(path: Path, origin: Origin) -> tuple[Ledger, sqlite3.Connection]:
    """Open a ledger whose connection the test can get at."""
    file = open_file(path, origin)
    return Ledger(file, origin), file.connection


def test_apply__full_disk__takes_everything_back(filled: Ledger, desk: Desk) -> None:
    filled.close()
    ledger, connection = ledger_over(filled.path, desk.origin())
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFullError):
        do(ledger, *(added(f"n{number}", name="院" * 200) for number in range(500)))

    connection.execute("PRAGMA max_page_count = 1000000")
    assert ledger.count("home", "2025") == 3
    assert ledger.doctor().problems == ()
    assert isinstance(do(ledger, added("d")), Applied)
    ledger.close()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let the system refuse to write beyond a size; a real failure, not a play."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_apply__failing_disk__takes_everything_back(filled: Ledger) -> None:
    many = [added(f"n{number}", name="院" * 200) for number in range(500)]
    with largest_file(filled.path.stat().st_size), pytest.raises(DiskError):
        do(filled, *many)

    assert filled.count("home", "2025") == 3
    assert filled.doctor().problems == ()


def test_apply__error_that_passes__is_tried_again(filled: Ledger, desk: Desk) -> None:
    filled.close()
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    tries = []

    def clock_that_heals_the_disk() -> object:
        tries.append(1)
        if len(tries) > 1:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        return desk.clock()

    origin = Origin("王", clock_that_heals_the_disk, desk.new_id)  # type: ignore[arg-type]  # a clock that does more
    ledger, _ = ledger_over(filled.path, origin)
    with largest_file(filled.path.stat().st_size):
        answer = do(ledger, *(added(f"n{n}", name="院" * 200) for n in range(500)))

    assert isinstance(answer, Applied)
    assert len(tries) == 2
    ledger.close()


def test_apply__another_program_holds_the_file__error(
    filled: Ledger, desk: Desk
) -> None:
    filled.close()
    ledger, connection = ledger_over(filled.path, desk.origin())
    connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(filled.path)
    rows = other.execute("SELECT * FROM home")
    rows.fetchone()

    with pytest.raises(BusyError):
        do(ledger, added("d"))

    other.close()
    assert ledger.count("home", "2025") == 3
    ledger.close()


def test_a_copy_by_the_file_manager_is_whole_between_actions(
    filled: Ledger, tmp_path: Path
) -> None:
    for number in range(5):
        do(filled, set_cell("a", "beds", 10 + number, 11 + number))
        copy = tmp_path / f"copy{number}.taizhang"
        shutil.copyfile(filled.path, copy)
        with Desk().open(copy) as other:
            assert filled_cells(other, "a")["beds"] == 11 + number
            assert other.doctor().problems == ()


@pytest.mark.unmeasured
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_killed_at_any_moment__every_acknowledged_edit_is_there(
    ledger: Ledger, desk: Desk
) -> None:
    do(ledger, added("a", beds=0), added("b", beds=0))
    ledger.close()
    chance, last, journals = random.Random(2025), 0, 0  # noqa: S311 - no secret

    for _ in range(200):
        told = last_acknowledged(ledger.path, last + 1, chance)
        journals += ledger.path.with_name(f"{ledger.path.name}-journal").exists()
        with desk.open(ledger.path) as again:
            record, other = again.record(key("a")), again.record(key("b"))
            assert record is not None
            assert other is not None
            last = int(str(record.cell("beds")))
            assert last in {told, told + 1}
            assert other.cell("beds") == last
            assert again.count("home", "2025") == last + 2
    with desk.open(ledger.path) as again:
        assert again.doctor().problems == ()
    # Some were hit in the middle of a transaction, or the test would show nothing.
    assert journals > 0


# --- Any actions, against a plain model ----------------------------------

Model = dict[str, tuple[str, dict[str, Cell]]]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES: dict[str, st.SearchStrategy[Cell]] = {
    "name": TEXTS.map(lambda text: text or BLANK),
    "beds": st.integers(-(10**15) + 1, 10**15 - 1),
    "area": st.decimals(-(10**12), 10**12, places=2).map(
        lambda number: abs(number) if number == 0 else number
    ),
    "public": st.booleans(),
    "order": st.dates(),
    "services": st.lists(st.sampled_from(["餐", "医"]), unique=True).map(
        lambda chosen: tuple(chosen) or BLANK
    ),
}
ABSENT = st.sampled_from(list(Absent))
FACILITIES = st.sampled_from(["a", "b", "c", "d"])
UNIT_CODES = st.sampled_from([ROOT, EAST, WEST])


@st.composite
def field_and_cell(draw: st.DrawFn) -> tuple[str, Cell]:
    name = draw(st.sampled_from(sorted(VALUES)))
    return name, draw(VALUES[name] | ABSENT)


class LedgerMachine(RuleBasedStateMachine):
    """Applies random actions to a ledger and to a dictionary."""

    done = Bundle("done")

    @initialize(target=done)
    def start(self) -> Action:
        self.folder = TemporaryDirectory()
        self.desk = Desk()
        self.ledger = self.desk.create(Path(self.folder.name) / "x.taizhang")
        self.model: Model = {}
        self.notes: dict[tuple[str, str], str] = {}
        self.nils: set[str] = set()
        return Action(message("nothing"), ())

    def run(self, changes: list[Change]) -> Action:
        action = Action(message("some"), tuple(changes))
        assert isinstance(self.ledger.apply(action), Applied)
        self.follow(action.changes)
        return action

    def follow(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            match change:
                case CellChange(record, field, _, after):
                    self.model[record.facility][1][field] = after
                case RecordAdded(record, code, cells):
                    self.model[record.facility] = (code, dict(cells))
                case RecordRemoved(record):
                    del self.model[record.facility]
                case RecordMoved(record, _, code):
                    self.model[record.facility] = (
                        code,
                        self.model[record.facility][1],
                    )
                case NoteChange(record, topic, _, text):
                    self.notes[record.facility, topic] = text
                case NilChange(unit=code, after=True):
                    self.nils.add(code)
                case NilChange(unit=code):
                    self.nils.discard(code)

    @rule(
        target=done,
        facility=FACILITIES,
        code=UNIT_CODES,
        cells=st.lists(field_and_cell(), max_size=4, unique_by=lambda pair: pair[0]),
    )
    def add_or_edit(
        self, facility: str, code: str, cells: list[tuple[str, Cell]]
    ) -> Action:
        if facility not in self.model:
            return self.run([RecordAdded(key(facility), code, tuple(cells))])
        unit, held = self.model[facility]
        changes: list[Change] = [
            CellChange(key(facility), name, held.get(name, BLANK), cell)
            for name, cell in cells
        ]
        return self.run([RecordMoved(key(facility), unit, code), *changes])

    @rule(target=done, facility=FACILITIES)
    def remove(self, facility: str) -> Action:
        if facility not in self.model:
            return self.run([])
        unit, held = self.model[facility]
        cells = tuple((name, held.get(name, BLANK)) for name in held)
        return self.run([RecordRemoved(key(facility), unit, cells)])

    @rule(target=done, facility=FACILITIES, text=st.sampled_from(["", "说明", "又"]))
    def note(self, facility: str, text: str) -> Action:
        before = self.notes.get((facility, "field:beds"), "")
        return self.run([NoteChange(key(facility), "field:beds", before, text)])

    @rule(target=done, code=UNIT_CODES)
    def declare_nothing(self, code: str) -> Action:
        there = code in self.nils
        return self.run(
            [NilChange("home", "2025", code, before=there, after=not there)]
        )

    @rule(action=done)
    def undo_any(self, action: Action) -> None:
        """Undo an action of any time: it works whole or not at all."""
        changes = undo(action)
        answer = self.ledger.apply(Action(action.title, changes))
        if isinstance(answer, Applied):
            self.follow(changes)

    @rule()
    def open_again(self) -> None:
        path = self.ledger.path
        self.ledger.close()
        self.ledger = self.desk.open(path)

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        ids = self.ledger.ids("home", "2025")
        found = {
            record.key.facility: (record.unit, dict(record.filled()))
            for record in self.ledger.rows("home", ids)
        }
        assert found == {
            facility: (
                unit,
                {name: cell for name, cell in cells.items() if cell is not BLANK},
            )
            for facility, (unit, cells) in self.model.items()
        }
        for (facility, topic), text in self.notes.items():
            assert self.ledger.notes(key(facility)).get(topic, "") == text
        assert self.ledger.nils("2025") == {("home", code) for code in self.nils}

    def teardown(self) -> None:
        assert self.ledger.doctor().problems == ()
        self.ledger.close()
        self.folder.cleanup()


TestAnyActions = LedgerMachine.TestCase
TestAnyActions.settings = settings(max_examples=15, stateful_step_count=12)


def test_edits_go_on_while_a_read_is_open(filled: Ledger) -> None:
    rows = filled.query("SELECT _id, beds FROM home ORDER BY _id")
    first = next(rows)

    answer = do(filled, set_cell("b", "beds", 30, 31))

    assert isinstance(answer, Applied)
    assert first == (1, 10)
    assert len(list(rows)) == 2


def test_a_stopped_read_does_not_stop_the_next_edit(filled: Ledger) -> None:
    rows = filled.query("SELECT a._id FROM home a, home b, home c, home d")
    next(rows)
    caller = threading.Thread(target=filled.interrupt)
    caller.start()
    caller.join()

    assert isinstance(do(filled, added("d")), Applied)


def test_keep_note__beside_the_log_and_with_an_action_that_tells_of_it(
    ledger: Ledger,
) -> None:
    change = DefinitionChange("", "ledger.key.own", "", "ABCD")
    before = ledger.head()
    assert ledger.own_note("secret") == ""
    answer = ledger.keep_note("secret", "a text", Action(message("test"), (change,)))
    assert isinstance(answer, Applied)
    assert ledger.own_note("secret") == "a text"
    assert ledger.head().revision == before.revision + 1
    assert not any("a text" in str(row) for row in ledger.query("SELECT * FROM _log"))
    # An action that comes too late writes nothing, the note neither.
    stale = ledger.keep_note("secret", "other", Action(message("test"), (change,)))
    assert isinstance(stale, Stale)
    assert ledger.own_note("secret") == "a text"
    ledger.keep_note("secret", "", Action(message("test"), ()))
    assert ledger.own_note("secret") == ""
    assert ledger.head().revision == before.revision + 1
    assert ledger.doctor().problems == ()
