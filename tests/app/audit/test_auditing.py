from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from desktop.app.audit.auditing import audit_form
from desktop.app.audit.auditing import audit_ledger
from desktop.app.audit.auditing import audit_near
from desktop.app.audit.auditing import patiently
from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import remove_records
from desktop.app.entry.edits import set_cell
from desktop.app.progress import Progress
from desktop.app.progress import run_steps
from desktop.core.findings import Outcome
from desktop.core.messages import message
from desktop.indicators.periods import period_parameters
from tests.small import RULES
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from desktop.core.cells import Cell
    from desktop.core.changes import RecordKey
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger

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


def nothing(_: RecordId) -> tuple[Finding, ...]:
    """Nothing is known of any record."""
    return ()


def test_audit__one_record_again(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        key = put(ledger, "坏院", beds_total=100, beds_nursing=120)
        form = CompiledPack(ledger.pack()).audit.of("eci")
        record = ledger.record(key)
        assert record is not None
        asked = audit_near(ledger, form, [record.id], PARAMETERS, nothing)
        assert [found.rule for found in asked[record.id]] == [
            "eci.nursing_within_total"
        ]
        field = ledger.pack().form_by_id["eci"].by_id["beds_nursing"]
        ledger.apply(set_cell(record, field, 50))
        assert audit_near(ledger, form, [record.id], PARAMETERS, nothing) == {
            record.id: ()
        }


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


UNIQUE = {
    "id": "eci.unique",
    "form": "eci",
    "level": "error",
    "check": "IS_UNIQUE(name)",
    "says": "{name} 已有",
    "ours": "常识",
}


def _set(ledger: Ledger, key: RecordKey, name: str, cell: Cell) -> RecordId:
    record = ledger.record(key)
    assert record is not None
    field = ledger.pack().form_by_id[key.form].by_id[name]
    ledger.apply(set_cell(record, field, cell))
    return record.id


def test_audit__rules_that_look_around_are_put_with_those_that_do_not(
    tmp_path: Path,
) -> None:
    pack = pack_of({**pack_data(), "rules": [*RULES[:1], UNIQUE, *RULES[1:]]})
    path = make_ledger(tmp_path, pack)
    with opened(path) as ledger:
        keys = [put(ledger, one, beds_total=1) for one in ("甲", "乙")]
        for number, key in enumerate(keys):
            _set(ledger, key, "name", "同名")
            _set(ledger, key, "beds_nursing", number + 1)
        audit = CompiledPack(ledger.pack()).audit
        form, parameters = audit.of("eci"), period_parameters(pack, YEAR)
        result = run_steps(audit_form(ledger, form, parameters))
        rules = [[each.rule for each in found] for found in result.findings.values()]
        assert rules == [
            ["eci.unique"],
            ["eci.nursing_within_total", "eci.unique"],
        ]
        again = run_steps(
            audit_form(ledger, form, parameters, lambda one: result.findings[one])
        )
        assert all(
            found is result.findings[record] for record, found in again.findings.items()
        )
        record = _set(ledger, keys[1], "beds_nursing", 1)
        known = result.findings.__getitem__
        near = audit_near(ledger, form, [record], parameters, known)
        assert [each.rule for each in near[record]] == ["eci.unique"]


def test_audit__a_record_that_goes_meanwhile_has_nothing_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.app.audit.auditing.SLICE", 0.0)
    pack = pack_of({**pack_data(), "rules": [*RULES, UNIQUE]})
    with opened(make_ledger(tmp_path, pack)) as ledger:
        keys = [put(ledger, one, beds_total=1) for one in ("甲", "乙")]
        stays, goes = (_set(ledger, key, "name", "同名") for key in keys)
        form = CompiledPack(ledger.pack()).audit.of("eci")
        steps = audit_form(ledger, form, period_parameters(pack, YEAR))
        next(steps)
        gone = ledger.record(keys[1])
        assert gone is not None
        ledger.apply(remove_records(pack.form_by_id["eci"], [gone]))
        result = run_steps(steps)
    assert stays in result.findings
    assert goes not in result.findings


def test_audit__many_findings_take_several_slices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.app.audit.auditing.SLICE", 0.0)
    monkeypatch.setattr("desktop.app.audit.auditing.RANGE", 2)
    with opened(make_ledger(tmp_path)) as ledger:
        for number in range(5):
            put(ledger, f"院{number}", beds_total=1, beds_nursing=2)
        form = CompiledPack(ledger.pack()).audit.of("eci")
        steps = audit_form(ledger, form, PARAMETERS)
        slices = sum(1 for _ in steps)
        assert slices > 5
        found = run_steps(audit_form(ledger, form, PARAMETERS)).findings
    assert [len(each) for each in found.values()] == [1] * 5


def test_patiently__gives_way_and_asks_again(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "院")
        wanted = iter((True, True))
        ledger.wanted = lambda: next(wanted, False)
        statement = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
            "WHERE i < 100000) SELECT COUNT(*) FROM n"
        )
        at = Progress(0, 0, message("app.auditing"))
        steps = patiently(ledger, statement, {}, at)
        assert next(steps) is at
        assert run_steps(steps) == [(100000,)]
