from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QMenu
from PySide6.QtWidgets import QPushButton

from desktop.app.entry.listing import Marked
from desktop.core.cells import BLANK
from desktop.store.conditions import Between
from desktop.store.records import Order
from desktop.ui.desk import Place
from desktop.ui.entry.arranging import Arranging
from desktop.ui.entry.column_chooser import ColumnChooser
from desktop.ui.entry.filter_bar import FilterBar
from desktop.ui.entry.filter_dialog import FilterDialog
from desktop.ui.entry.unit_dialog import UnitDialog
from tests.ui.desk_of import Hands
from tests.ui.desk_of import find
from tests.ui.desks import child
from tests.ui.desks import every

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    found = Hands(window, qtbot)
    found.go("eci", 0, "beds_total")
    return found


def beds(hands: Hands) -> list[int]:
    """Read the beds of all rows in their order; those without are left out."""
    found = [hands.cell(row, "beds_total") for row in range(len(hands.model.ids))]
    return [each for each in found if isinstance(each, int)]


def listing(hands: Hands, command: str) -> None:
    """Trigger a command and wait for the other list."""
    with hands.qtbot.waitSignal(hands.model.listed):
        hands.ask(command)


def marked(hands: Hands) -> Marked | None:
    return hands.model.listing.marked


def hint(hands: Hands) -> str:
    return find(hands.page, QLabel, "entry.hint").text()


def chips(hands: Hands) -> list[str]:
    [bar] = every(hands.page, FilterBar)
    shown = [each for each in every(bar, QPushButton) if each.isVisible()]
    return [each.text() for each in shown]


def click_head(hands: Hands, field: str, *, frozen: bool = False) -> None:
    column = hands.model.column_of(field)
    assert column is not None
    head = hands.grid.frozen.head if frozen else hands.grid.head
    x = head.sectionViewportPosition(column) + 20
    with hands.qtbot.waitSignal(hands.model.listed):
        hands.qtbot.mouseClick(head.viewport(), LEFT, pos=QPoint(x, head.height() - 8))


# --- In what order -----------------------------------------------------------


def test_sort__by_keys_up_down_and_as_entered(hands: Hands) -> None:
    entered = beds(hands)
    record = hands.model.ids[3]
    hands.go("eci", 3, "beds_total")
    listing(hands, "view.sort_up")
    assert beds(hands) == sorted(entered)
    assert hands.window.work.desk.place.record == record, "the person stays with it"
    assert hands.grid.currentIndex().row() == hands.model.row_of(record)
    listing(hands, "view.sort_down")
    assert beds(hands) == sorted(entered, reverse=True)
    listing(hands, "view.sort_off")
    assert beds(hands) == entered


def test_sort__a_click_on_the_head_turns_it_round(hands: Hands) -> None:
    orders = []
    for _ in range(3):
        click_head(hands, "beds_total")
        orders.append(hands.model.listing.order)
    assert orders == [Order("beds_total"), Order("beds_total", descending=True), None]
    click_head(hands, "name", frozen=True)
    assert hands.model.listing.order == Order("name")


def test_sort__an_edit_leaves_the_row_where_it_is(hands: Hands) -> None:
    listing(hands, "view.sort_down")
    first = hands.model.ids[0]
    hands.go("eci", 0, "beds_total")
    hands.enter("1")
    assert hands.model.ids[0] == first
    listing(hands, "view.sort_down")
    assert hands.model.ids[-1] != first or len(beds(hands)) == len(hands.model.ids)
    assert beds(hands)[-1] == 1


def test_sort__is_remembered(hands: Hands) -> None:
    listing(hands, "view.sort_down")
    hands.go("area", 0, "urban_rural")
    hands.window.work.desk.move(Place("eci"))
    hands.qtbot.waitUntil(lambda: len(hands.model.ids) == 27)
    assert beds(hands)[0] == max(beds(hands))


