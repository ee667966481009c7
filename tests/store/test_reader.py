from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.core.cells import BLANK
from desktop.core.changes import NoteChange
from desktop.store import reads
from desktop.store.conditions import Contains
from desktop.store.errors import DamagedError
from desktop.store.errors import InterruptedReadError
from desktop.store.errors import QueryError
from desktop.store.records import Applied
from desktop.store.records import EntryKind
from desktop.store.records import Order
from desktop.store.records import View
from tests.store.cases import EAST
from tests.store.cases import NEXT
from tests.store.cases import ROOT
from tests.store.cases import UNITS
from tests.store.cases import WEST
from tests.store.cases import YEAR
from tests.store.cases import added
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import pack
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger
    from tests.store.cases import Desk


def names(ledger: Ledger, view: View) -> list[str]:
    """Give the names of the homes a view lists."""
    rows = ledger.rows("home", ledger.ids("home", "2025", view))
    return [str(record.cell("name")) for record in rows]


def test_the_ledger_tells_what_it_is(ledger: Ledger) -> None:
    assert ledger.pack() == pack()
    assert ledger.units() == UNITS
    assert ledger.periods() == (YEAR,)
    assert ledger.identity().ledger != ledger.identity().epoch
    assert ledger.head().revision == 1


def test_by_unit__counts_and_what_was_written_to(filled: Ledger) -> None:
    found = filled.by_unit("home", "2025")
    assert {unit: records for unit, (records, _) in found.items()} == {EAST: 2, WEST: 1}
    assert all(records == written for records, written in found.values())
    assert filled.by_unit("home", "2026") == {}


def test_count__of_a_unit_and_all_below_it(filled: Ledger) -> None:
    assert filled.count("home", "2025") == 3
    assert filled.count("home", "2025", ROOT) == 3
    assert filled.count("home", "2025", EAST) == 2
    assert filled.count("home", "2026") == 0


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(), ["甲院", "乙院", "丙院"]),
        (View(unit=WEST), ["丙院"]),
        (
            View(conditions=(Contains("name", "乙"), Contains("in_name", "东"))),
            ["乙院"],
        ),
        (View(order=(Order("beds", descending=True),)), ["乙院", "丙院", "甲院"]),
        (View(order=(Order("double"),)), ["甲院", "丙院", "乙院"]),
        (View(order=(Order("in_code", descending=True),)), ["丙院", "甲院", "乙院"]),
        (View(order=(Order("in_parent"), Order("beds"))), ["甲院", "丙院", "乙院"]),
        (View(order=(Order("in_class"), Order("order"))), ["甲院", "乙院", "丙院"]),
        (View(conditions=(Contains("in_year", "2025"),)), ["甲院", "乙院", "丙院"]),
    ],
)
def test_ids__as_the_view_wants_them(
    filled: Ledger, view: View, expected: list[str]
) -> None:
    assert names(filled, view) == expected


def test_ids__of_a_field_that_is_not_there__error(filled: Ledger) -> None:
    with pytest.raises(KeyError):
        filled.ids("home", "2025", View(order=(Order("rooms"),)))


def test_rows__in_the_order_asked_for(filled: Ledger) -> None:
    first, second, third = filled.ids("home", "2025")
    do(filled, set_cell("b", "beds", 30, BLANK))

    rows = filled.rows("home", [third, first, second, third])

    assert [record.key.facility for record in rows] == ["c", "a", "b", "c"]
    record = rows[1]
    assert (record.id, record.unit, record.revision) == (first, EAST, 2)
    assert dict(record.derived) == {
        "double": 20,
        "in_code": EAST,
        "in_name": "东镇",
        "in_parent": ROOT,
        "in_class": "乡镇",
        "in_year": 2025,
    }
    assert rows[2].cell("double") is BLANK
    assert rows[2].cell("no such field") is BLANK


def test_record__of_the_root_unit_has_no_parent(ledger: Ledger) -> None:
    record = ledger.record(key(ROOT, "people"))

    assert record is not None
    assert record.filled() == ()
    assert ledger.record(key("nobody")) is None


def test_ids_of__those_that_are_there(filled: Ledger) -> None:
    first, second = (filled.record(key(name)) for name in ("a", "b"))

    assert first is not None
    assert second is not None
    found = filled.ids_of("home", first.key.period, ("b", "nobody", "a"))
    assert found == [second.id, first.id]
    assert filled.ids_of("home", first.key.period, ()) == []


