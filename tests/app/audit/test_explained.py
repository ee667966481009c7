from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.audit.auditing import audit_ledger
from desktop.app.audit.explained import explained
from desktop.app.audit.explained import record_name
from desktop.app.audit.explaining import Explaining
from desktop.app.audit.explaining import explain
from desktop.app.compiled import CompiledPack
from desktop.app.progress import run_steps
from desktop.core.cells import BLANK
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.indicators.periods import period_parameters
from tests.small import COUNTY
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import put
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.store.ledger import Ledger


def findings(ledger: Ledger) -> tuple[Finding, ...]:
    audit = CompiledPack(ledger.pack()).audit
    parameters = period_parameters(ledger.pack(), YEAR)
    return run_steps(audit_ledger(ledger, audit, parameters)).findings


def test_explained__names_record_unit_and_explanation(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=40, beds_nursing=100)
        found = findings(ledger)
        [told] = explained(ledger, found)
        assert (told.name, told.unit_name, told.explanation) == (
            "甲院",
            "华阳路街道",
            "",
        )
        assert told.record is not None
        ledger.apply(explain([Explaining(told.finding, told.record, {})], "已核实"))
        [again] = explained(ledger, found)
        spared = explained(ledger, found, {"eci": [told.record]})
    assert again.explanation == "已核实"
    assert [each.explanation for each in spared] == ["已核实"]


def test_explained__what_speaks_of_no_record(tmp_path: Path) -> None:
    finding = Finding(
        rule="eci.bad",
        level=Level.ERROR,
        outcome=Outcome.BROKEN,
        form="eci",
        unit=COUNTY,
        period="2025",
        record=None,
        fields=(),
        text="",
    )
    with opened(make_ledger(tmp_path)) as ledger:
        [told] = explained(ledger, [finding])
    assert (told.record, told.name, told.unit_name) == (None, "长宁区", "长宁区")


def test_record_name__by_the_name_or_else_by_the_unit() -> None:
    roster, unit = small_pack().forms
    assert record_name(roster, {"name": "甲院"}, "街道") == "甲院"
    assert record_name(roster, {"name": BLANK}, "街道") == "街道"
    assert record_name(unit, {}, "街道") == "街道"
