from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.handover.receiving import agreeing
from desktop.app.handover.receiving import proving
from desktop.app.handover.receiving.agreeing import Agreeing
from desktop.app.handover.receiving.agreeing import Alike
from desktop.core.manifest import NAME
from desktop.core.manifest import NUMBER
from desktop.core.manifest import UNIT
from desktop.core.manifest import UNIT_NAME
from desktop.core.manifest import Line
from desktop.core.manifest import Manifest
from desktop.core.manifest import Place
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.core.manifest_match import located
from desktop.export.manifest.words import shown
from tests.core.test_manifest import STAMP

FIELDS = (("name", "名称"), ("beds", "床位"), ("open", "营业"))
ROWS = tuple(
    Line(f"k{at}", "310105", f"院{at}", (f"t:院{at}", f"n:{100 + at}", "b:1"))
    for at in range(1, 4)
)
TOTALS = Line("", "", "合计", ("t:合计", "n:306", None))
TABLE = Table("eci", "机构", TableKind.FORM, FIELDS, ROWS, TOTALS)
UNITS = (("310105", "长宁区"),)
PLACE = Place(
    "eci",
    "机构",
    3,
    1,
    ("甲", "乙", "丙", "", "1", "2"),
    (NUMBER, "name", UNIT_NAME, UNIT, "beds", "open"),
    foot="注：空格",
)

Rows = list[list[object]]


def sheet() -> Rows:
    body: Rows = [
        [at, f"院{at}", "长宁区", "310105", 100.0 + at, "是"] for at in range(1, 4)
    ]
    blank: list[object] = [""] * 6
    return [
        ["表", *blank[1:]],
        ["甲", "乙", "丙", "", "1", "2"],
        *body,
        ["", "合计", "", "", 306, ""],
        list(blank),
        ["注：空格", *blank[1:]],
        ["说明", *blank[1:]],
    ]


def agrees(rows: Rows, place: Place = PLACE, table: Table = TABLE) -> bool:
    texts = proving._Texts()  # noqa: SLF001 - as the process has it
    alike = Alike(shown, proving.text_of)
    found = Agreeing(dict(UNITS), alike).agrees(table, place, rows)
    if found:
        plain = proving._plain(rows, texts)  # noqa: SLF001 - as above
        manifest = Manifest(STAMP, (table,), UNITS)
        assert list(located(manifest, place, plain, shown)) == []
    return found


def test_agrees__as_written() -> None:
    assert agrees(sheet())
    rows = sheet()
    rows[1][4] = 1.0
    rows[3][1:3] = [" 院2 ", "长宁区 "]
    assert agrees(rows)
    assert agrees(sheet()[:6])
    named = replace(PLACE, holds=(NUMBER, NAME, *PLACE.holds[2:]))
    assert agrees(sheet(), named)


def test_agrees__no_lines() -> None:
    table = replace(TABLE, rows=(), totals=None)
    rows = sheet()
    assert not agrees(rows, PLACE, table)
    assert agrees([*rows[:2], *rows[6:]], PLACE, table)
    assert agrees(rows[:2], PLACE, table)


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (1, 1, "丁"),
        (2, 1, "别院"),
        (2, 2, "别处"),
        (2, 3, "310106"),
        (2, 4, 101.5),
        (2, 4, True),
        (2, 5, "否"),
        (5, 4, ""),
        (6, 0, "多"),
    ],
)
def test_agrees__a_cell_that_says_otherwise(
    row: int, column: int, value: object
) -> None:
    rows = sheet()
    rows[row][column] = value
    assert not agrees(rows)


def test_agrees__one_and_true_are_two() -> None:
    fields = (("beds", "床位"), ("open", "营业"))
    line = Line("k", "310105", "院", ("n:1", "n:1"))
    table = Table("eci", "机构", TableKind.FORM, fields, (line,))
    place = Place("eci", "机构", 2, 1, ("1", "2"), ("beds", "open"))
    assert agrees([["1", "2"], [1.0, 1]], place, table)
    assert not agrees([["1", "2"], [1.0, True]], place, table)