def test_sort__by_a_field_another_pack_has_not_is_none(
    hands: Hands, qtbot: QtBot
) -> None:
    habits = hands.window.work.habits
    part = f"columns.{hands.window.work.pack.id}.eci"
    habits.keep(habits.now.arranged(part, '{"sort": ["gone", true]}'))
    assert Arranging(hands.page).remembered("eci").sort is None


# --- Which records -----------------------------------------------------------


def test_filter__by_a_column_shown_above_and_taken_off(hands: Hands) -> None:
    hands.ask("view.filter_column")
    dialog = find(hands.page, FilterDialog)
    child(dialog, QLineEdit, "filter.low").setText("100")
    child(dialog, QLineEdit, "filter.high").setText("200")
    with hands.qtbot.waitSignals([hands.model.listed, dialog.destroyed]):
        child(dialog, QPushButton, "filter.keep").click()
    few = len(hands.model.ids)
    assert 0 < few < 27
    assert all(100 <= each <= 200 for each in beds(hands))
    assert hint(hands) == f"筛选后 {few} / 共 27 条"
    assert chips(hands) == ["总床位数：100 至 200", "清除全部"]
    with hands.qtbot.waitSignal(hands.model.listed):
        child(hands.page, QPushButton, "filters.0").click()
    assert len(hands.model.ids) == 27
    assert not every(hands.page, FilterBar)[0].isVisible()


def test_filter__by_a_unit(hands: Hands) -> None:
    hands.ask("view.filter_unit")
    dialog = find(hands.page, UnitDialog)
    assert dialog.windowTitle() == "只看一个单位"
    find(dialog, QLineEdit, "unit.filter").setText("天山")
    with hands.qtbot.waitSignal(hands.model.listed):
        hands.qtbot.mouseClick(find(dialog, QPushButton, "unit.add"), LEFT)
    assert 0 < len(hands.model.ids) < 27
    assert chips(hands) == ["单位：天山路街道", "清除全部"]


def test_filter__by_findings_and_everything_again(hands: Hands) -> None:
    hands.go("eci", 2, "beds_nursing")
    hands.enter("9999")
    bridge = hands.window.work.bridge
    wrong = hands.model.ids[2]
    hands.qtbot.waitUntil(lambda: bool(bridge.board.of("eci", wrong)))
    listing(hands, "view.marked_errors")
    assert list(hands.model.ids) == [wrong]
    listing(hands, "view.marked_any")
    assert len(hands.model.ids) == 27, "blanks are asked about everywhere"
    listing(hands, "view.marked_unexplained")
    assert marked(hands) is Marked.UNEXPLAINED
    listing(hands, "view.marked_unexplained")
    assert marked(hands) is None, "asked for again, it is off"
    listing(hands, "view.marked_errors")
    find(hands.page, QLineEdit, "entry.find").setText("没有")
    hands.qtbot.waitUntil(lambda: not hands.model.ids)
    listing(hands, "view.filter_off")
    assert len(hands.model.ids) == 27
    assert find(hands.page, QLineEdit, "entry.find").text() == ""


def test_filter__gives_way_to_what_is_sought(hands: Hands) -> None:
    record = hands.model.ids[20]
    hands.model.list_by(
        hands.model.listing.filtered("beds_total", Between("beds_total", 9_000))
    )
    hands.qtbot.waitUntil(lambda: not hands.model.ids)
    hands.window.work.desk.seek(Place("eci", record, "beds_total"))
    hands.qtbot.waitUntil(lambda: hands.grid.currentIndex().row() == 20)


def test_filter__gives_way_to_a_new_record(hands: Hands) -> None:
    listing(hands, "view.sort_down")
    hands.model.list_by(
        hands.model.listing.filtered("beds_total", Between("beds_total", 300))
    )
    hands.qtbot.waitUntil(lambda: len(hands.model.ids) < 27)
    hands.ask("record.add")
    find(find(hands.page, UnitDialog), QPushButton, "unit.add").click()
    hands.qtbot.waitUntil(lambda: len(hands.model.ids) == 28)
    newest = max(hands.model.ids)
    hands.qtbot.waitUntil(lambda: hands.window.work.desk.place.record == newest)
    assert hands.model.listing.order is not None


