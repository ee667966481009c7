"""What indicators of every unit cost beside one statement written by hand.

100 indicators (sums, conditional sums, ratios, averages, extremes, counts) for 1,000
townships over 1,000,000 records of facilities. Both statements give, for every
township, each term's value and how many records and blanks it rests on. They run in
turn over one ledger file; the medians' ratio is held against the goal, and the numbers
must be the same.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.__main__ import person
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.indicators.compute import compile_indicators
from desktop.indicators.periods import period_parameters

RECORDS = 1_000_000
COUNTIES, TOWNSHIPS = 50, 20
INDICATORS = 100
ROUNDS = 5
GOAL = 1.3
YEAR = Period(PeriodKind.YEAR, 2025)
KINDS = ("养老院", "敬老院", "护理院", "日间照料中心")
NUMBERS = [f"n{number:02d}" for number in range(20)]
Row = tuple[object, ...]

if TYPE_CHECKING:
    from desktop.indicators.compute import FigurePlan
    from desktop.store.ledger import Ledger


def main() -> int:
    """Measure, print the ratio, and tell whether the goal is met."""
    options = argparse.ArgumentParser()
    options.add_argument("--records", type=int, default=RECORDS)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "levels.taizhang"
        pack = make_ledger(path, chosen.records)
        return measure(path, pack, chosen.rounds)


# --- The ledger -----------------------------------------------------------


def make_ledger(path: Path, records: int) -> Pack:
    """Make the ledger; its records come in no order of units."""
    found = pack_from_json(json.dumps(pack_data(), ensure_ascii=False))
    if not isinstance(found, Pack):
        raise SystemExit(str(found))
    create_ledger(path, Beginning(found, units(), YEAR), person())
    base = sqlite3.connect(path)
    columns = ["_period", "_facility", "_unit", "_revision", "_pack", "_digest"]
    columns += ["name", "kind", "open", *NUMBERS]
    marks = ", ".join("?" * len(columns))
    into = f"INSERT INTO home ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    with base:
        base.executemany(into, rows(records))
    base.close()
    return found


def rows(records: int) -> list[Row]:
    """Draw records; one cell in fifty is blank."""
    draw = random.Random(20251231)  # noqa: S311 - repeatable figures, no secret
    places = [unit.code for unit in units() if unit.level is UnitLevel.TOWNSHIP]
    made: list[Row] = []
    for number in range(records):
        values = [
            None if draw.random() < 0.02 else draw.randrange(300)  # noqa: PLR2004
            for _ in NUMBERS
        ]
        kind = None if draw.random() < 0.02 else draw.choice(KINDS)  # noqa: PLR2004
        state = draw.randrange(10) > 0
        head = (YEAR.code, f"f{number}", draw.choice(places), 1, 1, "")
        made.append((*head, f"第{number}院", kind, int(state), *values))
    return made


def units() -> tuple[Unit, ...]:
    """Give a province with its counties and their townships."""
    province = UnitCode("21")
    made = [Unit(province, "省", None, UnitLevel.PROVINCE, UnitClass.PROVINCE)]
    for number in range(COUNTIES):
        county = UnitCode(f"2101{number + 1:02d}")
        level, class_ = UnitLevel.COUNTY, UnitClass.COUNTY
        made.append(Unit(county, f"第{number}县", province, level, class_))
        for place in range(TOWNSHIPS):
            code = UnitCode(f"{county}{place + 100:03d}")
            level, class_ = UnitLevel.TOWNSHIP, UnitClass.TOWNSHIP
            made.append(Unit(code, f"第{place}镇", county, level, class_))
    return tuple(made)


def pack_data() -> dict[str, object]:
    """Give a pack with one roster and the indicators."""
    numbers = [
        {"id": name, "kind": "integer", "title": name, "measure": "张"}
        for name in NUMBERS
    ]
    own = [
        {"id": "name", "kind": "text", "title": "名称"},
        {"id": "kind", "kind": "choice", "title": "类型", "choices": list(KINDS)},
        {"id": "open", "kind": "yes_no", "title": "运营"},
    ]
    plan = {"title": "方案", "file": "plan.txt", "level": "省级", "region": "某省"}
    return {
        "id": "levels",
        "title": "制度",
        "version": "1.0.0",
        "region": "21",
        "period_kind": "year",
        "plan": {**plan, "starts": 2021, "ends": 2025},
        "forms": [
            {
                "kind": "roster",
                "id": "home",
                "title": "机构表",
                "domain": "elderly_care",
                "record": "一家机构",
                "name": "name",
                "groups": [{"title": "全部", "fields": [*own, *numbers]}],
            }
        ],
        "indicators": [indicator(place) for place in range(INDICATORS)],
        "report": {"title": "报告"},
    }


def indicator(place: int) -> dict[str, object]:
    """Give one indicator with its terms as pack authors write them."""
    above, below = terms(place)
    made: dict[str, object] = {
        "id": f"i{place:03d}",
        "title": f"指标{place}",
        "domain": "elderly_care",
        "kind": "ratio" if below else "count",
        "measure": "%" if below else "张",
        "numerator": {"title": "分子", "value": above, "measure": "张"},
        "ours": "量速度用",
    }
    if below:
        made["denominator"] = {"title": "分母", "value": below, "measure": "张"}
        made["multiplier"] = 100
    return made


def terms(place: int) -> tuple[str, str | None]:
    """Write numerator and denominator: six sorts of indicator in turn."""
    one, other = (f"home.{NUMBERS[(place * step) % len(NUMBERS)]}" for step in (1, 7))
    kind = KINDS[place % len(KINDS)]
    match place % 10:
        case 0 | 1:
            return f"SUM({one})", None
        case 2 | 3:
            return f"SUM({one}) FILTER (WHERE home.kind = '{kind}')", None
        case 4 | 5:
            return f"SUM({one})", f"SUM({other})"
        case 6:
            where = f"FILTER (WHERE home.open AND {other} > {100 + place})"
            return f"SUM({one}) {where}", f"SUM({one})"
        case 7:
            return f"AVG({one})", None
        case 8:
            return f"MAX({one})", None
        case _:
            where = f"FILTER (WHERE home.kind = '{kind}' AND {one} >= {place})"
            return f"COUNT(home) {where}", "COUNT(home)"


# --- By hand --------------------------------------------------------------


def by_hand() -> str:
    """Write the statement a person would write: one pass, grouped by township."""
    columns = ["_unit"]
    for place in range(INDICATORS):
        for term in terms(place):
            if term is not None:
                columns += plain(term)
    return (
        f"SELECT {', '.join(columns)} FROM home "  # noqa: S608 - our own names
        "WHERE _period = :period GROUP BY _unit"
    )


def plain(term: str) -> list[str]:
    """Give a term's value, records and blanks in SQLite's own words."""
    head, _, where = term.replace("home.", "").partition(" FILTER (WHERE ")
    fold, argument = head.rstrip(")").split("(")
    condition = where.rstrip(")")
    kept = f" FILTER (WHERE {condition})" if condition else ""
    counted = f"COUNT(*){kept}"
    unclear = f"COUNT(*) FILTER (WHERE ({condition}) IS NULL)" if condition else "0"
    if fold == "COUNT":
        return [counted, counted, unclear]
    blank = f"COUNT(*) - COUNT({argument})"
    if condition:
        blank = f"{counted} - COUNT({argument}){kept} + {unclear}"
    return [f"{fold}({argument}){kept}", counted, blank]


# --- Measuring ------------------------------------------------------------


def measure(path: Path, pack: Pack, rounds: int) -> int:
    """Run both in turn and hold the ratio against the goal."""
    plan = compile_indicators(pack)
    asked = {**period_parameters(pack, YEAR), "root": "21"}
    hand = by_hand()
    taken: dict[str, list[float]] = {"by hand": [], "compiled": []}
    with open_ledger(path, person(), read_only=True) as ledger:
        for turn in range(rounds + 1):
            start = time.perf_counter()
            ours = answers(ledger, plan, asked)
            middle = time.perf_counter()
            theirs = list(ledger.query(hand, {"period": YEAR.code}))
            end = time.perf_counter()
            if turn:
                taken["compiled"].append(middle - start)
                taken["by hand"].append(end - middle)
    compare(ours, theirs)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    ratio = medians["compiled"] / medians["by hand"]
    for name, median in medians.items():
        print(f"{name:10} {median:6.2f} s")
    print(f"ratio      {ratio:6.2f}  (goal ≤ {GOAL})")
    return 0 if ratio <= GOAL else 1


def answers(ledger: Ledger, plan: FigurePlan, asked: dict[str, str]) -> list[Row]:
    """Ask the plan's statements and put the rows of a unit together."""
    found: dict[object, Row] = {}
    for part in plan.parts:
        for unit, *columns in ledger.query(part.all_units, asked):
            found[unit] = (*found.get(unit, (unit,)), *columns)
    return list(found.values())


def compare(ours: list[Row], theirs: list[Row]) -> None:
    """Hold the numbers of all townships against each other."""
    mine = {str(row[0]): numbers_of(row) for row in ours}
    for row in theirs:
        if mine[str(row[0])] != [rounded(value) for value in row[1:]]:
            message = f"the numbers of {row[0]} differ"
            raise ValueError(message)


def numbers_of(row: Row) -> list[object]:
    """Leave out whether the forms were begun; by hand nobody asks."""
    return [rounded(value) for place, value in enumerate(row[1:]) if place % 4 != 3]  # noqa: PLR2004


def rounded(value: object) -> object:
    """Leave out what adding in another order changes."""
    return round(value, 9) if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main())
