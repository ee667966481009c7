from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.compiled import compiled_for
from desktop.app.handover.sending.splitting import halves
from desktop.app.handover.sending.splitting import manifest_in
from desktop.app.handover.sending.splitting import part_of
from desktop.app.handover.sending.splitting import parted
from desktop.app.handover.sending.splitting import weight
from desktop.app.handover.sending.submitting import submission
from desktop.app.progress import run_steps
from desktop.core.manifest import TableKind
from desktop.core.manifest import digest_of
from desktop.exchange.lineage import carried
from desktop.exchange.lineage import not_carried
from desktop.export.report import Chapter
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import names
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import read_of
from tests.exchange.townships import street
from tests.exchange.townships import take
from tests.exchange.townships import undo
from tests.small import YEAR

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.report import Report


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture
def report(desks: Desks) -> Report:
    with opened(desks.new(street(EAST))) as ledger:
        add(ledger, "甲院", EAST, beds_total=10, beds_nursing=20)
        note(ledger, "甲院", "field:beds_total", "盘点过")
        nil(ledger, EAST, now=True)
        return run_steps(submission(ledger, compiled_for(ledger, YEAR), YEAR))


def test_part_of__speaks_of_its_forms_alone(report: Report) -> None:
    part = part_of(report, ["area"])

    manifest, whole = manifest_in(part), manifest_in(report)
    assert carried(manifest) == {"area"}
    assert not_carried(manifest) == ("eci",)
    assert whole.notes
    assert manifest.notes == ()
    assert (manifest.units, manifest.lineage) == (whole.units, whole.lineage)
    assert [form.id for form in part.forms] == ["area"]
    assert report.findings
    assert not [line for line in part.findings if line.form_id == "eci"]
    assert any(line.rests for line in report.indicators)
    resting = {one.form for line in part.indicators for one in line.rests}
    assert "eci" not in resting
    assert part.digest == digest_of(part.data) != report.digest


def test_parted__the_first_part_has_what_is_of_all(report: Report) -> None:
    first, second = parted(report, (["eci"], ["area"]))

    assert first.indicators
    assert not second.indicators
    assert Chapter.INDICATORS in second.left_out
    assert first.title == f"{report.title}（第 1 部分，共 2 部分）"
    kinds = {table.kind for table in manifest_in(second).tables}
    assert kinds == {TableKind.FORM, TableKind.FINDINGS}


def test_parted__one_group_is_the_whole(report: Report) -> None:
    assert parted(report, (["eci", "area"],)) == (report,)


@pytest.mark.parametrize("backwards", [False, True])
def test_parts__come_to_the_same_as_the_whole_in_any_order(
    desks: Desks, report: Report, *, backwards: bool
) -> None:
    whole = desks.new(*county_units())
    with opened(whole) as county:
        take(county, read_of(manifest_in(report)))
        expected = content_of(county)
    groups = (["eci"], ["area"])
    reads = [read_of(manifest_in(part)) for part in parted(report, groups)]
    if backwards:
        reads.reverse()

    with opened(desks.new(*county_units())) as county:
        for read in reads:
            (item,) = plan(county, read)
            assert names([item]) == ["new"]
            assert [one.code for one in item.left] == ["exchange.part"]
            take(county, read)
        assert content_of(county) == expected
        assert names(plan(county, read_of(manifest_in(report)))) == ["older"]
        undo(county, reads[0])
        (item,) = plan(county, reads[1])
        assert names([item]) == ["same"]
        forms = {key.form for key in content_of(county)}
        left = {"eci"} if not backwards else {"area"}
        gone = {key.form for key in expected} - forms
        assert gone <= left


def test_halves__weigh_about_the_same(report: Report) -> None:
    weights = {"a": 9, "b": 5, "c": 4, "d": 1}

    assert halves(("a", "b", "c", "d"), weights) == (("a", "d"), ("b", "c"))
    assert halves(("a", "b"), weights) == (("a",), ("b",))
    eci = report.forms[0]
    assert weight(eci) == 2 * (len(eci.stub) + len(eci.columns))
