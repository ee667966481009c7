from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export.template.sheet import OddPartError
from desktop.export.template.sheet import SheetBytes
from desktop.export.template.sheet import area
from desktop.export.template.sheet import attributes_of
from desktop.export.template.sheet import cell_name
from desktop.export.template.sheet import column_letters
from desktop.export.template.sheet import column_number
from desktop.export.template.sheet import position
from tests.export.template_books import MAIN
from tests.export.template_books import worksheet

WHERE = st.tuples(st.integers(1, 12), st.integers(1, 30))


def written(name: str, value: int) -> bytes:
    return f'<c r="{name}"><v>{value}</v></c>'.encode()


def values(sheet: bytes) -> dict[tuple[int, int], str]:
    """Read the cells with Python's own parser, which insists on their order."""
    found: dict[tuple[int, int], str] = {}
    last = (0, 0)
    for cell in fromstring(sheet).iter(f"{{{MAIN}}}c"):  # noqa: S314 - our own
        where = position(cell.get("r", ""))
        assert where > last
        last = where
        if len(cell):
            found[where] = cell[0].text or ""
    return found


@given(
    there=st.dictionaries(WHERE, st.integers(0, 9) | st.none(), max_size=20),
    new=st.dictionaries(WHERE, st.integers(10, 99), max_size=12),
    closed=st.sets(st.integers(1, 12), max_size=3),
)
def test_patched__any_cells_into_any_sheet(
    there: dict[tuple[int, int], int | None],
    new: dict[tuple[int, int], int],
    closed: set[int],
) -> None:
    rows = ""
    for row in sorted({row for row, _ in there} | closed):
        cells = "".join(
            f'<c r="{cell_name(*where)}" s="1"'
            + ("/>" if value is None else f"><v>{value}</v></c>")
            for where, value in sorted(there.items())
            if where[0] == row
        )
        rows += f'<row r="{row}">{cells}</row>\n' if cells else f'<row r="{row}"/>'
    data = (
        worksheet(rows)
        if rows
        else worksheet("").replace(b"<sheetData></sheetData>", b"<sheetData/>")
    )
    sheet = SheetBytes(data)
    patches = [
        (*where, sheet.cell(*where), written(cell_name(*where), value))
        for where, value in new.items()
    ]
    meant = {where: str(value) for where, value in there.items() if value is not None}
    meant |= {where: str(value) for where, value in new.items()}
    assert values(sheet.patched(patches)) == meant
    assert sheet.patched([]) == data


def test_cells__another_prefix_other_quotes_and_no_names() -> None:
    data = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>'
        "<x:c s='2' r='D1'/><x:c t='str'><x:f>A1</x:f><x:v>x</x:v></x:c></x:row>"
        "<x:row r='7'/><x:row><x:c r='B8' t='b'><x:v>1</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    ).encode()
    sheet = SheetBytes(data)
    assert list(sheet.rows) == [1, 7, 8]
    assert list(sheet.cells(1)) == [1, 4, 5]
    assert sheet.cells(2) == {}
    assert sheet.cell(2, 1) is None
    assert sheet.row_head(2) == b""
    found = sheet.cell(1, 5)
    assert found is not None
    assert sheet.formula(found) == b"<x:f>A1</x:f>"
    assert [(row, column) for row, column, _ in sheet.formulas()] == [(1, 5)]
    second = sheet.cell(8, 2)
    assert second is not None
    assert sheet.text(second, ()) == "1"
    new = b'<x:c r="C7"/>'
    assert b"<x:row r='7'>" + new + b"</x:row>" in sheet.patched([(7, 3, None, new)])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="s"><v>1</v></c>', "乙"),
        ('<c r="A1" t="s"/>', ""),
        ('<c r="A1" t="s"><v/></c>', ""),
        ('<c r="A1"><v>1.50</v></c>', "1.50"),
        ('<c r="A1" t="str"><f>B1</f><v>a&amp;b</v></c>', "a&b"),
        (
            '<c r="A1" t="inlineStr"><is><t>床</t><rPh><t>c</t></rPh><r/></is></c>',
            "床",
        ),
    ],
)
def test_text__of_every_kind_of_cell(cell: str, text: str) -> None:
    sheet = SheetBytes(worksheet(f'<row r="1">{cell}</row>'))
    found = sheet.cell(1, 1)
    assert found is not None
    assert sheet.text(found, ("甲", "乙")) == text


def test_formula__none_in_text_that_looks_like_one() -> None:
    sheet = SheetBytes(worksheet('<row r="1"><c r="A1"><foo/></c></row>'))
    found = sheet.cell(1, 1)
    assert found is not None
    assert sheet.formula(found) == b""


@pytest.mark.parametrize(
    "data",
    [
        worksheet("").decode().encode("utf-16"),
        worksheet('<row r="1"><!-- x --></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v><![CDATA[x]]></v></c></row>'),
        worksheet('<row r="1"></row><!-- </sheetData> -->'),
        worksheet('<row r="1"></row>').partition(b"</sheetData>")[0],
        f'<worksheet xmlns="{MAIN}"/>'.encode(),
    ],
)
def test_sheet__error_odd_ways_of_writing(data: bytes) -> None:
    with pytest.raises(OddPartError):
        SheetBytes(data)


def test_elements__comments_outside_the_rows_are_stepped_over() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    after = f'<!-- <mergeCell ref="X1"/> -->{merged}'
    sheet = SheetBytes(worksheet("", '<dimension ref="A1"/>', after))
    assert list(sheet.elements(b"mergeCell")) == [{"ref": "A1:B2"}]
    assert sheet.element(b"mergeCell") is None
    found = sheet.element(b"dimension")
    assert found is not None
    assert attributes_of(found[0]) == {"ref": "A1"}


def test_names__of_cells_and_columns() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 16384)] == [
        *("A", "Z", "AA", "XFD")
    ]
    assert column_number("XFD") == 16384
    assert position("AB12") == (12, 28)
    assert area("$B$2:D5") == (2, 2, 5, 4)
    assert area("C3") == (3, 3, 3, 3)


def test_patched__a_sheet_that_had_no_rows_at_all() -> None:
    data = worksheet("").replace(b"<sheetData></sheetData>", b"<sheetData />")
    sheet = SheetBytes(data)
    new = written("B2", 7)
    assert sheet.patched([(2, 2, None, new)]) == data.replace(
        b"<sheetData />", b'<sheetData><row r="2">%b</row></sheetData>' % new
    )
