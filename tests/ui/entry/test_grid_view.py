from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QImage
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from desktop.app.entry.edits import add_record
from desktop.ui.entry.columns import NAME_WIDTH
from desktop.ui.entry.columns import width_of
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import TextBox
from desktop.ui.entry.grid_view import GridView
from desktop.ui.entry.roster_model import RosterModel
from tests import small
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import records
from tests.ui.desks import type_text
from tests.ui.entry.grids import Painted

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.entry.page import EntryPage
    from desktop.ui.workplace import Workplace

LAST = 54
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def grid(qtbot: QtBot, changning_work: Workplace) -> GridView:
    model = RosterModel(changning_work, "eci", changning_work.bridge)
    made = GridView(model, changning_work, None)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    drain(changning_work)
    made.setFocus()
    made.choose(0, 0)
    return made


def screen_of(grid: GridView) -> QImage:
    """Give what is on the screen of the rows; nothing is painted for it."""
    whole = grid.screen().grabWindow(grid.winId()).toImage()
    return whole.copy(grid.viewport().geometry())


def current(grid: GridView) -> tuple[int, int]:
    now = grid.currentIndex()
    return now.row(), now.column()


def box_in(view: QWidget) -> TextBox | ChoiceBox | None:
    """Give the box that is open in a view."""
    for box in every(view, QWidget, "cell.editor"):
        if box.isVisible() and isinstance(box, TextBox | ChoiceBox):
            return box
    return None


def open_box(grid: GridView) -> TextBox | ChoiceBox:
    found = box_in(grid)
    assert found is not None
    return found


def column(grid: GridView, field: str) -> int:
    found = grid.roster.column_of(field)
    assert found is not None
    return found


# --- Widths and the frozen column --------------------------------------------


def test_widths__the_first_ones_and_those_remembered(grid: GridView) -> None:
    fields = grid.roster.fields
    first = {field.id: width_of(field) for field in fields[1:]}
    assert grid.widths() == {fields[0].id: NAME_WIDTH, **first}
    grid.set_widths({fields[0].id: 300, fields[2].id: 99})
    assert grid.widths() == {fields[0].id: 300, **first, fields[2].id: 99}
    assert grid.frozen.columnWidth(0) == 300


def test_widths__two_clicks_on_an_edge_fit_the_column_and_sort_nothing(
    grid: GridView, qtbot: QtBot
) -> None:
    place, head = column(grid, "address"), grid.horizontalHeader()
    grid.scrollTo(grid.roster.index(0, place))
    grid.setColumnWidth(place, 40)
    edge = head.sectionViewportPosition(place) + head.sectionSize(place) - 2
    at = QPoint(edge, head.height() - 9)
    qtbot.mouseDClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert grid.columnWidth(place) > 120
    assert grid.roster.listing.order is None


def test_frozen__shows_the_first_column_only_and_at_its_place(grid: GridView) -> None:
    frozen = grid.frozen
    assert [n for n in range(LAST + 1) if not frozen.isColumnHidden(n)] == [0]
    left = frozen.mapTo(grid, QPoint(0, 0)).x()
    assert left == grid.viewport().x()
    assert frozen.width() >= grid.columnWidth(0)
    grid.setColumnWidth(0, 260)
    assert frozen.columnWidth(0) == 260
    grid.resize(700, 500)
    assert frozen.height() >= grid.viewport().height()
    grid.setColumnWidth(3, 222)
    assert frozen.columnWidth(0) == 260


def test_frozen__rows_stay_in_line_while_scrolling(grid: GridView) -> None:
    bar, theirs = grid.verticalScrollBar(), grid.frozen.verticalScrollBar()
    bar.setValue(120)
    assert theirs.value() == 120
    theirs.setValue(60)
    assert bar.value() == 60
    row = grid.rowAt(10)
    assert grid.frozen.rowAt(10) == row


