"""Last period's value and the signs of notes, as they are painted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtGui import QHelpEvent
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from PySide6.QtWidgets import QToolTip

from desktop.app.entry.cell_notes import comment
from desktop.app.entry.cell_notes import flag
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.ui.entry.beside_cells import BesideCells
from desktop.ui.entry.beside_rows import beside_of
from desktop.ui.entry.cell_delegate import CellDelegate
from desktop.ui.entry.roster_model import RosterModel
from tests.ui.desks import drain
from tests.ui.desks import records

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.entry.page import EntryPage
    from desktop.ui.entry.roster_model import CellLook
    from desktop.ui.workplace import Workplace

SPACE = QRect(7, 0, 86, 30)


class Board:
    """Paints single cells of the second year."""

    def __init__(self, qtbot: QtBot, work: Workplace) -> None:
        self.qtbot, self.work = qtbot, work
        self.model = RosterModel(work, "eci", work.bridge)
        drain(work)
        self.rows = beside_of(self.model)
        self.cells = BesideCells(self.rows, work, QObject(self.model))
        self.look: CellLook = self.model.look(self.index("beds_total"))

    def index(self, field: str = "beds_total"):  # type: ignore[no-untyped-def]  # noqa: ANN201 - Qt's own
        column = self.model.column_of(field)
        assert column is not None
        return self.model.index(0, column)

    def paint(self, field: str = "beds_total", **more: object) -> tuple[QImage, QRect]:
        """Give the picture, and the space that is left for the text."""
        index = self.index(field)
        self.qtbot.waitUntil(lambda: self.rows.at(index) is not None)
        image = QImage(100, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        look = replace(self.look, **more)  # type: ignore[arg-type]  # as the test says
        left = self.cells.paint(painter, SPACE, index, look)
        painter.end()
        return image, left

    def mark(self, *, flagged: bool = False, text: str = "") -> None:
        record = records(self.work, "eci")[0]
        field = self.work.form("eci").by_id["beds_total"]
        if flagged:
            self.work.session.apply(flag(record, field, flagged=True)).result()
        if text:
            self.work.session.apply(comment(record, field, "", text)).result()
        drain(self.work)


@pytest.fixture
def board(qtbot: QtBot, second_year: Workplace) -> Board:
    return Board(qtbot, second_year)


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_paint__nothing_before_it_is_read(board: Board) -> None:
    image = QImage(100, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    left = board.cells.paint(painter, SPACE, board.index("price"), board.look)
    painter.end()
    assert left == SPACE
    assert colours(image) == {"#ffffff"}


def test_prior__only_when_it_is_turned_on(board: Board) -> None:
    image, left = board.paint()
    assert colours(image) == {"#ffffff"}
    board.rows.toggle()
    shown, left = board.paint()
    assert colours(shown) != {"#ffffff"}
    assert left == SPACE, "a value of last period takes no room from this one's"
    assert board.cells.words(board.index()) == ["上年 100"]


def test_prior__gives_way_to_a_long_number(board: Board) -> None:
    board.rows.toggle()
    image, _ = board.paint(text="123456789012345678")
    assert colours(image) == {"#ffffff"}


@pytest.mark.parametrize("field", ["name", "price"])
def test_prior__none_of_words_and_of_what_was_blank(board: Board, field: str) -> None:
    board.rows.toggle()
    image, _ = board.paint(field)
    assert colours(image) == {"#ffffff"}


def jump() -> Finding:
    level, outcome = Level.WARNING, Outcome.FAILED
    fields = ("beds_total",)
    return Finding(
        "eci.price_jump", level, outcome, "eci", "u", "2026", None, fields, ""
    )


def test_prior__tinted_where_a_rule_asks_about_the_change(board: Board) -> None:
    board.rows.toggle()
    ink = QColor(board.work.look.colours.warning.ink).name()
    assert ink not in colours(board.paint()[0])
    board.qtbot.waitUntil(lambda: board.rows.asks(jump()))
    assert ink in colours(board.paint(findings=(jump(),))[0])
    other = replace(jump(), rule="eci.other")
    assert ink not in colours(board.paint(findings=(other,))[0])


def test_signs__a_letter_and_a_corner_each_and_room_for_the_text(board: Board) -> None:
    tones = board.work.look.colours
    board.mark(flagged=True)
    board.qtbot.waitUntil(lambda: board.paint()[1].left() > SPACE.left())
    flagged, one = board.paint()
    assert QColor(tones.warning.ink).name() in colours(flagged)
    assert QColor(tones.info.ink).name() not in colours(flagged)
    board.mark(text="按床位证填")
    board.qtbot.waitUntil(lambda: board.paint()[1].left() > one.left())
    both, _ = board.paint()
    assert QColor(tones.info.ink).name() in colours(both)
    assert board.cells.words(board.index())[1:] == [
        "待核：还要再看",
        "批注：按床位证填",
    ]


# --- Under the pointer ---------------------------------------------------------


def help_at(page: EntryPage, field: str, kind: QEvent.Type) -> bool:
    """Ask the delegate for help as the view does."""
    assert page.grid is not None
    assert page.model is not None
    column = page.model.column_of(field)
    assert column is not None
    index = page.model.index(0, column)
    place = page.grid.visualRect(index).center()
    event = QHelpEvent(kind, place, page.grid.viewport().mapToGlobal(place))
    delegate = page.grid.itemDelegate()
    return delegate.helpEvent(event, page.grid, QStyleOptionViewItem(), index)


def test_tip__what_stands_beside_the_cell(qtbot: QtBot, second_page: EntryPage) -> None:
    assert second_page.grid is not None
    delegate = second_page.grid.itemDelegate()
    assert isinstance(delegate, CellDelegate)
    qtbot.waitUntil(lambda: delegate.beside is not None)
    given, delegate.beside = delegate.beside, None
    assert help_at(second_page, "beds_total", QEvent.Type.ToolTip)
    assert "上年" not in QToolTip.text(), "nothing stands beside the first picture"
    delegate.beside = given

    def told() -> bool:
        help_at(second_page, "beds_total", QEvent.Type.ToolTip)
        return "上年 100" in QToolTip.text()

    qtbot.waitUntil(told)


def test_tip__other_help_is_left_to_qt(second_page: EntryPage) -> None:
    assert not help_at(second_page, "beds_total", QEvent.Type.WhatsThis)
