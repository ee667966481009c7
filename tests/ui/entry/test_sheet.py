"""The grid's rows as pictures: shown again while nothing of them is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.edits import set_cell
from desktop.ui.entry.cell_painting import CellPainter
from desktop.ui.entry.grid_view import GridView
from desktop.ui.entry.roster_model import RosterModel
from tests.ui.desks import drain
from tests.ui.desks import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def grid(qtbot: QtBot, audited: Workplace) -> Iterator[GridView]:
    model = RosterModel(audited, "eci", audited.bridge)
    made = GridView(model, audited, None)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    drain(audited)
    yield made
    made.close()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the rows that are drawn anew."""
    rows: list[int] = []
    paint = CellPainter.paint

    def counting(*given: object) -> None:
        rows.append(1)
        paint(*given)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(CellPainter, "paint", counting)
    return rows


def test_rows__are_shown_again_without_being_drawn(
    grid: GridView, drawn: list[int]
) -> None:
    grid.viewport().repaint()
    drawn.clear()
    grid.viewport().repaint()
    assert drawn == []


def test_rows__one_that_changed_is_drawn_anew(
    grid: GridView, drawn: list[int], audited: Workplace
) -> None:
    grid.viewport().repaint()
    record = records(audited, "eci")[0]
    field = audited.form("eci").by_id["beds_total"]
    audited.session.apply(set_cell(record, field, 77)).result()
    drain(audited)
    drawn.clear()
    grid.viewport().repaint()
    grid.viewport().repaint()
    assert len(drawn) <= 2


def test_rows__other_colours_draw_all_of_them(
    grid: GridView, drawn: list[int], audited: Workplace
) -> None:
    from desktop.app.comfort import Comfort
    from desktop.app.comfort import Theme

    grid.viewport().repaint()
    drawn.clear()
    audited.look.choose(Comfort(theme=Theme.DARK))
    grid.viewport().repaint()
    assert drawn
