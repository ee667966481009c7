from __future__ import annotations

import io
import json
import string
import sys
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as some

from desktop.core.messages import Message
from desktop.intake.limits import LIMITS
from desktop.intake.preflight import Preflight
from desktop.intake.preflight import preflight
from desktop.intake.source import read_source
from desktop.intake.table import CellMark
from desktop.intake.table import RawCell
from desktop.intake.table import RawValue
from desktop.intake.table import Source
from desktop.intake.table import Table
from desktop.intake.workbook import read_workbook
from desktop.intake.workbook import unescape
from tests.intake.books import ROW
from tests.intake.books import book
from tests.intake.books import sheet
from tests.intake.books import styles
from tests.intake.books import workbook

if TYPE_CHECKING:
    from pathlib import Path


def read(data: bytes, folder: Path) -> Table:
    path = folder / "a.xlsx"
    path.write_bytes(data)
    found = read_source(path)
    assert isinstance(found, Source), found
    return found.tables[0]


def cells(table: Table) -> dict[str, RawValue]:
    return {cell.address: cell.value for row in table.rows for cell in row}


def one(text: str, folder: Path, **more: bytes) -> RawCell:
    return read(book(sheet=sheet(f'<row r="1">{text}</row>'), **more), folder).rows[0][
        0
    ]


DAYS = styles(
    xfs='<xf/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="31" applyNumberFormat="1"/><xf numFmtId="46" applyNumberFormat="1"/>'
)


def test_read__texts_and_numbers(tmp_path: Path) -> None:
    found = read(book(), tmp_path)

    assert cells(found) == {
        "A1": "甲",
        "B1": Decimal("180.4"),
        "A2": "乙",
        "B2": Decimal(7),
    }


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Decimal(2), CellMark.FORMULA),
        ('<c r="A1"><f>1+1</f></c>', None, CellMark.FORMULA),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!", CellMark.ERROR),
        ('<c r="A1" t="b"><v>1</v></c>', True, None),
        ('<c r="A1" s="1"><v>43392</v></c>', date(2018, 10, 19), None),
        ('<c r="A1" s="1"><v>43392.5</v></c>', datetime(2018, 10, 19, 12), None),  # noqa: DTZ001
        ('<c r="A1" s="2"><v>43392</v></c>', date(2018, 10, 19), None),
        ('<c r="A1" s="3"><v>1.25</v></c>', "1 day, 6:00:00", None),
        ('<c r="A1" s="1"><v>10000000000</v></c>', "#VALUE!", CellMark.ERROR),
        ('<c r="A1" t="inlineStr"><is><t> a </t></is></c>', " a ", None),
        ('<c r="A1" t="str"><v>_x0041_b</v></c>', "_x0041_b", None),
        (
            '<c r="A1" t="str"><f>DISPIMG("ID",1)</f><v>=DISPIMG("ID",1)</v></c>',
            '=DISPIMG("ID",1)',
            CellMark.PICTURE,
        ),
    ],
)
def test_read__peculiar_cells(
    text: str, value: RawValue, mark: CellMark | None, tmp_path: Path
) -> None:
    found = one(text, tmp_path, styles=DAYS)

    assert (found.value, found.mark) == (value, mark)


def test_read__blank_text_between_readers(tmp_path: Path) -> None:
    rows = '<c r="A1" t="inlineStr"><is><t>  </t></is></c><c r="B1"><v>1</v></c>'

    found = read(book(sheet=sheet(f'<row r="1">{rows}</row>')), tmp_path)

    assert cells(found)["B1"] == Decimal(1)


def test_read__days_from_1904(tmp_path: Path) -> None:
    found = one(
        '<c r="A1" s="1"><v>41930</v></c>',
        tmp_path,
        styles=DAYS,
        book=workbook(more='<workbookPr date1904="1"/>'),
    )

    assert found.value == date(2018, 10, 19)


def test_read__two_sheets(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].append(["甲"])
    made.create_sheet("空")
    made.create_sheet("二").append([None, 5])
    out = tmp_path / "two.xlsx"
    made.save(out)

    found = read_source(out)

    assert isinstance(found, Source)
    assert [(one.sheet, cells(one)) for one in found.tables] == [
        ("Sheet", {"A1": "甲"}),
        ("空", {}),
        ("二", {"B1": Decimal(5)}),
    ]


VALUES: some.SearchStrategy[object] = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-(10**14), 10**14),
    some.decimals(-(10**9), 10**9, places=3),
    some.dates(date(1900, 3, 1), date(2199, 12, 31)),
    some.text(
        some.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")),
        min_size=1,
        max_size=20,
    ).filter(lambda text: text.strip() == text and not text.startswith(("=", "#"))),
)


def same(written: object, found: RawValue) -> bool:
    if isinstance(written, str):
        # Writers keep an escape as it is, and that is how we hand it on.
        return written == found
    return written == found and isinstance(found, bool) == isinstance(written, bool)


@given(some.lists(some.lists(VALUES, max_size=6), max_size=6))
@settings(max_examples=8)
def test_round_trip__a_written_table_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    made = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            made.worksheets[0].cell(number, column).value = value  # type: ignore[assignment]  # all these can be written
    out = io.BytesIO()
    made.save(out)

    found = cells(read(out.getvalue(), tmp_path_factory.mktemp("made")))

    wanted = {
        RawCell(number, column, None).address: value
        for number, row in enumerate(rows, start=1)
        for column, value in enumerate(row, start=1)
        if value is not None
    }
    assert found.keys() == wanted.keys()
    assert all(same(wanted[at], found[at]) for at in wanted)


