from __future__ import annotations

from desktop.app.audit.explained import ExplainedFinding
from desktop.app.audit.finding_lines import finding_lines
from desktop.app.audit.finding_lines import is_blank
from desktop.app.audit.finding_lines import place
from desktop.core.catalogue import CATALOGUE
from desktop.core.findings import Level
from desktop.core.words import Words
from tests.cli.test_findings import told
from tests.small import small_pack

SAY = Words(CATALOGUE)


def lines(*given: ExplainedFinding) -> list[tuple[Level, str, str, int]]:
    return [
        (line.level, line.text, line.rule, len(line.findings))
        for line in finding_lines(SAY, small_pack(), given)
    ]


def test_is_blank__only_what_a_field_brings_by_itself() -> None:
    assert is_blank(told("eci.name.required", 1, "name").finding)
    assert is_blank(told("eci.beds_total.expected", 1, "beds_total").finding)
    assert not is_blank(told("eci.beds_total.minimum", 1, "beds_total").finding)
    assert not is_blank(told("eci.odd", 1).finding)


def test_finding_lines__a_rule_and_what_it_found() -> None:
    found = lines(
        told("eci.price.expected", 2, "price"),
        told("eci.jump", 1, "price"),
        told("eci.jump", 2, "price"),
        told("eci.sum", 2, "beds_total", level=Level.ERROR),
    )
    assert [(level, rule, count) for level, _, rule, count in found] == [
        (Level.ERROR, "eci.sum", 1),
        (Level.WARNING, "", 1),
        (Level.WARNING, "eci.jump", 2),
    ]
    assert found[2][1] == "[核实性] 养老机构调查表, 2 records, such as 院1: eci.jump!"


def test_finding_lines__a_rule_that_could_not_run_has_no_example() -> None:
    ((_, text, rule, count),) = lines(told("eci.bad", None))
    assert (rule, count) == ("", 1)
    assert "eci.bad" in text


def test_place__says_what_is_called_the_same_once() -> None:
    each = told("eci.jump", 1)
    assert place(each) == "华阳路街道 院1"
    alike = ExplainedFinding(each.finding, None, "长宁区", "长宁区")
    assert place(alike) == "长宁区"
