from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.explaining import attempt
from desktop.app.audit.standing import NOTHING_SAID
from desktop.app.audit.standing import Said
from desktop.app.audit.standing import Standing
from desktop.app.audit.standing import basis_topic
from desktop.app.audit.standing import names_figure
from desktop.app.audit.standing import said_about
from desktop.app.audit.standing import said_in
from desktop.app.audit.standing import speaks_of_figures
from desktop.app.audit.standing import wanting
from desktop.app.entry.edits import set_cell
from desktop.core.changes import Action
from desktop.core.changes import NoteChange
from desktop.core.changes import undo
from desktop.core.messages import message
from tests import small
from tests import telling
from tests.telling import GOOD
from tests.telling import MANY

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.core.findings import Finding
    from desktop.store.ledger import Ledger

DEMANDS = telling.telling_pack().explanations


def code(text: str, *, figure: bool = True) -> str | None:
    said = wanting(text, DEMANDS, figure=figure)
    return None if said is None else said.code.removeprefix("app.explain.")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("核实无误", "stock"),
        ("经核实，情况属实。", "stock"),
        ("经核实情况属实", "stock"),
        ("同上", "stock"),
        ("无", "stock"),
        ("。。。", "stock"),
        ("新楼投用", "short"),
        ("经核实，情况属实，新楼投用", "short"),
        ("新楼投用，成本上升了", "figure"),
        ("新楼投用，床位增加60张", None),
        ("新楼投用，两家机构合并", None),
        ("新楼投用，床位增加６０张", None),
    ],
)
def test_wanting__in_words(text: str, refused: str | None) -> None:
    assert code(text) == refused


def test_wanting__figures_only_where_the_finding_has_some() -> None:
    assert code("新楼投用，成本上升了", figure=False) is None


def test_wanting__a_pack_that_asks_nothing_takes_anything() -> None:
    assert wanting("无", None, figure=True) is None
    plain = telling.telling_pack(figure=False).explanations
    assert wanting("新楼投用，成本上升了", plain, figure=True) is None


@pytest.mark.parametrize(
    ("text", "names"), [("12 张", True), ("三所", True), ("一直如此", False)]
)
def test_names_figure(text: str, names: bool) -> None:
    assert names_figure(text) is names


def test_speaks_of_figures__not_where_a_cell_is_blank(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        small.put(ledger, "丁院", beds_total=120)
        assert speaks_of_figures(telling.findings(ledger)["丁院"])
        blank = telling.findings(ledger, telling.BLANK)["丁院"]
        assert not speaks_of_figures(blank)


def set_(ledger: Ledger, field: str, cell: Cell) -> Action:
    """Set a cell of 甲院."""
    finding = telling.findings(ledger)["甲院"]
    assert finding.record is not None
    [record] = ledger.rows("eci", [finding.record])
    action = set_cell(record, ledger.pack().form_by_id["eci"].by_id[field], cell)
    ledger.apply(action)
    return action


def said(ledger: Ledger) -> Said:
    """Judge what was written about 甲院, in both ways there are."""
    finding = telling.findings(ledger)["甲院"]
    assert finding.record is not None
    [record] = ledger.rows("eci", [finding.record])
    demands = ledger.pack().explanations
    whole = said_in(ledger, ("eci", "2025"), demands, lambda _: (finding,))
    single = said_about(finding, record, ledger.notes(record.key), demands)
    assert whole.get(("eci", record.id, MANY), NOTHING_SAID) == single
    return single


def explain(ledger: Ledger, text: str) -> None:
    finding = telling.findings(ledger)["甲院"]
    action = attempt(ledger, ledger.pack().explanations, [finding], text)
    assert isinstance(action, Action)
    ledger.apply(action)


def test_standing__holds_until_the_value_changes_and_again_after_undo(
    tmp_path: Path,
) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        assert said(ledger) is NOTHING_SAID
        explain(ledger, GOOD)
        assert said(ledger).standing is Standing.STANDS

        action = set_(ledger, "beds_total", 200)
        lapsed = said(ledger)
        assert (lapsed.standing, lapsed.text) == (Standing.LAPSED, GOOD)
        assert lapsed.was == "总床位数（160）超过 100 张，请说明"

        ledger.apply(Action(action.title, undo(action)))
        assert said(ledger).standing is Standing.STANDS

        set_(ledger, "beds_total", 200)
        explain(ledger, GOOD)
        assert said(ledger).standing is Standing.STANDS, "it was looked at again"


def test_standing__another_field_of_the_record_does_not_matter(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        explain(ledger, GOOD)
        set_(ledger, "beds_nursing", 10)
        assert said(ledger).standing is Standing.STANDS


def test_standing__a_cell_the_sentence_does_not_name(tmp_path: Path) -> None:
    with small.opened(small.make_ledger(tmp_path)) as ledger:
        small.put(ledger, "甲院", beds_total=100)
        area = ledger.pack().form_by_id["area"]
        [street] = [
            row
            for row in ledger.rows("area", ledger.ids("area", "2025"))
            if row.unit == small.STREET
        ]
        elders = area.by_id["pop_60plus"]
        ledger.apply(set_cell(street, elders, 10))
        rule = "area.beds_within_elders"
        [finding] = _of_area(ledger, rule)
        action = attempt(ledger, None, [finding], "有外区老人")
        assert isinstance(action, Action)
        ledger.apply(action)
        [now] = ledger.rows("area", [street.id])
        ledger.apply(set_cell(now, elders, 11))
        [later] = _of_area(ledger, rule)
        assert later.text == finding.text
        found = said_in(ledger, ("area", "2025"), None, lambda _: (later,))
    assert found["area", street.id, rule].standing is Standing.LAPSED


def _of_area(ledger: Ledger, rule: str) -> list[Finding]:
    from desktop.app.audit.auditing import audit_ledger
    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import run_steps
    from desktop.indicators.periods import period_parameters

    audit = CompiledPack(ledger.pack()).audit
    parameters = period_parameters(ledger.pack(), small.YEAR)
    found = run_steps(audit_ledger(ledger, audit, parameters)).findings
    return [each for each in found if each.rule == rule]


def note(ledger: Ledger, text: str) -> None:
    """Write about 甲院 as an earlier version of the program did."""
    finding = telling.findings(ledger)["甲院"]
    assert finding.record is not None
    [record] = ledger.rows("eci", [finding.record])
    change = NoteChange(record.key, f"rule:{MANY}", "", text)
    ledger.apply(Action(message("app.explain"), (change,)))


def test_standing__words_without_a_basis_hold(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        note(ledger, GOOD)
        assert said(ledger) == Said(Standing.STANDS, GOOD)
        set_(ledger, "beds_total", 200)
        assert said(ledger).standing is Standing.STANDS


def test_standing__poor_words_say_what_they_lack(tmp_path: Path) -> None:
    with small.opened(telling.make(tmp_path)) as ledger:
        note(ledger, "情况属实")
        found = said(ledger)
    assert found.standing is Standing.POOR
    assert found.wanting is not None
    assert found.wanting.code == "app.explain.stock"


def test_basis__stands_beside_the_words() -> None:
    assert basis_topic("a.b") == "basis:a.b"
