"""Every rule of every pack, on a record that passes, one that fails, one undecided.

A case in `rule_cases/` names a rule and gives the cells of a record under `passes`,
`fails` and `undecided`. Where a rule looks further than its record, the cells stand
under `record`, and beside them:

    before      the same record one year earlier
    unit        the record of the same unit in 统计单元与人口表
    siblings    more records of the same form
    children    the units directly below: `level`, and cells of their records
    others      records of other forms in the same unit
    nil         forms of which the unit has nothing to report
    at          the class of the unit, for forms that do not say `level`

`level` makes the unit one of that class (街道 if it is not said) and `area_code: 二街`
puts a record in the neighbouring one. Rosters are 运营 unless a case says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from itertools import count
from typing import TYPE_CHECKING
from typing import cast

import pytest

from desktop.core.cells import BLANK
from desktop.core.changes import Change
from desktop.core.changes import RecordKey
from desktop.core.changes import undo
from desktop.core.findings import Outcome
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import record_statement
from desktop.forms.schema import schema_of
from desktop.indicators.periods import period_parameters
from desktop.rules.audit import Audit
from desktop.rules.audit import CompiledRule
from desktop.rules.audit import compile_rules
from desktop.rules.findings import finding
from desktop.rules.findings import outcome_of
from tests.packs.worlds import EVERY
from tests.packs.worlds import PACKS
from tests.packs.worlds import WHOLE
from tests.packs.worlds import Cells
from tests.packs.worlds import Desk
from tests.packs.worlds import Forms
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import read_cases
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.cells import Cell

NOW, BEFORE = 2025, 2024
COUNTY = "310105"
STREET = "310105001"
NEIGHBOUR = "310105009"
HOME = {
    UnitClass.COUNTY.value: COUNTY,
    UnitClass.TOWNSHIP.value: "310105101",
    UnitClass.VILLAGE.value: "310105001201",
}
CHILD = {
    UnitClass.SUBDISTRICT.value: "01",
    UnitClass.TOWNSHIP.value: "10",
    UnitClass.COMMUNITY.value: "00",
    UnitClass.VILLAGE.value: "20",
}
"""How the last three digits of a child's code begin."""
OUTCOMES = {
    "passes": Outcome.PASSED,
    "fails": Outcome.FAILED,
    "undecided": Outcome.MISSING,
}


@dataclass(frozen=True)
class Case:
    """One record and what stands around it."""

    form: str
    record: Cells
    before: Cells | None = None
    unit: Cells = field(default_factory=dict)
    siblings: Sequence[Cells] = ()
    children: Sequence[Cells] = ()
    others: Forms = field(default_factory=dict)
    nil: Sequence[str] = ()
    at: str = UnitClass.SUBDISTRICT.value

    @property
    def level(self) -> str:
        """The class of the unit the record belongs to."""
        level = self.record.get("level") if self.form == "area" else None
        return str(level or self.at)

    @property
    def cells(self) -> Cells:
        """The record's own cells: the class of a unit is none of them."""
        mine = self.record.items()
        return {k: v for k, v in mine if (self.form, k) != ("area", "level")}

    @property
    def home(self) -> str:
        """The code of that unit."""
        return HOME.get(self.level, STREET)

    @property
    def below(self) -> tuple[str, ...]:
        """The classes of the units directly below."""
        return tuple(str(child["level"]) for child in self.children)


def read_case(rule_id: str, written: Mapping[str, object]) -> Case:
    form = rule_id.partition(".")[0]
    if "record" in written:
        return Case(form, **cast("dict[str, Cells]", written))  # type: ignore[arg-type]  # YAML
    return Case(form, written)


CASES = {
    str(case["rule"]): {
        name: read_case(str(case["rule"]), cast("Cells", case[name]))
        for name in OUTCOMES
    }
    for _, case in read_cases("rule_cases")
}


def child_code(home: str, class_: str, number: int) -> str:
    return f"{home}{CHILD[class_]}{number}"


class Worlds:
    """Ledgers of one pack, one for each tree of units that a case asks for."""

    def __init__(self, pack_id: str, folder: Path) -> None:
        self.pack = pack(pack_id)
        self.audit: Audit = compile_rules(self.pack)
        self._folder = folder
        self._desks: dict[tuple[str, tuple[str, ...]], Desk] = {}

    def desk(self, case: Case) -> Desk:
        place = (case.level, case.below)
        if place not in self._desks:
            path = self._folder / f"{len(self._desks)}.taizhang"
            ledger = new_ledger(path, self.pack, list(units(case)), (BEFORE, NOW))
            self._desks[place] = Desk(ledger, count())
        return self._desks[place]

    def close(self) -> None:
        for desk in self._desks.values():
            desk.ledger.close()


def units(case: Case) -> Iterator[Unit]:
    yield unit(COUNTY, UnitClass.COUNTY.value, "31")
    if case.home != COUNTY:
        yield unit(case.home, case.level, COUNTY)
        yield unit(NEIGHBOUR, UnitClass.SUBDISTRICT.value, COUNTY)
    for number, class_ in enumerate(case.below):
        yield unit(child_code(case.home, class_, number), class_, case.home)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Worlds]]:
    made = {each: Worlds(each, tmp_path_factory.mktemp(each)) for each in EVERY}
    yield made
    for each in made.values():
        each.close()


