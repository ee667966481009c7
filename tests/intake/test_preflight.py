from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.core.messages import Message
from desktop.core.messages.intake import MESSAGES
from desktop.core.words import Words
from desktop.intake.limits import LIMITS
from desktop.intake.preflight import BUTTONS
from desktop.intake.preflight import Preflight
from desktop.intake.preflight import preflight
from desktop.intake.source import read_source
from tests.intake.books import book
from tests.intake.books import part_file
from tests.intake.books import parts
from tests.intake.books import relation
from tests.intake.books import relations
from tests.intake.books import sheet
from tests.intake.books import workbook
from tests.intake.hostile import CASES
from tests.intake.hostile import Case

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_file__is_refused_or_read_as_expected(
    case: Case, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    data = case.make()
    path.write_bytes(data)

    found = read_source(path, limits=case.limits)

    code = found.code if isinstance(found, Message) else None
    assert code == case.code
    assert path.read_bytes() == data
    if isinstance(found, Message):
        said = Words(MESSAGES).message(found)
        assert "表.xlsx" in said
        # Every value the sentence needs was given.
        assert not re.search(r"\{[a-z_]+\}", said)


PROGRAM = """
import json, resource, sys
from pathlib import Path
from desktop.intake.source import read_source
from tests.intake.hostile import HEAVY
path = Path(sys.argv[1])
told = {}
for case in HEAVY:
    path.write_bytes(case.make())
    told[case.name] = getattr(read_source(path), "code", None) == case.code
# ru_maxrss of this process would count what the test runner held before exec.
status = Path("/proc/self/status").read_text().split()
own = int(status[status.index("VmHWM:") + 1]) // 1024
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(json.dumps([told, own, children]))
"""


@pytest.mark.unmeasured
def test_heavy_files__need_less_than_500_megabytes(tmp_path: Path) -> None:
    # Without the tracing of coverage, which makes the largest files take minutes.
    plain = {name: value for name, value in os.environ.items() if "COV" not in name}

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "a.xlsx")],
        capture_output=True,
        check=True,
        text=True,
        env=plain,
    )

    told, own, children = json.loads(done.stdout)
    assert len(told) > 10
    assert all(told.values()), told
    assert own < 500
    assert children < 500


def examined(data: bytes) -> Preflight:
    found = preflight(data, "a.xlsx")
    assert isinstance(found, Preflight)
    return found


def codes(found: Preflight) -> list[str]:
    return [note.code for note in found.notes]


def test_notes__tell_of_what_is_hidden() -> None:
    before = '<cols><col min="1" max="1" hidden="1"/><col min="2" max="2"/></cols>'
    rows = '<row r="3" hidden="1"><c r="A3"><v>1</v></c></row>'
    data = book(
        sheet=sheet(rows, before=before),
        book=workbook('<sheet name="S" sheetId="1" state="veryHidden" r:id="rId1"/>'),
    )

    found = examined(data)

    assert codes(found) == [
        "intake.hidden_sheet",
        "intake.hidden_rows",
        "intake.hidden_columns",
    ]
    assert found.sheets[0].hidden
    assert found.sheets[0].scan.hidden_rows == {3}


def test_notes__hidden_empty_sheet_is_not_worth_a_word() -> None:
    data = book(
        sheet=sheet(),
        book=workbook('<sheet name="S" sheetId="1" state="hidden" r:id="rId1"/>'),
    )

    assert codes(examined(data)) == []


def test_notes__pictures_in_cells() -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f>'
        '<v>=DISPIMG("ID_1",1)</v></c></row>'
    )

    found = examined(book(sheet=sheet(rows)))

    assert codes(found) == ["intake.cell_pictures"]
    assert found.sheets[0].scan.pictures == {(1, 1)}


def test_notes__epoch_and_links() -> None:
    arrow = relation(9, "hyperlink", "https://example.org", "External")
    inner = relation(8, "hyperlink", "#S!A1")
    data = book(
        {"xl/worksheets/_rels/sheet1.xml.rels": relations(arrow, inner)},
        book=workbook(more='<workbookPr date1904="1"/>'),
    )

    found = examined(data)

    assert codes(found) == ["intake.hyperlinks", "intake.epoch_1904"]
    assert found.epoch_1904


def test_chart_sheet__is_left_out() -> None:
    arrows = relations(
        relation(1, "worksheet", "worksheets/sheet1.xml"),
        relation(2, "sharedStrings", "/xl/sharedStrings.xml"),
        relation(4, "chartsheet", "chartsheets/sheet1.xml"),
    )
    listed = (
        '<sheet name="S" sheetId="1" r:id="rId1"/>'
        '<sheet name="图" sheetId="2" r:id="rId4"/>'
    )
    data = book(
        {"xl/chartsheets/sheet1.xml": b"<chartsheet/>"},
        arrows=arrows,
        book=workbook(listed),
    )

    found = examined(data)

    assert codes(found) == ["intake.chart_sheet"]
    assert [one.name for one in found.sheets] == ["S"]


def test_other_parts__are_read_to_their_end() -> None:
    picture = bytes(range(256)) * 1000
    data = book(
        {
            "xl/media/image1.png": b"\x89PNG" + picture,
            "xl/drawings/vmlDrawing1.vml": b"<xml><br></xml>",
            "docProps/app.xml": b"<a/>",
            "xl/empty.bin": b"",
        }
    )

    assert codes(examined(data)) == []


def test_elements__are_counted_over_all_parts() -> None:
    few = replace(LIMITS, elements=60)
    data = book({f"xl/p{n}.xml": b"<a><b/><c/></a>" for n in range(20)})

    found = preflight(data, "a.xlsx", few)

    assert isinstance(found, Message)
    assert found.code == "intake.too_many_elements"


def test_missing_types__is_no_workbook() -> None:
    whole = parts()
    del whole["[Content_Types].xml"]
    from tests.intake.books import packed

    found = preflight(packed(whole), "a.xlsx")

    assert isinstance(found, Message)
    assert found.code == "intake.no_workbook"


def test_unsound_other_part__is_named() -> None:
    found = preflight(part_file("xl/a.vml", b"<a>\xff\xfe\xfd</a>"), "a.xlsx")

    assert isinstance(found, Message)
    assert found.code == "intake.odd_encoding"
    assert ("part", "xl/a.vml") in found.params


def test_preflight__buttons_may_stay_in_a_file_that_is_only_copied() -> None:
    data = part_file("xl/ctrlProps/ctrlProp1.xml", b"<x/>")
    refused = preflight(data, "x.xlsx")
    assert isinstance(refused, Message)
    assert refused.code == "intake.controls"
    assert isinstance(preflight(data, "x.xlsx", allowed=BUTTONS), Preflight)
    worse = part_file("xl/activeX/activeX1.xml", b"<x/>")
    assert isinstance(preflight(worse, "x.xlsx", allowed=BUTTONS), Message)
