from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.core.cell_text import canonical
from desktop.core.manifest import Manifest
from desktop.core.manifest import TableKind
from desktop.core.manifest import to_data
from desktop.core.manifest_read import read_data
from desktop.export import wording
from desktop.export.manifest.data import FIGURE_FIELDS
from desktop.export.manifest.data import FINDING_FIELDS
from desktop.export.manifest.data import manifest_of
from tests.core.test_manifest import STAMP
from tests.export.samples import sample_report

if TYPE_CHECKING:
    from desktop.export.report import Report


@pytest.fixture(scope="module")
def report() -> Report:
    return sample_report()


@pytest.fixture(scope="module")
def manifest(report: Report) -> Manifest:
    return manifest_of(report, STAMP)


def test_manifest__says_every_cell_of_every_form(
    report: Report, manifest: Manifest
) -> None:
    for form, table in zip(report.forms, manifest.tables, strict=False):
        assert (form.id, form.title, TableKind.FORM) == (
            table.id,
            table.title,
            table.kind,
        )
        said = [canonical(c) for row in form.rows if not row.heading for c in row.cells]
        if form.across:
            assert [
                cell
                for cells in zip(*(r.cells for r in table.rows), strict=True)
                for cell in cells
            ] == said
        else:
            width = len(form.columns)
            assert [c for row in table.rows for c in row.cells[-width:]] == said
    assert read_data(to_data(manifest)) == manifest


def test_manifest__names_rows_units_and_sums(manifest: Manifest) -> None:
    roster = manifest.tables[0]
    assert all(row.name and row.unit for row in roster.rows)
    units = dict(manifest.units)
    assert {row.unit for row in roster.rows} <= set(units)
    assert roster.totals is not None
    assert roster.totals.name == wording.TOTAL


def test_manifest__figures_and_findings(report: Report, manifest: Manifest) -> None:
    figures, findings = manifest.tables[-2:]
    assert (figures.kind, findings.kind) == (TableKind.FIGURES, TableKind.FINDINGS)
    assert figures.fields == FIGURE_FIELDS
    assert findings.fields == FINDING_FIELDS
    assert [row.key for row in figures.rows] == [each.id for each in report.indicators]
    at = [name for name, _ in FIGURE_FIELDS].index("value")
    assert [row.cells[at] for row in figures.rows] == [
        canonical(line.value) for line in report.indicators
    ]
    assert [row.name for row in findings.rows] == [
        line.record for line in report.findings
    ]


def test_manifest__a_nil_return_and_an_empty_form(report: Report) -> None:
    roster, *others = report.forms
    bare = replace(roster, rows=(), totals=None, empty=wording.NIL_RETURN)
    table = manifest_of(replace(report, forms=(bare, *others)), STAMP).tables[0]
    assert (table.nil, table.rows, table.totals) == (True, (), None)


def test_manifest__tables_by_unit(report: Report) -> None:
    roster = report.forms[0]
    name, code = roster.stub[:2]
    row = replace(roster.rows[0], stub=("　甲镇", "310105001"))
    rolled = replace(roster, id="rollup", stub=(name, code), rows=(row,), totals=None)
    with_sums = replace(rolled, totals=row)
    plain = manifest_of(replace(report, rollups=(rolled,)), STAMP)
    summed = manifest_of(replace(report, rollups=(with_sums,)), STAMP)
    table = plain.tables[len(report.forms)]
    assert (table.kind, table.rows[0].key) == (TableKind.UNITS, "310105001")
    assert table.totals is None
    assert summed.tables[len(report.forms)].totals == table.rows[0]