def test_notes__by_record_and_by_form(filled: Ledger) -> None:
    do(
        filled,
        NoteChange(key("a"), "field:beds", "", "大修"),
        NoteChange(key("a"), "rule:x", "", "属实"),
        NoteChange(key("b"), "field:beds", "", "新建"),
    )
    do(filled, NoteChange(key("b"), "field:beds", "新建", ""))

    both = {"field:beds": "大修", "rule:x": "属实"}
    assert filled.notes(key("a")) == both
    assert filled.notes(key("b")) == {}
    assert filled.notes_of("home", "2025") == {key("a"): both}


def test_touched__whether_anybody_wrote_since_the_period_began(filled: Ledger) -> None:
    assert filled.touched("home", "2025")
    assert not filled.touched("people", "2025"), "blank from the beginning"
    filled.add_period(NEXT, YEAR)
    assert not filled.touched("home", "2026"), "taken over, and left alone"


def test_history__of_a_record_and_of_a_cell(filled: Ledger) -> None:
    do(filled, set_cell("a", "beds", 10, 11), set_cell("a", "name", "甲院", "甲"))
    do(filled, set_cell("a", "name", "甲", "甲甲"))
    do(filled, NoteChange(key("a"), "field:beds", "", "大修"))

    assert len(filled.history(key("a"))) == 4
    beds = filled.history(key("a"), "beds")
    assert [(entry.before["beds"], entry.after["beds"]) for entry in beds] == [
        (BLANK, 10),
        (10, 11),
    ]
    assert filled.history(key("a"))[-1].after == {"field:beds": "大修"}


def test_log__pages_through_everything(filled: Ledger) -> None:
    filled.add_period(NEXT, YEAR)

    first = filled.log(limit=4)
    rest = filled.log(after=first[-1].seq)

    assert [entry.kind for entry in first] == [
        EntryKind.LEDGER,
        EntryKind.PACK,
        EntryKind.UNITS,
        EntryKind.PERIOD,
    ]
    assert [entry.seq for entry in (*first, *rest)] == list(
        range(1, filled.head().seq + 1)
    )
    assert rest[-1].title.params == (("period", "2026"),)


def test_query__runs_questions_with_parameters(filled: Ledger) -> None:
    sql = (
        "WITH t AS (SELECT beds FROM home WHERE beds > :least) SELECT SUM(beds) FROM t"
    )

    assert list(filled.query(sql, {"least": 10})) == [(50,)]
    assert list(filled.query(sql, {"least": 20})) == [(30,)]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM home",
        "WITH t AS (SELECT 1) INSERT INTO _nil SELECT '', '', '' FROM t",
        "PRAGMA synchronous = OFF",
        "ATTACH 'x' AS x",
        "SELECT load_extension('x')",
        "SELECT nonsense FROM home",
        "SELECT",
    ],
)
def test_query__no_question__error(filled: Ledger, sql: str) -> None:
    with pytest.raises(QueryError):
        list(filled.query(sql))

    assert filled.count("home", "2025") == 3


@pytest.mark.parametrize(
    "expression", ["abs(-9223372036854775807 - beds / 10)", "zeroblob(2000000000)"]
)
def test_query__fails_on_a_row__error(filled: Ledger, expression: str) -> None:
    with pytest.raises(QueryError) as caught:
        list(filled.query(f"SELECT {expression} FROM home"))

    assert caught.value.message.code == "store.query_failed"


def test_query__wrong_parameters_are_a_bug(filled: Ledger) -> None:
    with pytest.raises(sqlite3.ProgrammingError):
        list(filled.query("SELECT :missing", {}))


def test_query__left_unfinished_when_the_ledger_closes(filled: Ledger) -> None:
    rows = filled.query("SELECT _id FROM home")
    next(rows)

    filled.close()

    with pytest.raises(InterruptedReadError):
        next(rows)


def interrupted_from_elsewhere(ledger: Ledger) -> None:
    caller = threading.Thread(target=ledger.interrupt)
    caller.start()
    caller.join()


def test_interrupt__ends_a_read(filled: Ledger) -> None:
    rows = filled.query("SELECT a._id FROM home a, home b, home c, home d")
    next(rows)
    interrupted_from_elsewhere(filled)

    with pytest.raises(InterruptedReadError):
        list(rows)

    assert filled.count("home", "2025") == 3


