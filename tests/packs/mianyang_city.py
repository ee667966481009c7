"""A ledger of the city of Mianyang, which answers for its figures."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

import yaml

from desktop.app.figures.figuring import figures_of_unit
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.forms.fields import DecimalField
from desktop.indicators.compute import compile_indicators
from tests.packs.worlds import Desk
from tests.packs.worlds import cell_of
from tests.packs.worlds import new_ledger
from tests.packs.worlds import pack
from tests.packs.worlds import unit
from tests.packs.worlds import year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.changes import Change
    from desktop.forms.indicator import Indicator
    from desktop.indicators.figures import Figure

MIANYANG: Final = "mianyang"
CITY: Final = "5107"
HERE: Final = Path(__file__).parent / MIANYANG
GIVEN: Final[Mapping[str, Any]] = yaml.safe_load(
    (HERE / "ledger.yaml").read_text("utf-8")
)
"""Units and records of the ledger in `mianyang/ledger.yaml`."""


class City:
    """A ledger of the city, which answers for its figures."""

    def __init__(self, folder: Path, years: Sequence[int]) -> None:
        self.pack = pack(MIANYANG)
        units = GIVEN["units"]
        self.codes = {name: code for name, (code, *_) in units.items()}
        self.ledger = new_ledger(
            folder / "mianyang.taizhang",
            self.pack,
            [
                unit(code, class_, self.codes.get(parent))
                for code, class_, parent in units.values()
            ],
            years,
        )
        self.desk = Desk(self.ledger, count())

    def enter(
        self, now: int, records: Mapping[str, Sequence[Mapping[str, object]]]
    ) -> None:
        """Enter records by form; those without `at` are the city's."""
        changes: list[Change] = []
        for form, listed in records.items():
            for record in listed:
                code = self.codes[str(record.get("at", "全市"))]
                cells = {k: v for k, v in record.items() if k != "at"}
                changes += self.desk.enter(form, year(now), code, cells)[1]
        self.desk.do(changes)

    def report(self, now: int, indicator: Indicator, **cells: object) -> None:
        """Enter what a department says of an indicator, in its row if there is one."""
        given = {"indicator_id": indicator.title, "source_dept": "主管部门", **cells}
        period, fields = year(now), self.pack.form_by_id["adm"].by_id
        rows = list(
            self.ledger.query(
                'SELECT "_facility" FROM adm'
                ' WHERE "_period" = :period AND indicator_id = :title',
                {"period": period.code, "title": indicator.title},
            )
        )
        if not rows:
            self.enter(now, {"adm": [given]})
            return
        key = RecordKey("adm", period.code, FacilityId(str(rows[0][0])))
        record = self.ledger.record(key)
        assert record is not None
        held = dict(record.cells)
        told = {
            name: cell_of(value, isinstance(fields[name], DecimalField))
            for name, value in given.items()
        }
        self.desk.do(
            [
                CellChange(key, name, held[name], cell)
                for name, cell in told.items()
                if held[name] != cell
            ]
        )

    def figures(self, now: int) -> dict[str, Figure]:
        """Compute every indicator for the whole city."""
        plan = compile_indicators(self.pack)
        assert plan.broken == ()
        found = figures_of_unit(self.ledger, self.pack, plan, year(now), CITY)
        return {figure.indicator: figure for figure in found}
