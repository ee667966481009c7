from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import BLANK
from desktop.core.rounding import FACTORS
from desktop.core.rounding import Scale
from desktop.indicators.rolled import Breadth
from desktop.indicators.rolled import RowKind
from desktop.indicators.rolled import printed_values
from desktop.indicators.totals import Total
from tests.levels import TREE
from tests.levels import declare
from tests.levels import fill
from tests.levels import filled
from tests.levels import make_levels
from tests.levels import roll

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.indicators.rolled import Rolled
    from desktop.indicators.rolled import RolledRow

BEDS = 0
DEEP = 9


def values(rolled: Rolled, place: int = BEDS) -> dict[str, Decimal | None]:
    """Give a field's value by line: the unit's code, with `+` for its own records."""
    return {name(row): row.figures.totals[place].value for row in lines(rolled)}


def lines(rolled: Rolled) -> list[RolledRow]:
    return [row for row, _ in rolled.top.walk()]


def name(row: RolledRow) -> str:
    return f"{row.unit.code}{'+' if row.kind is RowKind.OWN else ''}"


def test_full_and_node__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        rows = [("2101", 1), ("210102", 2), ("210102001001", 4), ("210103001", 8)]
        fill(ledger, [("home", unit, {"beds": beds}) for unit, beds in rows])

        assert values(roll(ledger, "home")) == {"21": 15, "2101": 15, "2102": None}
        city = roll(ledger, "home", "2101")
        assert values(city) == {"2101": 15, "2101+": 1, "210102": 6, "210103": 8}
        assert [row.kind for row in lines(city)] == [
            RowKind.TOTAL,
            RowKind.OWN,
            RowKind.UNIT,
            RowKind.UNIT,
        ]
        node = roll(ledger, "home", "2101", Breadth.NODE)
        assert values(node) == {"2101": 3, "2101+": 1, "210102": 2, "210103": None}
        assert roll(ledger, "home", "210102001001").top.below[0].kind is RowKind.OWN


def test_depth__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        fill(ledger, [("home", "210102001", {"beds": 3})])
        depths = [depth for _, depth in roll(ledger, "home", depth=DEEP).top.walk()]
        assert len(depths) == len(TREE) + 1
        assert max(depths) == 4
        assert values(roll(ledger, "home", depth=0)) == {"21": 3}


def test_blanks_and_who_waits__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        cells: list[dict[str, Cell]] = [{"beds": 3}, {}, {"status": "停业", "beds": 9}]
        fill(ledger, [("home", "210102", each) for each in cells])
        declare(ledger, "home", "210202")
        rolled = roll(ledger, "home")

        figures = rolled.top.figures
        assert (figures.records, figures.counted) == (3, 2)
        assert figures.totals[BEDS] == Total(Decimal(3), 1)
        assert rolled.waiting == ()
        assert [unit.code for unit in roll(ledger, "home", "2101").waiting] == [
            "210103"
        ]


def test_computed_anew_from_sums__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        cells = [{"beds": 10, "nursing": 10}, {"beds": 90, "nursing": 0}]
        fill(ledger, [("home", "210102", each) for each in cells])
        share = values(roll(ledger, "home"), 3)
        assert share["2101"] == Decimal("10.0")
        assert values(roll(ledger, "home"), 4)["21"] == 110


def test_record_above_speaks_for_those_below__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        rows = {"2101": 50, "210102": 20, "210102001": 9, "2102": 7}
        for form, field in (("visits", "done"), ("people", "old")):
            fill(ledger, [(form, unit, {field: n}) for unit, n in rows.items()])
        top = roll(ledger, "visits", depth=2)
        assert values(top)["21"] == 57
        assert values(roll(ledger, "visits", "2101"))["2101"] == 50
        told = {name(row): row.counts for row in lines(top)}
        assert told["2101"]
        assert told["2101+"]
        assert not told["210102"]
        node = roll(ledger, "visits", "2101", Breadth.NODE)
        assert values(node)["2101"] == 50
        assert [row.counts for row in node.top.below] == [True, False, False]
        assert values(roll(ledger, "people"))["21"] == 86
        assert all(row.counts for row in lines(roll(ledger, "people", depth=DEEP)))


