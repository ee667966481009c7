from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.explained import explained
from desktop.app.audit.explaining import Explaining
from desktop.app.audit.explaining import explain
from desktop.app.compiled import CompiledPack
from desktop.app.entry.edits import declare_nil
from desktop.app.progress import run_steps
from desktop.app.reports.unit_report import EVERYTHING
from desktop.app.reports.unit_report import Wish
from desktop.app.reports.unit_report import narrowed
from desktop.app.reports.unit_report import report_of_unit
from desktop.app.reports.unit_report import whole_of
from desktop.core.findings import Outcome
from desktop.core.manifest import digest_of
from desktop.export.report import Chapter
from desktop.store.records import Applied
from tests import telling
from tests.small import RULES
from tests.small import STREET
from tests.small import YEAR
from tests.small import make_filled
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.reports.unit_report import Whole
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with opened(make_filled(tmp_path)) as found:
        yield found


def whole(ledger: Ledger) -> Whole:
    return run_steps(whole_of(ledger, CompiledPack(ledger.pack()), YEAR))


def reports(ledger: Ledger, wish: Wish = EVERYTHING) -> list[Report]:
    """Give the reports of the county and of its street."""
    read = whole(ledger)
    return [
        run_steps(report_of_unit(ledger, read, unit, wish)) for unit in ledger.units()
    ]


def named(report: Report) -> list[str]:
    return [row.stub[1] for row in report.forms[0].rows]


def test_report__holds_just_the_records_of_the_unit_and_below(ledger: Ledger) -> None:
    county, street = reports(ledger)
    assert named(county) == ["好院", "坏院", "缺院"]
    assert named(street) == ["好院", "坏院"]
    assert (street.unit_name, street.unit_code) == ("华阳路街道", STREET)
    assert [len(report.forms[1].rows) for report in (county, street)] == [2, 2]


def test_report__figures_and_findings_are_those_of_the_unit(ledger: Ledger) -> None:
    put(ledger, "县坏院", unit="310105", beds_total=1, beds_nursing=2)
    county, street = reports(ledger)
    assert [line.record for line in county.findings] == ["坏院", "县坏院"]
    assert [line.record for line in street.findings] == ["坏院"]
    assert county.indicators[1].value == 301
    assert street.indicators[1].value == 200


def test_report__nil_returns_are_those_of_the_unit_itself(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        form = ledger.pack().form_by_id["eci"]
        ledger.apply(declare_nil(form, YEAR, STREET, nil=True))
        county, street = reports(ledger)
    assert county.forms[0].empty != street.forms[0].empty


def test_report__as_much_as_is_wished_for(ledger: Ledger) -> None:
    county, street = reports(ledger, Wish(("area",), frozenset(Chapter)))
    for report in (county, street):
        assert [table.id for table in report.forms] == ["area"]
        told = (report.indicators, report.findings, report.explanations)
        assert not any((*told, report.preface))
        assert report.left_out == frozenset(Chapter)
    [every, _] = reports(ledger, Wish(("area",)))
    assert every.indicators
    assert every.findings == ()


def test_narrowed__the_data_say_what_is_left(ledger: Ledger) -> None:
    read = whole(ledger)
    report = run_steps(report_of_unit(ledger, read, ledger.units()[1]))
    less = narrowed(report, read.stamp, Wish(("area",)))
    assert less.digest == digest_of(less.data) != report.digest
    assert less.stamp is not None
    assert less.stamp.unit == STREET


def test_report__a_rule_that_could_not_run_stands_in_each(tmp_path: Path) -> None:
    broken = {
        **RULES[0],
        "id": "eci.huge",
        "check": "ABS(-9223372036854775807 - beds_total) > 0",
    }
    pack = pack_of({**pack_data(), "rules": [broken]})
    with opened(make_ledger(tmp_path, pack)) as ledger:
        put(ledger, "甲院", beds_total=1)
        outcomes = [
            {line.outcome for line in report.findings} for report in reports(ledger)
        ]
    assert outcomes == [{Outcome.BROKEN}, {Outcome.BROKEN}]


def test_report__an_explanation_that_does_not_hold_says_so(tmp_path: Path) -> None:
    with opened(telling.make(tmp_path)) as ledger:
        told = explained(ledger, list(telling.findings(ledger).values()))
        for each, text in zip(told, ("核实无误", telling.GOOD), strict=False):
            assert each.record is not None
            about = [Explaining(each.finding, each.record, {})]
            assert isinstance(ledger.apply(explain(about, text)), Applied)
        [county, _] = reports(ledger)
    explanations = [line.explanation for line in county.findings]
    assert explanations[:3] == ["（看不出原因）核实无误", telling.GOOD, ""]


@pytest.mark.unmeasured
def test_whole__reads_in_slices_so_that_others_may_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.app.reports.unit_report.SLICE", 2)
    with opened(make_ledger(tmp_path)) as ledger:
        for name in ("甲院", "乙院", "丙院"):
            put(ledger, name, beds_total=1, beds_nursing=2)
        steps = whole_of(ledger, CompiledPack(ledger.pack()), YEAR)
        looks = [progress for progress in steps if progress.doing.code == "app.reading"]
    assert [(look.done, look.total) for look in looks] == [(0, 3), (2, 3)]
