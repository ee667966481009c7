from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import Workbook

from desktop.core.manifest import NUMBER
from desktop.core.manifest import Envelope
from desktop.core.manifest import Signature
from desktop.core.manifest import digest_of
from desktop.core.manifest import to_data
from desktop.core.manifest import to_envelope
from desktop.core.messages import message
from desktop.export import wording
from desktop.export.manifest import sheet as module
from desktop.export.manifest.data import manifest_of
from desktop.export.manifest.sheet import MARK
from desktop.export.manifest.sheet import SHEET
from desktop.export.manifest.sheet import places_of
from desktop.export.manifest.sheet import put_manifest
from desktop.export.manifest.sheet import read_sheet
from desktop.export.manifest.sheet import sheet_rows
from desktop.export.report import Chapter
from desktop.export.report import Report
from desktop.export.xlsx.plan import TEXT_LENGTH
from desktop.export.xlsx.plan import plan_sheets
from desktop.export.xlsx.writing import FINDING_HEADS
from desktop.export.xlsx.writing import INDICATOR_HEADS
from tests.core.test_manifest import MANIFEST
from tests.core.test_manifest import PLACE
from tests.core.test_manifest import STAMP
from tests.export.samples import sample_report

FIGURES = [title for title, _ in INDICATOR_HEADS]
FOUND = [title for title, _ in FINDING_HEADS]
SIGNED = Signature("ed25519", "k", "v")
DATA = to_data(MANIFEST)
DAMAGED = message("manifest.damaged")


@pytest.fixture(scope="module")
def report() -> Report:
    return sample_report()


def rows_of(*, size: int = 0) -> list[tuple[str, ...]]:
    """Give the rows of a manifest, with a unit of as many letters as wanted."""
    # Digests are what packing cannot shorten.
    letters = "".join(digest_of(str(number).encode()) for number in range(size))
    name = ("x", letters)
    data = to_data(replace(MANIFEST, units=(name,)))
    return list(sheet_rows(data, (PLACE,), SIGNED))


def test_sheet__is_very_hidden_and_read_back() -> None:
    workbook = Workbook()
    put_manifest(workbook, DATA, (PLACE,), SIGNED)
    sheet = workbook[SHEET]
    assert sheet.sheet_state == "veryHidden"
    rows = [[str(cell or "") for cell in row] for row in sheet.values]
    found = read_sheet(rows)
    assert found == Envelope(MANIFEST, digest_of(DATA), (PLACE,), SIGNED)


def test_sheet__data_of_no_bytes_add_none() -> None:
    workbook = Workbook()
    put_manifest(workbook, b"", ())
    assert SHEET not in workbook.sheetnames


def test_sheet__long_data_in_several_cells_in_any_order() -> None:
    rows = rows_of(size=2_000)
    assert len(rows) > 3
    assert all(len(text) < TEXT_LENGTH for row in rows for text in row)
    assert isinstance(read_sheet(rows[::-1]), Envelope)


def test_read_sheet__what_is_damaged_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    notice, count, first = rows_of()
    assert read_sheet([]) == DAMAGED
    assert read_sheet([notice, first]) == DAMAGED
    assert read_sheet([notice, (MARK, "9"), first]) == DAMAGED
    assert read_sheet([notice, (MARK, "-1"), first]) == DAMAGED
    assert read_sheet([notice, (MARK, "2"), first, ("3", "x")]) == DAMAGED
    assert read_sheet([notice, count, ("1", "?" + first[1][1:])]) == DAMAGED
    assert read_sheet([notice, count, ("1", first[1][:40])]) == DAMAGED
    assert read_sheet([notice, count, ("1", first[1][:41])]) == DAMAGED
    monkeypatch.setattr(module, "LARGEST", 100)
    assert isinstance(read_sheet([notice, count, first]), type(DAMAGED))
    assert len(to_envelope(DATA, ())) > 100


# --- Where the tables stand ------------------------------------------------------


def test_places__are_where_the_writer_puts_the_tables(report: Report) -> None:
    places = {place.table: place for place in places_of(report, FIGURES, FOUND)}
    plans = {plan.form.id: plan for plan in plan_sheets(report)}
    tables = {table.id: table for table in manifest_of(report, STAMP).tables}
    assert set(places) == set(tables)
    for id_, plan in plans.items():
        place = places[id_]
        assert (place.sheet, place.row) == (plan.name, plan.data)
        assert len(place.heads) == len(place.holds) == plan.width
        known = {name for name, _ in tables[id_].fields}
        if place.across:
            assert {line[0] for line in place.lines if line[0]} == known
        elif plan.form.rows:
            assert known == {hold for hold in place.holds if not hold.startswith("_")}


def test_places__of_figures_and_findings(report: Report) -> None:
    *_, figures, findings = places_of(report, FIGURES, FOUND)
    fields = dict(manifest_of(report, STAMP).tables[-2].fields)
    assert set(fields) <= set(figures.holds)
    assert figures.holds.count("numerator_blanks") == 1
    assert findings.holds[0] == NUMBER
    assert len(findings.holds) == len(FOUND)
    assert findings.foot == ""
    bare = replace(report, findings=())
    assert places_of(bare, FIGURES, FOUND)[-1].foot == wording.NO_FINDINGS


def test_places__of_chapters_left_out(report: Report) -> None:
    left = frozenset({Chapter.INDICATORS, Chapter.FINDINGS})
    fewer = replace(report, left_out=left)
    tables = [table.id for table in manifest_of(fewer, STAMP).tables]
    assert [place.table for place in places_of(fewer, FIGURES, FOUND)] == tables
    assert len(tables) == len(report.tables)