def changes_of(case: Case, desk: Desk) -> tuple[RecordKey, list[Change]]:
    """Give what puts a case into a ledger, and the key of its record."""
    form, home = case.form, case.home
    now, before = year(NOW), year(BEFORE)
    key, changes = desk.enter(form, now, home, case.cells, "asked")
    made = list(changes)
    if case.before is not None:
        past = dict(case.before)
        where = NEIGHBOUR if past.pop("area_code", "") else home
        made += desk.enter(form, before, where, past, "asked")[1]
    if case.unit:
        made += desk.enter("area", now, home, case.unit)[1]
    for sibling in case.siblings:
        made += desk.enter(form, now, home, sibling)[1]
    for number, child in enumerate(case.children):
        code = child_code(home, str(child["level"]), number)
        known = {name: child[name] for name in child if name != "level"}
        made += desk.enter("area", now, code, known)[1]
    for other, records in case.others.items():
        for record in records:
            made += desk.enter(other, now, home, record)[1]
    made += (desk.nil(other, now, home) for other in case.nil)
    return key, made


@dataclass(frozen=True)
class Judged:
    """What the compiled SQL says of one record and one rule."""

    outcome: Outcome
    asked: bool
    """Whether the rule's `when` holds: a rule that is not asked passes idly."""
    text: str
    fields: tuple[str, ...]


def judge(worlds: Worlds, rule_id: str, case: Case) -> Judged:
    """Enter a case, run the compiled SQL, and take the case back."""
    desk = worlds.desk(case)
    key, changes = changes_of(case, desk)
    action = desk.do(changes)
    try:
        return _judged(worlds, desk, key, rule_id)
    finally:
        desk.do(undo(action))


def _judged(worlds: Worlds, desk: Desk, key: RecordKey, rule_id: str) -> Judged:
    audit = worlds.audit.of(key.form)
    rule = next(each for each in audit.rules if each.rule.id == rule_id)
    part = audit.far if rule.far else audit.near
    place = part.rules.index(rule)
    record = desk.ledger.record(key)
    assert record is not None
    params: dict[str, object] = {
        **period_parameters(worlds.pack, year(NOW)),
        "record": record.id,
    }
    (row,) = desk.ledger.query(part.outcomes, params)
    values: Sequence[object] = ()
    if rule.sentence.statement is not None:
        (found,) = desk.ledger.query(rule.sentence.statement, params)
        values = found[2:]
    made = finding(rule, str(NOW), row, values)
    asked = _asked(worlds, desk, rule, params)
    return Judged(outcome_of(row[2 + place]), asked, made.text, made.fields)


def _asked(
    worlds: Worlds, desk: Desk, rule: CompiledRule, params: Mapping[str, object]
) -> bool:
    if rule.outcome.when is None:
        return True
    column = NamedExpression("asked", rule.outcome.when)
    schema = schema_of(worlds.pack)
    sql = record_statement(rule.rule.form, [column], schema, one_record=True)
    (row,) = desk.ledger.query(sql, params)
    return row[2] == 1


def every_rule() -> list[tuple[str, str]]:
    """Give the rules of each pack, and those of the library that no pack has yet."""
    found = [(each, rule.id) for each in PACKS for rule in pack(each).rules]
    tried = {rule_id for _, rule_id in found}
    return found + [
        (WHOLE, each.id) for each in pack(WHOLE).rules if each.id not in tried
    ]


def test_every_rule_has_its_cases__ok() -> None:
    assert sorted(CASES) == sorted({rule_id for _, rule_id in every_rule()})


@pytest.mark.parametrize("pack_id", EVERY)
def test_rules_compile__ok(worlds: dict[str, Worlds], pack_id: str) -> None:
    assert [form.broken for form in worlds[pack_id].audit.forms if form.broken] == []


@pytest.mark.parametrize(("pack_id", "rule_id"), every_rule())
def test_rule_cases__ok(worlds: dict[str, Worlds], pack_id: str, rule_id: str) -> None:
    cases = CASES[rule_id]
    said = {name: judge(worlds[pack_id], rule_id, cases[name]) for name in cases}
    assert {name: each.outcome for name, each in said.items()} == OUTCOMES
    assert all(each.asked for each in said.values())
    assert "{" not in said["fails"].text
    assert "空" not in said["fails"].text
    assert said["fails"].fields


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [(0, Outcome.PASSED), (24, Outcome.PASSED), (24.5, Outcome.FAILED)],
)
def test_open_hours_range__ok(
    worlds: dict[str, Worlds], hours: float, outcome: Outcome
) -> None:
    """R028 of the catalogue is the range of the field."""
    case = Case("cef", {"open_hours_day": hours})
    said = judge(worlds["liaoning"], "cef.open_hours_day.maximum", case)
    assert said.outcome is outcome


@pytest.mark.parametrize(
    ("level", "rank"),
    [("未定级", 0), ("一级", 1), ("二级乙等", 2), ("三级甲等", 3), (None, BLANK)],
)
def test_level_rank_follows_level__ok(
    worlds: dict[str, Worlds], level: str | None, rank: Cell
) -> None:
    """R057 of the catalogue holds of itself: the rank is computed."""
    case = Case("hos", {"level": level} if level else {"name": "某医院"})
    desk = worlds["changning"].desk(case)
    key, changes = changes_of(case, desk)
    action = desk.do(changes)
    record = desk.ledger.record(key)
    desk.do(undo(action))
    assert record is not None
    assert record.cell("level_rank") == rank
