from __future__ import annotations

import io
from typing import TYPE_CHECKING

from desktop.app.audit.explained import ExplainedFinding
from desktop.cli.findings import tell_findings
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.core.messages import message
from tests.cli.desks import make_desk
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path


def told(
    rule: str, record: int | None, *fields: str, level: Level = Level.WARNING
) -> ExplainedFinding:
    broken = record is None
    finding = Finding(
        rule=rule,
        level=level,
        outcome=Outcome.BROKEN if broken else Outcome.FAILED,
        form="eci",
        unit="310105001",
        period="2025",
        record=None if record is None else RecordId(record),
        fields=fields,
        text=f"{rule}!",
        problem=message("rules.broken", rule=rule, check="1/0") if broken else None,
    )
    return ExplainedFinding(finding, None, "华阳路街道", f"院{record}")


def said(folder: Path, *given: ExplainedFinding, everything: bool = False) -> list[str]:
    desk = make_desk(folder)
    tell_findings(desk, small_pack(), given, everything=everything)
    assert isinstance(desk.out, io.StringIO)
    return desk.out.getvalue().splitlines()


def test_tell_findings__blanks_of_a_form_share_a_line(tmp_path: Path) -> None:
    lines = said(
        tmp_path,
        told("eci.beds_total.expected", 1, "beds_total"),
        told("eci.beds_total.expected", 2, "beds_total"),
        told("eci.price.expected", 2, "price"),
    )
    assert lines == [
        "  [核实性] 养老机构调查表, 2 records, not filled in: 总床位数、月收费（1）"
    ]


def test_tell_findings__hardest_first_and_one_line_a_rule(tmp_path: Path) -> None:
    lines = said(
        tmp_path,
        told("eci.jump", 1, "price"),
        told("eci.jump", 2, "price"),
        told("eci.sum", 2, "beds_total", level=Level.ERROR),
        told("eci.bad", None, level=Level.INFO),
    )
    assert lines == [
        "  [强制性] 养老机构调查表, 1 records, such as 院2: eci.sum! (eci.sum)",
        "  [核实性] 养老机构调查表, 2 records, such as 院1: eci.jump! (eci.jump)",
        lines[2],
    ]
    assert lines[2].startswith("  [提示] 养老机构调查表：")
    assert "eci.bad" in lines[2]


def test_tell_findings__everything_names_each_record(tmp_path: Path) -> None:
    jumps = (told("eci.jump", 1, "price"), told("eci.jump", 2, "price"))
    lines = said(tmp_path, *jumps, everything=True)
    assert lines[1:] == [
        "    华阳路街道 院1：eci.jump!",
        "    华阳路街道 院2：eci.jump!",
    ]
