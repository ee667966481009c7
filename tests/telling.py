"""A small pack that wants reasons, and ledgers with something to be explained."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING
from typing import Any

from desktop.app.audit.auditing import audit_ledger
from desktop.app.compiled import CompiledPack
from desktop.app.progress import run_steps
from desktop.indicators.periods import period_parameters
from tests import small

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.findings import Finding
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger

MANY = "eci.many"
BLANK = "eci.price.expected"
STOCK = ("核实", "经核实", "核实无误", "情况属实", "同上", "无")
GOOD = "二期新楼 5 月投用，新增床位 60 张"
DEMANDS: dict[str, Any] = {
    "stock": list(STOCK),
    "shortest": 6,
    "figure": True,
    "own_words": True,
    "ours": "演示",
}


def telling_pack(**demands: object) -> Pack:
    """Give the pack; `demands` are other than the usual ones."""
    data = deepcopy(small.pack_data())
    rule = {
        "id": MANY,
        "form": "eci",
        "level": "warning",
        "check": "beds_total <= 100",
        "says": "总床位数（{beds_total}）超过 100 张，请说明",
        "ours": "演示",
    }
    price = data["forms"][0]["groups"][1]["fields"][2]
    price["blank"] = "expected"
    return small.pack_of(
        {
            **data,
            "rules": [*data["rules"], rule],
            "explanations": {**DEMANDS, **demands},
        }
    )


def make(folder: Path, **demands: object) -> Path:
    """Make a ledger: three facilities of the street, one of the county, too large."""
    path = small.make_ledger(folder, telling_pack(**demands))
    with small.opened(path) as ledger:
        for name, beds in (("甲院", 160), ("乙院", 170), ("丙院", 180)):
            small.put(ledger, name, beds_total=beds, price=1)
        small.put(ledger, "区院", unit=small.COUNTY, beds_total=190, price=1)
    return path


def findings(ledger: Ledger, rule: str = MANY) -> dict[str, Finding]:
    """Audit, and give the findings of a rule by the name of their record."""
    pack = ledger.pack()
    audit = CompiledPack(pack).audit
    parameters = period_parameters(pack, small.YEAR)
    found = run_steps(audit_ledger(ledger, audit, parameters)).findings
    wanted = [each for each in found if each.rule == rule and each.record]
    return {
        str(ledger.rows("eci", [each.record])[0].cell("name")): each
        for each in wanted
        if each.record is not None
    }
