from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export.pdf.columns import PAD
from desktop.export.pdf.columns import STRETCH
from desktop.export.pdf.columns import Head
from desktop.export.pdf.columns import Table
from desktop.export.pdf.columns import listed
from desktop.export.pdf.columns import measure
from desktop.export.pdf.columns import panels
from desktop.export.pdf.columns import wider
from desktop.export.pdf.fonts import Fonts
from desktop.export.report import Bar
from tests.export.samples import FONTS


def test_natural__by_the_longest_cell_within_limits() -> None:
    rows: list[tuple[str | Bar, ...]] = [
        ("短", "很长很长很长很长很长的名称", "", "12"),
        ("短", "名称", Bar(None, None, None, "", 1), "123456"),  # type: ignore[arg-type]
    ]
    heads = (
        Head("甲"),
        Head("乙", widest=50),
        Head("条", narrowest=100),
        Head("床位\n（平方公里）"),
    )
    table = Table(heads, 1, 2, listed(rows))

    narrow, wide, bar, measured = measure(table, Fonts(FONTS)).natural

    assert narrow == 24 + 2 * PAD
    assert wide == 50 + 2 * PAD
    assert bar == 100 + 2 * PAD
    assert measured == pytest.approx(6 * 9 + 2 * PAD)


def test_measure__a_text_with_lines_is_wider_than_any_column() -> None:
    rows: list[tuple[str | Bar, ...]] = [("甲乙\n丙", "111")]
    table = Table((Head("名"), Head("数", widest=40)), 1, 1, listed(rows))

    measures = measure(table, Fonts(FONTS))
    (panel,) = panels(measures.natural, 1, 500)

    assert wider(panel, measures) == {0}
    assert not measures.barred


def test_panels__one_when_it_fits_stretched_to_the_frame() -> None:
    (panel,) = panels((50, 50, 50), 1, 180)

    assert panel.columns == (0, 1, 2)
    assert panel.width == pytest.approx(180)


def test_panels__a_small_table_is_not_blown_up() -> None:
    (panel,) = panels((20, 20), 1, 500)

    assert panel.width == pytest.approx(40 * STRETCH)


@given(
    st.lists(st.floats(20, 120), min_size=2, max_size=60),
    st.floats(300, 800),
)
def test_panels__every_column_once_behind_the_stub(
    widths: list[float], frame: float
) -> None:
    parts = panels(tuple(widths), 1, frame)

    assert all(panel.columns[0] == 0 for panel in parts)
    shown = [column for panel in parts for column in panel.columns[1:]]
    assert shown == list(range(1, len(widths)))
    assert all(panel.width <= frame + 0.01 for panel in parts)