@pytest.mark.parametrize("typed", ["", "7"])
def test_scroll__only_the_row_that_comes_is_painted(
    grid: GridView, qtbot: QtBot, typed: str
) -> None:
    """Beside the frozen column the picture is shifted, also where a box closes."""
    column = grid.roster.column_of("beds_total")
    assert column is not None
    last = grid.rowAt(grid.viewport().height() - 1) - 1
    assert grid.frozen.isVisible()
    grid.choose(last, column)
    qtbot.keyClicks(grid, typed)
    QCoreApplication.processEvents()
    painted = Painted(grid.viewport())
    grid.viewport().installEventFilter(painted)
    qtbot.keyClick(box_in(grid) or grid, Qt.Key.Key_Return)
    assert grid.verticalScrollBar().value() > 0
    qtbot.waitUntil(lambda: bool(painted.parts))
    assert painted.parts[0].height() <= 3 * grid.rowHeight(0)
    shown = screen_of(grid)
    grid.viewport().repaint()
    assert screen_of(grid) == shown, "it looks as if all had been painted"


def test_scroll__sideways_the_picture_is_shifted_too(
    grid: GridView, qtbot: QtBot
) -> None:
    assert grid.frozen.isVisible()
    QCoreApplication.processEvents()
    painted = Painted(grid.viewport())
    grid.viewport().installEventFilter(painted)
    grid.horizontalScrollBar().setValue(40)
    qtbot.waitUntil(lambda: bool(painted.parts))
    assert painted.parts[0].width() <= 60
    shown = screen_of(grid)
    grid.viewport().repaint()
    assert screen_of(grid) == shown


def test_frozen__one_current_cell_for_both(grid: GridView) -> None:
    assert grid.frozen.selectionModel() is grid.selectionModel()
    grid.choose(3, 0)
    assert grid.frozen.currentIndex().row() == 3
    grid.frozen.setFocus()
    assert grid.hasFocus(), "keys are the grid's"


def test_scroll__a_cell_is_shown_beside_the_frozen_column(grid: GridView) -> None:
    grid.choose(0, LAST)
    grid.choose(0, 2)
    left = grid.visualRect(grid.roster.index(0, 2)).left()
    assert left >= grid.columnWidth(0)
    before = grid.horizontalScrollBar().value()
    grid.choose(5, 0)
    assert grid.horizontalScrollBar().value() == before, "the name is always in sight"


def test_arrange__more_columns_stay_and_some_are_not_seen(grid: GridView) -> None:
    frozen, fields = grid.frozen, grid.roster.fields
    grid.arrange(3, {fields[4].id, fields[0].id})
    grid.set_widths({fields[1].id: 60})
    assert [n for n in range(LAST + 1) if not frozen.isColumnHidden(n)] == [0, 1, 2]
    assert frozen.columnWidth(1) == grid.columnWidth(1) == 60
    assert frozen.width() >= sum(grid.columnWidth(n) for n in range(3))
    assert grid.shown_columns() == [0, 1, 2, 3, *range(5, LAST + 1)]
    assert fields[4].id not in grid.widths()
    grid.choose(0, LAST)
    grid.choose(0, 3)
    left = grid.visualRect(grid.roster.index(0, 3)).left()
    assert left >= sum(grid.columnWidth(n) for n in range(3))
    before = grid.horizontalScrollBar().value()
    grid.choose(0, 2)
    assert grid.horizontalScrollBar().value() == before
    assert grid.open_box(grid.roster.index(0, 1))
    assert box_in(grid.frozen) is not None
    grid.choose(0, 4)
    assert current(grid) == (0, 3), "a hidden column gives way to the one before it"


# --- Going about -------------------------------------------------------------


def test_choose__only_cells_that_are_there(grid: GridView) -> None:
    grid.choose(4, 2)
    assert current(grid) == (4, 2)
    grid.choose(99, 0)
    assert current(grid) == (4, 2)