def test_interrupt__does_not_reach_the_next_edit(filled: Ledger) -> None:
    rows = filled.query("SELECT a._id FROM home a, home b, home c, home d")
    next(rows)
    interrupted_from_elsewhere(filled)

    assert isinstance(do(filled, set_cell("a", "beds", 10, 11)), Applied)
    with pytest.raises(InterruptedReadError):
        list(rows)


def test_interrupt__of_nothing_leaves_later_reads_alone(filled: Ledger) -> None:
    filled.interrupt()
    rows = filled.query("SELECT _id FROM home")
    next(rows)

    do(filled, set_cell("a", "beds", 10, 11))

    assert len(list(rows)) == 2


def test_interrupt__never_stops_a_write(filled: Ledger, desk: Desk) -> None:
    stopping = []

    filled.close()
    tick = desk.clock

    def clock_at_which_somebody_stops() -> object:
        stopping.append(1)
        interrupted_from_elsewhere(ledger)
        return tick()

    desk.clock = clock_at_which_somebody_stops  # type: ignore[method-assign,assignment]  # a clock that does more
    ledger = desk.open(filled.path)

    assert isinstance(do(ledger, set_cell("a", "beds", 10, 11)), Applied)
    assert stopping
    ledger.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE home SET \"order\" = 'soon'",
        "UPDATE home SET _states = '[]'",
        'UPDATE home SET _states = \'{"beds":"lost"}\'',
        "UPDATE home SET name = CAST(x'ff' AS TEXT)",
    ],
)
def test_rows__damaged__error(filled: Ledger, desk: Desk, statement: str) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
        other.execute(statement)

    with desk.open(filled.path) as ledger:
        with pytest.raises(DamagedError):
            ledger.rows("home", ledger.ids("home", "2025"))
        with pytest.raises(DamagedError):
            ledger.record(key("a"))


def test_periods__damaged__error(filled: Ledger, desk: Desk) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
        other.execute("INSERT INTO _periods VALUES ('soon', 1, 1)")

    with desk.open(filled.path) as ledger, pytest.raises(DamagedError):
        ledger.periods()


def test_query__text_that_is_none__error(filled: Ledger) -> None:
    with pytest.raises(DamagedError):
        list(filled.query("SELECT CAST(x'ff' AS TEXT)"))


ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT COUNT(*) FROM n"
)


def test_whole__all_rows_at_once(filled: Ledger) -> None:
    found = filled.whole("SELECT name FROM home WHERE beds > :beds", {"beds": 10})
    assert found == [("乙院",), ("丙院",)]


def test_whole__gives_way_to_who_waits(filled: Ledger) -> None:
    filled.wanted = lambda: True
    assert filled.whole(ENDLESS) is None
    filled.wanted = lambda: False
    assert filled.whole("SELECT COUNT(*) FROM home") == [(3,)]


def test_whole__stopped_by_a_person_is_told(filled: Ledger) -> None:
    answers = iter([True])
    filled.wanted = lambda: next(answers, False)
    with pytest.raises(InterruptedReadError):
        filled.whole(ENDLESS)


def test_last__the_newest_record(filled: Ledger) -> None:
    assert filled.last("home", "2025") == max(filled.ids("home", "2025"))


def test_count__is_kept_until_records_come_or_go(
    filled: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    count = reads.count

    def counted(*given: Any) -> int:  # noqa: ANN401 - handed on
        asked.append(given[2])
        return count(*given)

    monkeypatch.setattr(reads, "count", counted)
    assert [filled.count("home", "2025") for _ in range(2)] == [3, 3]
    do(filled, set_cell("a", "beds", 10, 11))
    assert (filled.count("home", "2025"), len(asked)) == (3, 1)
    do(filled, added("d", name="丁院"))
    assert (filled.count("home", "2025"), len(asked)) == (4, 2)


def test_count__of_a_ledger_for_reading_is_asked_each_time(
    filled: Ledger, desk: Desk
) -> None:
    filled.close()
    with desk.open(filled.path, read_only=True) as reading:
        assert [reading.count("home", "2025") for _ in range(2)] == [3, 3]
        assert [reading.touched("home", "2025") for _ in range(2)] == [True, True]
        assert reading._counts == {}  # noqa: SLF001 - somebody else may write
        assert reading._begun == {}  # noqa: SLF001 - same


def test_touched__is_kept_until_the_form_is_written_to(ledger: Ledger) -> None:
    assert [ledger.touched("home", "2025") for _ in range(2)] == [False, False]
    do(ledger, added("a", name="甲院"))
    assert [ledger.touched("home", "2025") for _ in range(2)] == [True, True]
