"""A small but complete ledger of each plan: audited without errors, computed by hand.

An example in `examples/<pack>.yaml` gives a whole ledger of 2025:

    asked        the unit whose figures are computed
    units        code, class and the unit above, by name
    records      records of the year by form; `at` names their unit
    earlier      records of earlier years
    departments  what is reported at the unit that is asked, by the indicator's title
    warnings     rules of level 核实性 or 提示 that ask something of these records
    figures      numerator, denominator, value as it is shown, and standing
"""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

import pytest
import yaml

from desktop.app.audit.auditing import audit_ledger
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.progress import run_steps
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.changes import RecordRemoved
from desktop.core.findings import Level
from desktop.indicators.compute import compile_indicators
from desktop.indicators.periods import period_parameters
from desktop.rules.audit import compile_rules
from tests.packs.test_indicators import STATUS
from tests.packs.worlds import Desk
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.findings import Finding
    from desktop.indicators.figures import Figure
    from desktop.indicators.figures import TermValue

NOW: Final = 2025
EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "examples").glob("*.yaml"))
}


class World:
    """The ledger of one example."""

    def __init__(self, name: str, folder: Path) -> None:
        self.pack = pack(name)
        self.given = EXAMPLES[name]
        self.codes = {name: code for name, (code, *_) in self.given["units"].items()}
        years = [*self.given.get("earlier", {}), NOW]
        places = [
            unit(code, class_, self.codes.get(above))
            for code, class_, above in self.given["units"].values()
        ]
        self.ledger = new_ledger(folder / "x.taizhang", self.pack, places, years)
        self.desk = Desk(self.ledger, count())
        for earlier, records in self.given.get("earlier", {}).items():
            self.enter(earlier, records)
        self.enter(NOW, self.given["records"])
        self.report()

    @property
    def asked(self) -> str:
        """The code of the unit that is asked."""
        return str(self.codes[self.given["asked"]])

    def enter(self, now: int, forms: Mapping[str, Any]) -> None:
        """Enter records; one of the same name is the same facility in every year."""
        for form, records in forms.items():
            for record in records:
                cells = {key: record[key] for key in record if key != "at"}
                code, who = self.codes[record["at"]], str(record.get("name", ""))
                made = self.desk.enter(form, year(now), code, cells, who and form + who)
                self.desk.do(made[1])

    def report(self) -> None:
        """Put what departments report in place of the rows that are waiting for it."""
        period = year(NOW).code
        waiting = self.ledger.query(
            'SELECT "_facility" FROM adm WHERE "_period" = :period', {"period": period}
        )
        for (facility,) in list(waiting):
            key = RecordKey("adm", period, FacilityId(str(facility)))
            record = self.ledger.record(key)
            assert record is not None
            self.desk.do([RecordRemoved(key, record.unit, tuple(record.cells.items()))])
        for title, cells in self.given["departments"].items():
            row = next(each for each in self.pack.indicators if each.title == title)
            named = {"indicator_id": title, "measure": row.measure}
            given = {**named, "source_dept": "主管部门", **cells}
            self.desk.do(self.desk.enter("adm", year(NOW), self.asked, given)[1])

    def findings(self) -> tuple[Finding, ...]:
        """Audit the whole year."""
        audit = compile_rules(self.pack)
        asked = period_parameters(self.pack, year(NOW))
        return run_steps(audit_ledger(self.ledger, audit, asked)).findings

    def figures(self) -> dict[str, Figure]:
        """Compute every indicator for the unit that is asked."""
        plan = compile_indicators(self.pack)
        found = figures_of_unit(self.ledger, self.pack, plan, year(NOW), self.asked)
        return {figure.indicator: figure for figure in found}


@pytest.fixture(scope="module", params=EXAMPLES)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    made = World(request.param, tmp_path_factory.mktemp(request.param))
    yield made
    made.ledger.close()


def test_example_has_no_error__ok(world: World) -> None:
    found = world.findings()
    assert [each for each in found if each.level is Level.ERROR] == []
    mine = sorted({each.rule for each in found if not each.rule.endswith(".expected")})
    assert mine == world.given["warnings"]


def test_example_leaves_no_blank_that_is_asked_for__ok(world: World) -> None:
    blanks = [each for each in world.findings() if each.rule.endswith(".expected")]
    assert blanks == []


def test_every_form_is_filled__ok(world: World) -> None:
    filled = {*world.given["records"], "adm"}
    assert filled == set(world.pack.form_by_id)


def test_figures_as_by_hand__ok(world: World) -> None:
    found = world.figures()
    shown = {
        name: [
            number(each.numerator),
            number(each.denominator),
            each.shown,
            STATUS[each.status],
        ]
        for name, each in found.items()
    }
    by_hand = {
        name: [*map(decimal, numbers), status]
        for name, (*numbers, status) in world.given["figures"].items()
    }
    assert shown == by_hand


def number(term: TermValue | None) -> Decimal | None:
    return None if term is None else term.value


def decimal(written: float | None) -> Decimal | None:
    return None if written is None else Decimal(str(written))
