"""Rows set by their operators stand where another program finds them."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.export.pdf.columns import PAD
from desktop.export.pdf.columns import Head
from desktop.export.pdf.columns import Panel
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.fonts import Fonts
from desktop.export.pdf.glyphs import Lettering
from desktop.export.pdf.pen import SMALL
from desktop.export.pdf.pen import Pen
from desktop.export.pdf.rows import LINE
from desktop.export.pdf.rows import ONE_LINE
from desktop.export.pdf.rows import REMEMBERED
from desktop.export.pdf.rows import RowSetter
from desktop.export.report import Bar
from tests.export.samples import FONTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADS = (Head("左"), Head("中", align=0), Head("右", align=1), Head("名"))
PANEL = Panel((0, 1, 2, 3), (80.0, 80.0, 80.0, 60.0))
WORD = re.compile(r'<word xMin="([\d.]+)" .*? xMax="([\d.]+)" .*?>(.*)</word>')


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def words_of(path: Path, command: str) -> dict[str, tuple[float, float]]:
    """Say where another program sees each word begin and end."""
    done = subprocess.run(
        [command, "-bbox", path, "-"], check=True, capture_output=True, text=True
    )
    found = WORD.findall(done.stdout)
    return {word: (float(left), float(right)) for left, right, word in found}


def test_row__cells_stand_left_centred_and_right(
    tmp_path: Path, program: Callable[[str], str], fonts: Fonts
) -> None:
    path = tmp_path / "a.pdf"
    pen = Pen(path, fonts)
    setter = RowSetter(PANEL, HEADS, fonts, Face.SONG, frozenset({3}))
    codes = pen.codes(setter.face, SMALL)
    [row] = setter.operators([("院", "12", "3456", "甲乙丙丁戊己庚")], codes)
    pen.rows([codes.begin, f"1 0 0 1 100 500 Tm {row}"])
    pen.end_page()
    pen.save()
    pen.close()

    found = words_of(path, program("pdftotext"))
    assert found["院"][0] == pytest.approx(100 + PAD, abs=0.1)
    assert sum(found["12"]) / 2 == pytest.approx(100 + 80 + 40, abs=0.1)
    assert found["3456"][1] == pytest.approx(100 + 240 - PAD, abs=0.1)
    assert found["甲乙丙丁戊己庚"][0] == pytest.approx(100 + 240 + PAD, abs=0.1)


def test_height__by_the_columns_that_may_break(fonts: Fonts) -> None:
    setter = RowSetter(PANEL, HEADS, fonts, Face.SONG, frozenset({3}))

    assert not setter.even
    assert setter.height(("院", "1", "2", "甲乙")) == ONE_LINE
    assert setter.height(("院", "1", "2", "甲乙丙丁戊己庚")) == ONE_LINE + LINE
    assert RowSetter(PANEL, HEADS, fonts, Face.SONG, frozenset()).even


def test_row__of_some_columns_with_a_bar_and_nothing(fonts: Fonts) -> None:
    bar = Bar(Decimal(1), None, None, ">=", Decimal(2))
    panel = Panel((3, 1), (60.0, 80.0))
    setter = RowSetter(panel, HEADS, fonts, Face.SONG, frozenset({3}))
    codes = Lettering(fonts).codes(Face.SONG, SMALL)

    [row] = setter.operators([("甲", "", "乙", bar)], codes)

    assert row == "3.00 0 Td 60.00 0 Td"
    assert setter.height(("甲", "", "乙", bar)) == ONE_LINE


def test_memory__is_of_the_last_texts_alone(fonts: Fonts) -> None:
    setter = RowSetter(Panel((0,), (80.0,)), HEADS, fonts, Face.SONG, frozenset({0}))
    codes = Lettering(fonts).codes(Face.SONG, SMALL)
    rows = [(str(number),) for number in range(2 * REMEMBERED + 1)]

    first = list(setter.operators(rows, codes))
    again = list(setter.operators(rows, codes))

    assert first == again
    assert all(setter.height(row) == ONE_LINE for row in rows)
