from __future__ import annotations

from desktop.export.template.book import Book
from desktop.export.template.grid import grid_of
from tests.export.template_books import STRESS_SHEET
from tests.export.template_books import packed
from tests.export.template_books import stress
from tests.export.template_books import stress_parts
from tests.export.template_books import worksheet


def test_grid__texts_formulas_and_neighbours() -> None:
    grid = grid_of(Book("x.xlsx", stress()), "综合表")
    assert (grid.rows, grid.columns) == (9, 4)
    assert grid.texts[4, 1] == "床位总数"
    assert grid.formulas == {(6, 2), (7, 2)}
    assert (grid.words((4, 1)), grid.words((4, 4)), grid.words((7, 2))) == (
        *("床位总数", "", ""),
    )
    # A1:D1 and C4:C5 are merged.
    assert grid.right_of((1, 1)) is None
    assert grid.right_of((5, 2)) == (4, 3)
    assert grid.below((1, 2)) == (2, 2)
    assert grid.below((9, 1)) is None
    assert grid.block((2, 2)) == (2, 2, 2, 2)


def test_grid__of_an_empty_sheet() -> None:
    parts = stress_parts()
    parts[STRESS_SHEET] = worksheet("")
    grid = grid_of(Book("x.xlsx", packed(parts)), "综合表")
    assert (grid.rows, grid.columns, grid.texts) == (0, 0, {})
