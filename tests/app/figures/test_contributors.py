from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cell
from desktop.app.figures import contributors as module
from desktop.app.figures.contributors import contributors
from desktop.app.progress import run_steps
from desktop.core.cells import Absent
from desktop.forms.model import UnitForm
from tests.indicators.judged import ADM
from tests.indicators.judged import PROMISE
from tests.levels import fill
from tests.levels import make_levels
from tests.small import COUNTY
from tests.small import INDICATORS
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from desktop.core.cells import Cell
    from desktop.store.ledger import Ledger


def found(ledger: Ledger, indicator: str) -> list[tuple[Any, ...]]:
    compiled = CompiledPack(ledger.pack())
    terms = run_steps(contributors(ledger, compiled, indicator, YEAR))
    return [
        (
            term.basis.role.value,
            term.basis.field,
            term.count,
            [(one.name, one.found.amount, one.found.undecided) for one in term.records],
        )
        for term in terms
    ]


def indicator(value: str, **more: object) -> dict[str, Any]:
    data = {**INDICATORS[1], "aggregation": "stock", **more}
    return {**data, "numerator": {"title": "数", "value": value}}


def ledger_of(folder: Path, *indicators: dict[str, Any], **more: object) -> Path:
    return make_ledger(
        folder, pack_of({**pack_data(), "indicators": list(indicators), **more})
    )


def test_records__of_both_terms_gaps_first(tmp_path: Path) -> None:
    """A record that does not count is no contribution; a blank is one to fill."""
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=40)
        put(ledger, "停院", beds_total=70, beds_nursing=9, status="停业")
        put(ledger, "缺院", unit=COUNTY, beds_total=50)
        put(ledger, "谜院", beds_total=5, beds_nursing=5, status=Absent.BLANK)
        terms = found(ledger, "nursing_share")
    assert terms[0] == (
        "numerator",
        "beds_nursing",
        3,
        [("缺院", None, False), ("谜院", 5, True), ("甲院", 40, False)],
    )
    assert terms[1][:3] == ("denominator", "beds_total", 3)


def test_records__counted_with_a_filter(tmp_path: Path) -> None:
    counts = indicator("COUNT(eci) FILTER (WHERE eci.beds_total >= 100)")
    with opened(ledger_of(tmp_path, counts)) as ledger:
        put(ledger, "甲院", beds_total=100)
        put(ledger, "乙院", beds_total=99)
        terms = found(ledger, "beds_in_years")
    assert terms == [("numerator", None, 1, [("甲院", 1, False)])]


def test_records__of_last_period_are_none_of_this_one(tmp_path: Path) -> None:
    with opened(ledger_of(tmp_path, indicator("PREV(SUM(eci.beds_total))"))) as ledger:
        put(ledger, "甲院", beds_total=100)
        assert found(ledger, "beds_in_years") == []


def test_records__the_units_own_form(tmp_path: Path) -> None:
    with opened(ledger_of(tmp_path, indicator("unit.pop_60plus"))) as ledger:
        field = ledger.pack().form_by_id["area"].by_id["pop_60plus"]
        for record in ledger.rows("area", ledger.ids("area", YEAR.code)):
            people = 900 if record.unit == COUNTY else 899
            ledger.apply(set_cell(record, field, people))
        terms = found(ledger, "beds_in_years")
    assert [(role, field, count) for role, field, count, _ in terms] == [
        ("numerator", "pop_60plus", 1)
    ]
    assert terms[0][3][0][1] == 900


def test_records__a_unit_above_covers_those_below(tmp_path: Path) -> None:
    with make_levels(tmp_path) as ledger:
        fill(
            ledger,
            [("visits", unit, {"done": 3}) for unit in ("2101", "210102", "2102")],
        )
        pack = ledger.pack()
        assert isinstance(pack.form_by_id["visits"], UnitForm)
        (share,) = pack.indicators
        term = share.numerator.replaced(value="SUM(visits.done)")
        bent = share.replaced(numerator=term, denominator=None)
        compiled = CompiledPack(pack.replaced(indicators=(bent,)))
        (one,) = run_steps(contributors(ledger, compiled, share.id, YEAR))
    assert one.basis.top
    assert [each.unit for each in one.records] == ["沈阳市", "大连市"]


def test_records__those_that_judge_a_commitment(tmp_path: Path) -> None:
    data = pack_data()
    data["forms"] = [*data["forms"], ADM]
    data["indicators"] = [PROMISE]
    with opened(make_ledger(tmp_path, pack_of(data))) as ledger:
        form = ledger.pack().form_by_id["adm"]
        judged: tuple[Cell, ...] = ("已实现", Absent.BLANK)
        for place, stands in enumerate(judged):
            cells = {"about": "应保尽保", "stands": stands}
            ledger.apply(add_record(form, YEAR, COUNTY, f"a{place}", cells))
        ledger.apply(add_record(form, YEAR, COUNTY, "b", {"about": "其他"}))
        terms = found(ledger, "promise")
    assert [(role, count) for role, _, count, _ in terms] == [("judged", 2)]
    assert [undecided for *_, undecided in terms[0][3]] == [True, False]


def test_records__only_so_many_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHOWN", 2)
    monkeypatch.setattr(module, "SLICE", 2)
    with opened(make_ledger(tmp_path)) as ledger:
        for name in ("甲", "乙", "丙"):
            put(ledger, name, beds_total=1, beds_nursing=1)
        compiled = CompiledPack(ledger.pack())
        steps = list(contributors(ledger, compiled, "nursing_share", YEAR))
        terms = run_steps(contributors(ledger, compiled, "nursing_share", YEAR))
    assert [(len(term.records), term.count) for term in terms] == [(2, 3), (2, 3)]
    assert [step.done for step in steps] == [0, 1, 0, 1]
