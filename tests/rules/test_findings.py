from __future__ import annotations

from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import Tally
from desktop.core.messages import message
from desktop.rules.audit import compile_rules
from desktop.rules.findings import broken_finding
from desktop.rules.findings import failing
from desktop.rules.findings import finding
from desktop.rules.findings import outcome_of
from desktop.rules.findings import tallies
from tests.small import RULES
from tests.small import pack_data
from tests.small import pack_of
from tests.small import small_pack


def test_outcomes() -> None:
    assert outcome_of(None) is Outcome.MISSING
    assert outcome_of(0) is Outcome.FAILED
    assert outcome_of(1) is Outcome.PASSED


def test_finding__of_a_failing_rule() -> None:
    audit = compile_rules(small_pack()).of("eci")
    outcomes = [1] * len(audit.rules)
    outcomes[-2] = 0
    row = (7, "310105001", *outcomes)
    [rule] = failing(audit, row)
    found = finding(rule, "2025", row, (120, 100))
    assert found.rule == "eci.nursing_within_total"
    assert (found.level, found.outcome) == (Level.ERROR, Outcome.FAILED)
    assert (found.form, found.unit, found.record) == ("eci", "310105001", 7)
    assert found.text == "护理型床位数（120）不能大于总床位数（100）"


def test_failing__missing_is_not_failed() -> None:
    audit = compile_rules(small_pack()).of("eci")
    assert not list(failing(audit, (7, "310105001", *[None] * len(audit.rules))))


def test_broken_finding__says_which_check() -> None:
    rules = [{**RULES[0], "check": "bed <= beds_total"}]
    audit = compile_rules(pack_of({**pack_data(), "rules": rules})).of("eci")
    found = broken_finding(audit.broken[0], "2025", "310105")
    assert found.outcome is Outcome.BROKEN
    assert found.record is None
    assert found.problem == message(
        "rules.broken", rule="eci.nursing_within_total", check="bed <= beds_total"
    )
    assert list(tallies(audit, (0, *[None] * 3 * len(audit.rules))))[-1] == Tally(
        "eci.nursing_within_total", 0, 0, 0, broken=True
    )


def test_tallies__three_counts_a_rule() -> None:
    audit = compile_rules(small_pack()).of("area")
    assert len(audit.rules) == 1
    assert list(tallies(audit, (6, 3, 2, 1))) == [
        Tally("area.beds_within_elders", 3, 2, 1)
    ]