def test_search__waits_for_a_pause(hands: Hands) -> None:
    box = find(hands.page, QLineEdit, "entry.find")
    with hands.qtbot.assertNotEmitted(hands.model.listed, wait=30):
        box.setText("天")
        box.setText("天山")
    hands.qtbot.waitUntil(lambda: hands.model.listing.text == "天山")


# --- Which columns -----------------------------------------------------------


def test_freeze__beside_the_name_and_back(hands: Hands) -> None:
    before = hands.model.fields
    hands.ask("view.freeze")
    assert [field.id for field in hands.model.fields[:2]] == ["name", "beds_total"]
    assert hands.grid.staying == 2
    shown = [n for n in range(4) if not hands.grid.frozen.isColumnHidden(n)]
    assert shown == [0, 1]
    width = hands.grid.columnWidth(0) + hands.grid.columnWidth(1)
    assert hands.grid.frozen.width() >= width
    assert hands.window.work.desk.place.field == "beds_total"
    assert hands.grid.currentIndex().column() == 1
    hands.ask("view.freeze")
    assert hands.model.fields == before
    assert hands.grid.staying == 1


def test_freeze__no_more_than_there_is_room_for(hands: Hands) -> None:
    hands.grid.setColumnWidth(4, 2000)
    hands.go("eci", 0, hands.model.fields[4].id)
    hands.ask("view.freeze")
    assert hands.grid.staying == 1
    assert hint(hands).startswith("左边放不下")
    hands.go("eci", 0, "name")
    hands.ask("view.freeze")
    assert hands.grid.staying == 1, "the name stays anyway"


def test_hide__and_shown_again_to_who_is_taken_there(hands: Hands) -> None:
    column = hands.model.column_of("beds_total")
    assert column is not None
    hands.ask("view.hide")
    assert hands.grid.isColumnHidden(column)
    assert column not in hands.grid.shown_columns()
    assert hands.grid.currentIndex().column() == column - 1
    hands.grid.step(0, 1)
    assert hands.grid.currentIndex().column() == column + 1, "steps pass it over"
    hands.window.work.desk.seek(Place("eci", hands.model.ids[4], "beds_total"))
    assert not hands.grid.isColumnHidden(column)
    assert hands.grid.currentIndex().column() == column
    hands.go("eci", 0, "name")
    hands.ask("view.hide")
    assert not hands.grid.isColumnHidden(0)


def test_columns__chosen_and_remembered(hands: Hands) -> None:
    hands.grid.setColumnWidth(2, 199)
    third = hands.model.fields[2].id
    hands.ask("view.columns")
    dialog = find(hands.page, ColumnChooser)
    listed = child(dialog, QListWidget, "columns.list")
    listed.setCurrentRow(1)
    child(dialog, QPushButton, "columns.down").click()
    listed.item(0).setCheckState(Qt.CheckState.Unchecked)
    with hands.qtbot.waitSignal(dialog.destroyed):
        child(dialog, QPushButton, "columns.keep").click()
    assert hands.model.column_of(third) == 3
    assert hands.grid.isColumnHidden(1)
    hands.go("area", 0, "urban_rural")
    hands.go("eci", 0, "name")
    assert hands.model.column_of(third) == 3
    assert hands.grid.columnWidth(3) == 199
    assert hands.grid.isColumnHidden(1)


def test_ends__pass_hidden_columns_over(hands: Hands, qtbot: QtBot) -> None:
    last = hands.model.columnCount() - 1
    hands.go("eci", 0, hands.model.fields[last].id)
    hands.ask("view.hide")
    hands.grid.setFocus()
    for key, there in ((Qt.Key.Key_Home, (0, 0)), (Qt.Key.Key_End, (26, last - 1))):
        qtbot.keyClick(hands.grid, key, Qt.KeyboardModifier.ControlModifier)
        now = hands.grid.currentIndex()
        assert (now.row(), now.column()) == there


