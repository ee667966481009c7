from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.intake.limits import LIMITS
from desktop.intake.parts_scan import Relationships
from desktop.intake.parts_scan import SheetScan
from desktop.intake.parts_scan import WorkbookScan
from desktop.intake.refusal import RefusedError
from desktop.intake.table import Area
from desktop.intake.xml_scan import walk
from tests.intake.books import relation
from tests.intake.books import relations
from tests.intake.books import sheet
from tests.intake.books import workbook


def scanned(rows: str, after: str = "", strings: int = 0) -> SheetScan:
    scan = SheetScan(LIMITS, strings)
    walk([sheet(rows, after)], scan, LIMITS)
    return scan


def test_sheet__positions_may_be_left_out() -> None:
    scan = scanned("<row><c><v>1</v></c><c><f>A1</f><v>1</v></c></row><row><c/></row>")

    assert scan.cells == 2
    assert scan.formulas == {(1, 2)}
    assert scan.extent == (1, 2)


def test_sheet__an_empty_value_is_no_content() -> None:
    scan = scanned('<row r="1"><c r="A1"><v></v></c><c r="B1" t="str"><v/></c></row>')

    assert scan.cells == 0
    assert scan.extent == (0, 0)


def test_sheet__texts_in_place_and_elsewhere() -> None:
    rows = '<row r="4"><c r="C4" t="inlineStr"><is><t>x</t></is></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells><other>text</other>'

    scan = scanned(rows, merged)

    assert scan.extent == (4, 3)
    assert scan.merges == [Area(1, 1, 2, 2)]


def test_sheet__a_formula_of_a_validation_is_no_cell() -> None:
    after = "<dataValidation><f>A1</f></dataValidation><x><v>NaN</v></x>"

    scan = scanned('<row r="1"><c r="A1"><v>1</v></c></row>', after)

    assert scan.formulas == set()
    assert scan.cells == 1


def test_sheet__knows_how_many_strings_there_are() -> None:
    with pytest.raises(RefusedError):
        scanned('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')

    assert (
        scanned('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=1).cells == 1
    )


def test_relationships__targets_from_their_folder() -> None:
    scan = Relationships("xl/worksheets")
    walk(
        [
            relations(
                relation(1, "drawing", "../drawings/d1.xml"),
                relation(2, "table", "/xl/tables/t.xml"),
            )
        ],
        scan,
        LIMITS,
    )

    assert [one.target for one in scan.found] == [
        "xl/drawings/d1.xml",
        "xl/tables/t.xml",
    ]


@pytest.mark.parametrize(
    "target", ["", "../../../x.xml", "..\\x.xml", "http://x/y.xml", "a%2e.xml"]
)
def test_relationships__outside(target: str) -> None:
    with pytest.raises(RefusedError) as refused:
        walk([relations(relation(1, "table", target))], Relationships("xl"), LIMITS)

    assert refused.value.code == "intake.outside_target"


def test_workbook__knows_its_epoch() -> None:
    scan = WorkbookScan(LIMITS)
    walk([workbook(more='<workbookPr date1904="true"/>')], scan, LIMITS)

    assert scan.epoch_1904
    assert [one.name for one in scan.sheets] == ["S"]


def test_workbook__few_names_are_fine() -> None:
    scan = WorkbookScan(replace(LIMITS, names=1))
    walk([workbook(more="<definedName>a</definedName>")], scan, LIMITS)

    assert len(scan.sheets) == 1