def test_step__stops_at_the_ends(grid: GridView) -> None:
    grid.step(-1, -1)
    assert current(grid) == (0, 0)
    grid.step(2, 3)
    assert current(grid) == (2, 3)
    grid.step(0, 0)
    assert current(grid) == (2, 3)
    grid.choose(26, LAST)
    grid.step(1, 1)
    assert current(grid) == (26, LAST)


def test_step__without_a_current_cell_stays(grid: GridView) -> None:
    grid.selectionModel().clear()
    grid.step(1, 0)
    assert not grid.currentIndex().isValid()


@pytest.mark.parametrize(
    ("key", "with_", "there"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, (6, 3)),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, (6, 3)),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, (4, 3)),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, (5, 4)),
        (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier, (5, 2)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, (6, 3)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (5, 4)),
        (Qt.Key.Key_Home, CONTROL, (0, 0)),
        (Qt.Key.Key_End, CONTROL, (26, LAST)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, (5, 0)),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, (5, LAST)),
    ],
)
def test_keys__as_in_a_spreadsheet(
    grid: GridView,
    qtbot: QtBot,
    key: Qt.Key,
    with_: Qt.KeyboardModifier,
    there: tuple[int, int],
) -> None:
    grid.choose(5, 3)
    qtbot.keyClick(grid, key, with_)
    assert current(grid) == there
    assert box_in(grid) is None


def test_chosen_rows__wholly_or_in_part_in_order(grid: GridView) -> None:
    select = QItemSelectionModel.SelectionFlag.Select
    for row, col in ((7, 3), (2, 1), (2, 5)):
        grid.selectionModel().select(grid.roster.index(row, col), select)
    assert grid.chosen_rows() == [0, 2, 7]


# --- Editing -----------------------------------------------------------------


def test_edit__typing_replaces_and_enter_saves_and_goes_down(
    grid: GridView, qtbot: QtBot, changning_work: Workplace
) -> None:
    beds = column(grid, "beds_nursing")
    grid.choose(0, beds)
    qtbot.keyClicks(grid, "4")
    qtbot.keyClicks(open_box(grid), "2")
    assert open_box(grid).shown() == "42"
    qtbot.keyClick(open_box(grid), Qt.Key.Key_Return)
    assert current(grid) == (1, beds)
    assert box_in(grid) is None
    assert grid.hasFocus(), "one can go on typing"
    drain(changning_work)
    assert records(changning_work, "eci")[0].cell("beds_nursing") == 42


def test_edit__a_whole_column_without_the_mouse(
    grid: GridView, qtbot: QtBot, changning_work: Workplace
) -> None:
    """Entries faster than the disk: each must be saved, none on an old view."""
    beds = column(grid, "beds_nursing")
    grid.choose(0, beds)
    for number in range(5):
        qtbot.keyClicks(grid, str(number))
        qtbot.keyClick(open_box(grid), Qt.Key.Key_Return)
    drain(changning_work)
    found = [each.cell("beds_nursing") for each in records(changning_work, "eci")[:5]]
    assert found == [0, 1, 2, 3, 4]


def test_edit__f2_opens_with_the_text(grid: GridView, qtbot: QtBot) -> None:
    beds = column(grid, "beds_total")
    grid.choose(0, beds)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    assert open_box(grid).shown() == grid.roster.index(0, beds).data()


def test_edit__the_name_is_edited_where_one_sees_it(
    grid: GridView, qtbot: QtBot, changning_work: Workplace
) -> None:
    grid.choose(0, 0)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    box = box_in(grid.frozen)
    assert box is not None
    box.select_all()
    type_text(box, "新名")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert current(grid) == (0, 1)
    drain(changning_work)
    assert records(changning_work, "eci")[0].cell("name") == "新名"