def test_agrees__what_stands_otherwise_is_left_to_a_closer_look() -> None:
    rows = sheet()
    assert not agrees(rows, replace(PLACE, lines=(("name", "名称"),)))
    assert not agrees(rows, replace(PLACE, column=2))
    assert not agrees(rows, replace(PLACE, row=1))
    assert not agrees(rows, replace(PLACE, row=40))
    assert not agrees(rows, replace(PLACE, holds=PLACE.holds[1:]))
    assert not agrees(rows, replace(PLACE, foot=""))
    assert not agrees([*rows[:3], [""] * 6, *rows[3:]])
    assert not agrees([*rows[:3], rows[4], rows[3], *rows[5:]])
    assert not agrees([[*row, "旁注"] for row in rows])


def test_alike__remembers_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "MOST", 2)
    known = Alike(shown, proving.text_of)
    for number in range(9):
        assert known.agree({(f"n:{number}", float(number), float)})
        assert not known.agree({(f"n:{number}", float(number), float), ("n:1", 2, int)})
        long = "长" * 99
        assert known.agree({(f"t:{long}", long, str)})
        assert not known.agree({(f"t:{long}", "短", str)})


TURNED = Place(
    "eci",
    "机构",
    2,
    1,
    ("甲", "乙", "1", "2"),
    ("", "", "k1", "k3"),
    lines=(("", "全部", ""), ("name", "名称", "—"), ("beds", "床位", "张")),
    foot="注：空格",
)


def turned() -> Rows:
    return [
        ["甲", "乙", "1", "2"],
        ["全部", "", "", ""],
        ["名称", "—", "院1", "院3"],
        ["床位", "张", 101.0, 103],
        [""] * 4,
        ["注：空格", "", "", ""],
    ]


def test_agrees__turned_over() -> None:
    assert agrees(turned(), TURNED)
    rows = turned()
    rows[2][0] = " 名称"
    rows[1][2] = "与谁都无关"
    assert agrees(rows, TURNED)
    unknown = replace(TURNED, holds=("", "", "k1", "k9"))
    assert agrees(turned(), unknown)


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (0, 2, "9"),
        (1, 0, "部分"),
        (2, 1, "张"),
        (2, 2, "院2"),
        (3, 3, 104),
        (3, 2, True),
        (3, 2, ""),
        (4, 0, "多"),
    ],
)
def test_agrees__turned_over__a_cell_that_says_otherwise(
    row: int, column: int, value: object
) -> None:
    rows = turned()
    rows[row][column] = value
    assert not agrees(rows, TURNED)


def test_agrees__turned_over__lines_elsewhere() -> None:
    rows = turned()
    assert not agrees([*rows[:2], rows[3], rows[2], *rows[4:]], TURNED)
    assert not agrees([*rows[:2], [""] * 4, *rows[2:]], TURNED)
    assert not agrees(rows[:3], TURNED)


VALUES = st.sampled_from(
    ["", "是", "院1", " 院1", 1, 1.0, True, 101, 101.0, "101", "0"]
)
TEXTS = st.sampled_from([None, "t:院1", "n:1", "n:101", "b:1", "b:0", "t:0", "t:是"])


@given(st.lists(st.tuples(TEXTS, VALUES, TEXTS, VALUES), min_size=1, max_size=3))
def test_agrees__never_where_the_full_comparison_finds_something(
    cells: list[tuple[str | None, object, str | None, object]],
) -> None:
    """`agrees` holds what it says against the full comparison."""
    lines = tuple(
        Line(f"{at}", "", "", (one[0], one[2])) for at, one in enumerate(cells)
    )
    fields = (("beds", "床位"), ("open", "营业"))
    table = Table("eci", "机构", TableKind.FORM, fields, lines)
    place = Place("eci", "机构", 2, 1, ("1", "2"), ("beds", "open"))
    rows: Rows = [["1", "2"], *([one[1], one[3]] for one in cells)]
    said = agrees(rows, place, table)
    spoken = all(one[1] != "" or one[3] != "" for one in cells)
    same = all(
        _sheet(meant) == _read(value)
        for one in cells
        for meant, value in (one[:2], one[2:])
    )
    assert said == (spoken and same)


def _sheet(meant: str | None) -> str:
    return meant[2:] if meant and meant.startswith("n:") else shown(meant)


def _read(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE"
    return f"{value:g}" if isinstance(value, int | float) else str(value).strip()