SAMPLE = book(
    sheet=sheet(
        "".join(
            f'<row r="{n}"><c r="A{n}" t="s"><v>{n % 2}</v></c>'
            f'<c r="B{n}"><v>{n * 17}.5</v></c></row>'
            for n in range(1, 40)
        )
    )
)


@given(some.integers(0, len(SAMPLE) * 8 - 1))
@settings(max_examples=60)
def test_damage__never_a_wrong_number_and_never_a_traceback(bit: int) -> None:
    damaged = bytearray(SAMPLE)
    damaged[bit // 8] ^= 1 << bit % 8

    found = preflight(bytes(damaged), "a.xlsx")

    # What passes has every part's check sum right, so it is the same content.
    if isinstance(found, Preflight):
        sound = preflight(SAMPLE, "a.xlsx")
        assert isinstance(sound, Preflight)
        assert found.sheets[0].scan.cells == sound.sheets[0].scan.cells


@given(some.integers(0, len(SAMPLE) * 8 - 1))
@settings(max_examples=6)
def test_damage__what_is_read_is_what_was_there(
    tmp_path_factory: pytest.TempPathFactory, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("bits")
    damaged = bytearray(SAMPLE)
    damaged[bit // 8] ^= 1 << bit % 8
    path = folder / "damaged.xlsx"
    path.write_bytes(bytes(damaged))

    found = read_source(path)

    if isinstance(found, Source):
        assert cells(found.tables[0]) == cells(read(SAMPLE, folder))


def pretend(folder: Path, fast: object, careful: object) -> tuple[str, ...]:
    """Give a command whose two readers say what they are told to."""
    program = folder / "pretend.py"
    said = json.dumps({"fast": fast, "careful": careful})
    program.write_text(
        "import json, sys\n"
        f"said = json.loads({said!r})\n"
        "sys.stdin.buffer.read()\n"
        "for line in said[sys.argv[1]]: print(json.dumps(line))\n",
        encoding="utf-8",
    )
    return (sys.executable, str(program))


def output(kind: str, text: str, sheet_name: str = "S") -> list[object]:
    return [["sheet", 0, sheet_name], ["row", 1, [[2, kind, text]]], ["end", 1]]


EMPTY: list[object] = [["sheet", 0, "S"], ["end", 0]]


def judged(folder: Path, fast: object, careful: object) -> object:
    data = book(sheet=sheet(ROW))
    facts = preflight(data, "a.xlsx")
    assert isinstance(facts, Preflight)
    return read_workbook(data, facts, pretend(folder, fast, careful), LIMITS)


@pytest.mark.parametrize(
    ("fast", "careful"),
    [
        (output("n", "1"), output("n", "2")),
        (output("n", "0.1"), output("n", "0.10000000000000002")),
        (output("s", "a"), output("s", "b")),
        (output("n", "1"), EMPTY),
        (EMPTY, output("n", "1")),
        (EMPTY, output("s", "x")),
        (output("n", "1"), output("s", "1")),
        (output("d", "2018-10-19T00:00:00"), output("d", "2018-10-20T00:00:00")),
        (output("n", "43393"), output("d", "2018-10-19T00:00:00")),
        (output("t", "60.0"), output("t", "65.0")),
        (output("b", "1"), output("b", "0")),
        (output("s", "x"), output("e", "#N/A")),
    ],
)
def test_disagreement__names_sheet_and_cell(
    fast: object, careful: object, tmp_path: Path
) -> None:
    found = judged(tmp_path, fast, careful)

    assert isinstance(found, Message)
    assert found.code == "intake.readers_disagree"
    assert dict(found.params) == {"sheet": "S", "cell": "B1"}


@pytest.mark.parametrize(
    ("fast", "careful", "value"),
    [
        (output("n", "7.0"), output("n", "7"), Decimal(7)),
        (
            output("d", "2018-10-19T00:00:00"),
            output("n", "43392"),
            date(2018, 10, 19),
        ),
        (output("n", "43392"), output("d", "2018-10-19T00:00:00"), date(2018, 10, 19)),
        (output("s", "A"), output("s", " _x0041_"), " _x0041_"),
        (EMPTY, output("e", "#N/A"), "#N/A"),
        (EMPTY, output("s", "  "), "  "),
        (output("t", "60.0"), output("t", "60.2"), "0:01:00.200000"),
    ],
)
def test_agreement__in_spite_of_other_habits(
    fast: object, careful: object, value: RawValue, tmp_path: Path
) -> None:
    found = judged(tmp_path, fast, careful)

    assert isinstance(found, tuple)
    assert cells(found[0])["B1"] == value


def test_sheets__must_be_the_same(tmp_path: Path) -> None:
    other = output("n", "1", "T")

    found = judged(tmp_path, other, output("n", "1"))

    assert isinstance(found, Message)
    assert found.code == "intake.readers_disagree_on_sheets"


def test_reader__that_fails_is_a_verdict(tmp_path: Path) -> None:
    found = judged(tmp_path, output("n", "1"), [["sheet", 0, "S"]])

    assert isinstance(found, Message)
    assert found.code == "intake.reader_failed"


@given(some.text(string.ascii_letters + "_x0123456789"))
def test_unescape__leaves_what_is_no_escape(text: str) -> None:
    assert unescape(text) == text or "_x" in text


def test_unescape__ok() -> None:
    assert unescape("a_x000D_b_x0041_") == "a\rbA"