def test_edit__typing_into_the_name(grid: GridView, qtbot: QtBot) -> None:
    grid.choose(0, 0)
    qtbot.keyClicks(grid, "A")
    box = box_in(grid.frozen)
    assert box is not None
    assert box.shown() == "A"


def test_edit__a_program_opens_a_box(grid: GridView) -> None:
    beds = column(grid, "beds_total")
    assert grid.open_box(grid.roster.index(0, beds))
    assert box_in(grid) is not None


def test_edit__without_a_step_the_current_cell_stays(
    grid: GridView, qtbot: QtBot
) -> None:
    beds = column(grid, "beds_total")
    grid.choose(3, beds)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    with qtbot.assertNotEmitted(grid.stepped):
        qtbot.keyClick(open_box(grid), Qt.Key.Key_Escape)
    assert current(grid) == (3, beds)
    assert grid.hasFocus()


def test_edit__locked_cells_open_no_box(grid: GridView, qtbot: QtBot) -> None:
    grid.choose(0, column(grid, "area_code"))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    qtbot.keyClicks(grid, "3")
    assert box_in(grid) is None


def test_edit__asked_for_by_an_index_alone_opens_the_box(grid: GridView) -> None:
    beds = column(grid, "beds_total")
    grid.edit(grid.roster.index(0, beds))
    assert open_box(grid).shown() == grid.roster.index(0, beds).data()


def test_edit__a_double_click_opens_the_box(grid: GridView, qtbot: QtBot) -> None:
    beds = column(grid, "beds_total")
    grid.choose(2, beds)
    middle = grid.visualRect(grid.roster.index(2, beds)).center()
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(grid.viewport(), left, pos=middle)
    qtbot.mouseDClick(grid.viewport(), left, pos=middle)
    assert open_box(grid).shown() == grid.roster.index(2, beds).data()


def test_open_box__the_name_in_the_frozen_column(grid: GridView) -> None:
    assert grid.open_box(grid.roster.index(1, 0))
    assert box_in(grid.frozen) is not None


def test_typed__outlives_a_new_list_of_records(
    grid: GridView, qtbot: QtBot, changning_work: Workplace
) -> None:
    grid.choose(0, column(grid, "beds_nursing"))
    qtbot.keyClicks(grid, "4")
    qtbot.keyClicks(open_box(grid), "2")
    work = changning_work
    more = add_record(work.form("eci"), small.YEAR, small.COUNTY, "x", {"name": "新院"})
    with qtbot.waitSignal(grid.roster.listed):
        work.session.apply(more)
    drain(work)
    assert open_box(grid).shown() == "42"


def test_typed__is_saved_where_the_list_begins_anew(
    grid: GridView, qtbot: QtBot, changning_work: Workplace
) -> None:
    grid.choose(0, column(grid, "beds_nursing"))
    qtbot.keyClicks(grid, "4")
    grid.roster.beginResetModel()
    grid.roster.endResetModel()
    drain(changning_work)
    assert records(changning_work, "eci")[0].cell("beds_nursing") == 4


@pytest.mark.parametrize("field", ["name", "code"])
@pytest.mark.parametrize("composed", [True, False])
def test_input_method__begins_a_box_and_loses_no_letter(
    second_page: EntryPage, qtbot: QtBot, field: str, composed: bool
) -> None:
    grid = second_page.grid
    assert grid is not None
    column = grid.roster.column_of(field)
    assert column is not None
    grid.choose(0, column)
    grid.setFocus()
    for letters in ("j", "ji", "jia") if composed else ():
        _compose(letters)
    _compose("", "江")
    _compose("", "苏")
    with qtbot.waitSignal(second_page.work.bridge.saved, timeout=10_000):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "江苏" in [row.cell(field) for row in records(second_page.work, "eci")]


def _compose(letters: str, text: str = "") -> None:
    """Send what an input method sends: letters being composed, or a text."""
    event = QInputMethodEvent(letters, [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(QGuiApplication.focusObject(), event)
    QCoreApplication.processEvents()