def test_chosen_rows__of_hundreds_of_cells_by_their_ranges(hands: Hands) -> None:
    hands.grid.selectAll()
    assert hands.grid.chosen_rows() == list(range(27))
    hands.grid.selectionModel().select(
        hands.model.index(3, 2), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert hands.grid.chosen_rows() == [3]


# --- Menus -------------------------------------------------------------------


def actions(menu: QMenu) -> dict[str, QAction]:
    return {each.objectName(): each for each in menu.actions() if each.objectName()}


def test_menu__of_a_column_is_about_that_column(hands: Hands) -> None:
    head = hands.grid.head
    column = hands.model.column_of("beds_total")
    assert column is not None
    hands.grid.choose(0, 1)
    hands.grid.scrollTo(hands.model.index(0, column))
    place = QPoint(head.sectionViewportPosition(column) + 5, 10)
    head.customContextMenuRequested.emit(place)
    menu = find(hands.page, QMenu, "commands")
    assert hands.window.work.desk.place.field == "beds_total"
    with hands.qtbot.waitSignal(hands.model.listed):
        actions(menu)["view.sort_up"].trigger()
    assert hands.model.listing.order == Order("beds_total")
    with hands.qtbot.waitSignal(menu.destroyed):
        menu.close()
    head.customContextMenuRequested.emit(QPoint(999_999, 10))
    assert every(hands.page, QMenu, "commands") == []


def test_menu__of_cells_is_about_what_is_chosen(hands: Hands) -> None:
    column = hands.model.column_of("beds_total")
    assert column is not None
    hands.grid.choose(1, column)
    inside = hands.grid.visualRect(hands.model.index(1, column)).center()
    hands.grid.selectionModel().select(
        hands.model.index(2, column), QItemSelectionModel.SelectionFlag.Select
    )
    hands.grid.customContextMenuRequested.emit(inside)
    menu = find(hands.page, QMenu, "commands")
    assert hands.grid.chosen_rows() == [1, 2], "what was chosen stays chosen"
    assert actions(menu)["edit.copy"].text() == "复制\tCtrl+C"
    assert actions(menu)["record.flag"].isEnabled()
    actions(menu)["edit.clear"].trigger()
    with hands.qtbot.waitSignal(menu.destroyed):
        menu.close()
    hands.qtbot.waitUntil(
        lambda: hands.model.look(hands.model.index(1, column)).cell is BLANK
    )


def test_menu__of_a_cell_elsewhere_goes_there(hands: Hands) -> None:
    hands.grid.choose(0, 1)
    name = hands.grid.frozen.visualRect(hands.model.index(3, 0)).center()
    hands.grid.frozen.customContextMenuRequested.emit(name)
    menu = find(hands.page, QMenu, "commands")
    now = hands.grid.currentIndex()
    assert (now.row(), now.column()) == (3, 0)
    with hands.qtbot.waitSignal(menu.destroyed):
        menu.close()
    hands.grid.customContextMenuRequested.emit(QPoint(5, 999_999))
    assert every(hands.page, QMenu, "commands") == []


def test_menu__by_its_key_at_the_current_cell(hands: Hands) -> None:
    hands.grid.choose(2, 1)
    hands.grid.setFocus()
    place = hands.grid.visualRect(hands.model.index(2, 1)).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard,
        place,
        hands.grid.viewport().mapToGlobal(place),
    )
    QApplication.sendEvent(hands.grid, event)
    menu = find(hands.page, QMenu, "commands")
    now = hands.grid.currentIndex()
    assert (now.row(), now.column()) == (2, 1)
    with hands.qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_menu__of_filters_tells_the_keys(hands: Hands) -> None:
    find(hands.page, QPushButton, "tool.filter").click()
    menu = find(hands.page, QMenu, "commands")
    assert actions(menu)["view.filter_column"].text() == "按此列筛选…\tAlt+Down"
    with hands.qtbot.waitSignal(menu.destroyed):
        menu.close()
