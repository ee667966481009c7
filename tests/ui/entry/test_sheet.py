"""A view paints its rows at once, and shows their pictures again while they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from desktop.app.entry.finding import Found
from desktop.ui.desk import Place
from desktop.ui.entry.cell_view import CellView
from desktop.ui.entry.sheet import KEPT
from desktop.ui.entry.sheet import Sheet
from desktop.ui.look.colours import LIGHT
from tests.ui.desks import drain
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


class Counted:
    """Counts the rows that are painted cell by cell."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows: list[int] = []
        paint = Sheet._paint_row  # noqa: SLF001 - what a picture saves

        def counted(sheet: Sheet, *given: object) -> None:
            row = given[1]
            self.rows.append(row.place)  # type: ignore[attr-defined]  # a band
            paint(sheet, *given)  # type: ignore[arg-type]  # as they came

        monkeypatch.setattr(Sheet, "_paint_row", counted)

    def taken(self) -> list[int]:
        found, self.rows = sorted(set(self.rows)), []
        return found


@pytest.fixture
def hand(qtbot: QtBot, changning_work: Workplace) -> Hand:
    changning_work.desk.move(Place("eci"))
    made = Hand(qtbot, changning_work)
    delegate = made.grid.delegate
    qtbot.waitUntil(lambda: delegate.beside is not None)
    delegate.beside = None  # what stands beside has tests of its own
    return made


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def repaint(hand: Hand) -> None:
    hand.grid.viewport().repaint()


def test_paint__a_row_is_painted_again_only_when_it_is_another(
    hand: Hand, counted: Counted
) -> None:
    repaint(hand)
    counted.taken()
    repaint(hand)
    assert counted.taken() == []
    column = hand.column("beds_total")
    hand.model.change(hand.model.index(2, column), 7)
    repaint(hand)
    assert counted.taken() == [2]


def test_paint__a_single_cell_makes_no_picture_of_its_row(
    hand: Hand, counted: Counted
) -> None:
    hand.grid.choose(2, hand.column("beds_total"))
    repaint(hand)
    sheet = hand.grid._sheet  # noqa: SLF001 - what it keeps
    kept = dict(sheet._strips)  # noqa: SLF001 - same
    counted.taken()
    index = hand.model.index(2, hand.column("beds_total"))
    hand.model.change(index, 7)
    hand.grid.viewport().repaint(hand.grid.visualRect(index))
    assert counted.taken() == [2]
    assert sheet._strips == kept  # noqa: SLF001 - same


def test_paint__what_is_chosen_shows(hand: Hand, counted: Counted) -> None:
    hand.choose(0, 0, "beds_total")
    repaint(hand)
    counted.taken()
    hand.choose(3, 4, "beds_total")
    repaint(hand)
    assert counted.taken() == [3, 4], "the picture of the row left is still true"
    where = hand.grid.visualRect(hand.model.index(4, hand.column("beds_total")))
    image = hand.grid.viewport().grab().toImage()
    assert image.pixelColor(where.left() + 2, where.bottom() - 2) != QColor(LIGHT.paper)


def test_paint__hits_are_marked_by_more_than_a_colour(
    hand: Hand, counted: Counted
) -> None:
    repaint(hand)
    counted.taken()
    beds, name = hand.column("beds_total"), hand.column("name")
    hand.choose(5, 5, "beds_total")
    hand.grid.show_hits(Found.at([(3, beds), (5, beds), (4, name)]))
    repaint(hand)
    assert set(counted.taken()) >= {3, 4, 5}
    image = hand.grid.viewport().grab().toImage()

    def colour(row: int, side: int, above: int) -> str:
        where = hand.grid.visualRect(hand.model.index(row, beds))
        at = image.pixelColor(where.left() + side, where.bottom() - above)
        return at.name().upper()

    assert colour(3, 2, 8) == LIGHT.found.tint
    assert colour(3, 2, 2) == LIGHT.found.ink, "a line below"
    assert colour(4, 2, 8) == LIGHT.paper
    assert colour(5, 3, 12) == LIGHT.found.ink, "a ring around the current one"
    assert colour(3, 3, 12) == LIGHT.found.tint
    hand.grid.show_hits(None)
    repaint(hand)
    assert set(counted.taken()) >= {3, 4, 5}


