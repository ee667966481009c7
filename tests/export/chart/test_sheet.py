from __future__ import annotations

from typing import Any

from desktop.export.chart.sheet import Sheet
from desktop.export.chart.sheet import shortened
from desktop.export.chart.sheet import text_width
from desktop.export.chart.sheet import wrapped


def words(sheet: Sheet) -> list[tuple[str, float, str]]:
    contents: Any = sheet.drawing.contents
    return [(each.text, each.x, each.textAnchor) for each in contents]


def test_width__chinese_takes_an_em_and_other_letters_less() -> None:
    assert text_width("床位", 10) == 20
    assert text_width("55%", 10) < 20


def test_shortened__only_what_has_no_room() -> None:
    assert shortened("新华路街道", 60, 10) == "新华路街道"
    assert shortened("新华路街道办事处", 50, 10) == "新华路街…"
    assert shortened("新", 1, 10) == "…"


def test_wrapped__in_lines() -> None:
    assert wrapped("甲、乙、丙", 25, 10) == ("甲、", "乙、", "丙")


def test_clamped__words_stay_on_the_sheet() -> None:
    sheet = Sheet(100, 20)
    for at in (2, 50, 99):
        sheet.clamped(at, 4, "目标", 10, "#000000")
    assert words(sheet) == [
        ("目标", 0, "start"),
        ("目标", 50, "middle"),
        ("目标", 100, "end"),
    ]


def test_shapes__a_box_is_never_narrower_than_nothing() -> None:
    sheet = Sheet(100, 20)
    sheet.rect((0, 0, -5, 5), "#112233")
    drawing: Any = sheet.drawing
    [shape] = drawing.contents
    assert shape.width == 0
    assert shape.fillColor.hexval() == "0x112233"
    assert shape.strokeColor is None
