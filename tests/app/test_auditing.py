from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from desktop.app.auditing import audit_ledger
from desktop.app.auditing import audit_record
from desktop.app.compiled import CompiledPack
from desktop.app.edits import set_cell
from desktop.app.progress import run_steps
from desktop.core.findings import Outcome
from desktop.indicators.periods import period_parameters
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import put
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path

PARAMETERS = period_parameters(small_pack(), YEAR)


def test_audit__finds_what_fails_and_says_it(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "好院", beds_total=100, beds_nursing=60)
        put(ledger, "坏院", beds_total=100, beds_nursing=120)
        put(ledger, "缺院", beds_total=100)
        audit = CompiledPack(ledger.pack()).audit
        result = run_steps(audit_ledger(ledger, audit, PARAMETERS))
    [finding] = result.findings
    assert finding.text == "护理型床位数（120）不能大于总床位数（100）"
    tally = {each.rule: each for each in result.tallies}["eci.nursing_within_total"]
    assert (tally.passed, tally.failed, tally.missing) == (1, 1, 1)


def test_audit__one_record_again(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        key = put(ledger, "坏院", beds_total=100, beds_nursing=120)
        form = CompiledPack(ledger.pack()).audit.of("eci")
        record = ledger.record(key)
        assert record is not None
        asked = audit_record(ledger, form, [record.id], PARAMETERS)
        assert [found.rule for found in asked[record.id]] == [
            "eci.nursing_within_total"
        ]
        field = ledger.pack().form_by_id["eci"].by_id["beds_nursing"]
        ledger.apply(set_cell(record, field, 50))
        assert audit_record(ledger, form, [record.id], PARAMETERS) == {record.id: ()}


def test_audit__a_rule_that_cannot_run_is_set_aside(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        put(ledger, "坏院", beds_total=100, beds_nursing=120)
        with sqlite3.connect(path) as other:
            other.execute("ALTER TABLE eci DROP COLUMN price")
        other.close()
        audit = CompiledPack(ledger.pack()).audit
        result = run_steps(audit_ledger(ledger, audit, PARAMETERS))
    outcomes = {finding.rule: finding.outcome for finding in result.findings}
    assert outcomes == {
        "eci.nursing_within_total": Outcome.FAILED,
        "eci.price_jump": Outcome.BROKEN,
    }
    assert [each.rule for each in result.tallies if each.broken] == ["eci.price_jump"]