def test_printed_values__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        rows = [("210102", 14_000), ("210103", 14_000), ("2102", 7_000)]
        fill(
            ledger,
            [("home", unit, {"beds": n, "nursing": n}) for unit, n in rows],
        )
        rolled = roll(ledger, "home", depth=2)
        named = [name(row) for row in lines(rolled)]
        shown = printed_values(rolled, BEDS, 10_000, 0)
        assert dict(zip(named, shown, strict=True)) == {
            "21": 4,
            "2101": 3,
            "210102": 2,
            "210103": 1,
            "2102": 1,
            "2102+": 1,
            "210202": None,
        }
        assert set(printed_values(rolled, 3, 10_000, 1)) == {Decimal(100), None}


def test_printed_values_of_what_is_not_counted__ok(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        rows = {"21": 10_000, "2101": 26_000, "210102": 13_000, "210103": 13_000}
        fill(ledger, [("visits", unit, {"done": n}) for unit, n in rows.items()])
        rolled = roll(ledger, "visits", depth=2)
        named = [name(row) for row in lines(rolled)]
        shown = printed_values(rolled, 0, 10_000, 0)
        assert dict(zip(named, shown, strict=True)) == {
            "21": 1,
            "21+": 1,
            "2101": 3,
            "2101+": 3,
            "210102": 1,
            "210103": 1,
            "2102": None,
            "210202": None,
        }


def test_sum_behind_which_something_is_lacking__ok(tmp_path: Path) -> None:
    """A total worked out from sums need not be the sum of its parts."""
    with make_levels(tmp_path) as ledger:
        cells = {"210102": {"beds": 10, "nursing": 5}, "210103": {"beds": 7}}
        fill(ledger, [("home", unit, each) for unit, each in cells.items()])
        rolled = roll(ledger, "home", "2101")
        assert values(rolled, 4) == {"2101": 22, "210102": 15, "210103": None}
        shown = printed_values(rolled, 4, 10, 0)
        assert shown == (Decimal(2), Decimal(2), None)


UNITS = st.sampled_from(sorted(TREE))
NUMBERS = st.none() | st.integers(0, 10**6)
HOME = st.fixed_dictionaries(
    {"status": st.sampled_from(["运营", "停业", BLANK])},
    optional={
        "beds": st.integers(0, 10**6),
        "nursing": st.integers(0, 10**6),
        "income": st.decimals(0, 10**5, places=2),
    },
)
COUNTS = st.dictionaries(UNITS, NUMBERS, max_size=6)


def test_parts_add_up_at_every_level__ok(tmp_path: Path) -> None:
    """The sum over the units below is the unit's, for every field, at every level."""
    with make_levels(tmp_path) as ledger:

        @given(
            st.lists(st.tuples(UNITS, HOME), max_size=12),
            COUNTS,
            st.sampled_from(Scale),
            st.integers(0, 2),
        )
        def holds(
            homes: list[tuple[str, dict[str, Cell]]],
            counts: dict[str, int | None],
            scale: Scale,
            digits: int,
        ) -> None:
            rows = [("home", unit, cells) for unit, cells in homes]
            for unit, count in counts.items():
                number = BLANK if count is None else count
                rows.append(("visits", unit, {"done": number}))
                rows.append(("people", unit, {"old": number}))
            with filled(ledger, rows):
                for form in ("home", "visits", "people"):
                    check(roll(ledger, form, depth=DEEP), FACTORS[scale], digits)

        holds()


def check(rolled: Rolled, divisor: int, digits: int) -> None:
    """Hold every line against the lines it is made of, before and after rounding."""
    rows = lines(rolled)
    step = Decimal(1).scaleb(-digits)
    for place, field in enumerate(rolled.plan.fields):
        if field.field.computed:
            continue
        shown = printed_values(rolled, place, divisor, digits)
        by_row = {id(row): value for row, value in zip(rows, shown, strict=True)}
        for row in rows:
            true = row.figures.totals[place].value
            printed = by_row[id(row)]
            parts = [part for part in row.below if part.counts]
            known = [part.figures.totals[place].value for part in parts]
            if true is None or printed is None:
                assert true is printed is None
                assert not any(known)
                continue
            assert abs(printed - true / divisor) < step
            if any(value is not None for value in known):
                assert sum(value or 0 for value in known) == true
                assert sum(by_row[id(part)] or 0 for part in parts) == printed