def test_paint__other_colours_and_widths_are_other_pictures(
    hand: Hand, counted: Counted
) -> None:
    column = hand.column("beds_total")
    hand.choose(0, 0, "beds_total")
    repaint(hand)
    counted.taken()
    hand.grid.setColumnWidth(column, hand.grid.columnWidth(column) + 20)
    repaint(hand)
    assert 0 in counted.taken()


def test_paint__no_more_pictures_are_kept_than_needed(hand: Hand) -> None:
    sheet = hand.grid._sheet  # noqa: SLF001 - what it keeps
    repaint(hand)
    strip = next(iter(sheet._strips.values()))  # noqa: SLF001 - same
    sheet._strips = dict.fromkeys(range(-KEPT, 0), strip)  # type: ignore[arg-type]  # noqa: SLF001
    repaint(hand)
    assert 0 < len(sheet._strips) < KEPT  # noqa: SLF001 - same


def test_paint__between_whole_pixels_cells_are_painted_each_time(
    hand: Hand, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    repaint(hand)
    counted.taken()
    monkeypatch.setattr(CellView, "devicePixelRatioF", lambda _: 1.25)
    repaint(hand)
    assert 0 in counted.taken()


def test_paint__rows_that_are_not_read_yet_have_no_picture(
    hand: Hand, counted: Counted
) -> None:
    windows = hand.model._windows  # noqa: SLF001 - as before the ledger has answered
    windows._rows.clear()  # noqa: SLF001 - same
    hand.grid._sheet._strips.clear()  # noqa: SLF001 - same
    repaint(hand)
    assert 0 in counted.taken()
    assert hand.grid._sheet._strips == {}  # noqa: SLF001 - same


def test_ahead__the_row_that_comes_into_sight_next_is_drawn_already(hand: Hand) -> None:
    grid, sheet = hand.grid, hand.grid._sheet  # noqa: SLF001 - what it draws
    column = hand.column("beds_total")
    grid.choose(0, column)
    drain(hand.work)
    strips = sheet._strips  # noqa: SLF001 - the pictures it keeps
    strips.clear()
    repaint(hand)
    last = grid.rowAt(grid.viewport().height() - 1)
    record = hand.model.ids[last + 1]
    assert record not in strips
    sheet.draw_ahead()
    ahead = strips[record].picture
    grid.choose(last + 1, column)
    repaint(hand)
    assert grid.rowAt(grid.viewport().height() - 1) == last + 1
    assert strips[record].picture is ahead, "the chosen cell is painted over it"


def test_ahead__is_drawn_when_nothing_has_been_painted_for_a_moment(
    hand: Hand, counted: Counted
) -> None:
    last = hand.grid.rowAt(hand.grid.viewport().height() - 1)
    hand.grid._sheet._strips.clear()  # noqa: SLF001 - as in the beginning
    counted.taken()
    repaint(hand)
    assert last + 1 not in counted.rows
    hand.qtbot.waitUntil(lambda: last + 1 in counted.rows)


def test_ahead__nothing_where_there_are_no_more_rows(
    hand: Hand, counted: Counted
) -> None:
    hand.grid.resize(hand.grid.width(), 20_000)
    repaint(hand)
    counted.taken()
    hand.grid._sheet.draw_ahead()  # noqa: SLF001 - what it draws
    assert counted.taken() == []
    hand.model.filter("no such name")
    hand.qtbot.waitUntil(lambda: not hand.model.ids)
    counted.taken()
    hand.grid._sheet.draw_ahead()  # noqa: SLF001 - same
    assert counted.taken() == []


def test_paint__beyond_the_last_row_and_column_there_is_paper(hand: Hand) -> None:
    hand.grid.resize(20_000, 20_000)
    repaint(hand)
    image = hand.grid.viewport().grab().toImage()
    assert image.pixelColor(image.width() - 3, 3) == QColor(LIGHT.paper)
    assert image.pixelColor(3, image.height() - 3) == QColor(LIGHT.paper)
