from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from desktop.core.cells import Absent
from desktop.core.findings import Level
from desktop.ui.entry.finding import FindBar
from desktop.ui.entry.paste_preview import PastePreview
from desktop.ui.entry.unit_dialog import UnitDialog
from tests import asked
from tests.ui.desk_of import Hands
from tests.ui.desk_of import find
from tests.ui.desks import child
from tests.ui.desks import free

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from desktop.ui.application import Shell
    from desktop.ui.main_window import MainWindow


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    return Hands(window, qtbot)


def test_typing__saved_and_says_so(hands: Hands) -> None:
    hands.go("eci", 0, "beds_nursing")
    hands.enter("60")
    assert hands.cell(0, "beds_nursing") == 60
    saved = find(hands.window, QLabel, "saved")
    assert saved.text() == "已保存 09:30:05"
    assert hands.window.work.desk.place.record == hands.model.ids[1]


def test_wrong_cell__marked_with_the_words(hands: Hands) -> None:
    hands.go("eci", 0, "beds_nursing")
    hands.enter("9999")
    column = hands.model.column_of("beds_nursing")
    assert column is not None
    index = hands.model.index(0, column)

    def levels() -> set[Level]:
        return {each.level for each in hands.model.look(index).findings}

    hands.qtbot.waitUntil(lambda: Level.ERROR in levels())
    assert "不能大于总床位数" in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_refused_entry__keeps_the_text_and_the_box(hands: Hands) -> None:
    hands.go("eci", 0, "beds_nursing")
    hands.type("12x")
    editor = hands.editor()
    hands.qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.shown() == "12x"
    assert editor.property("wrong") is True
    hands.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(hands.no_editor)
    assert hands.cell(0, "beds_nursing") is Absent.BLANK


def test_choice__typed_by_its_number(hands: Hands) -> None:
    hands.go("eci", 0, "type")
    hands.enter("3")
    assert hands.cell(0, "type") == "养老院"


def test_name__edited_in_the_frozen_column(hands: Hands) -> None:
    hands.go("eci", 0, "name")
    hands.enter("x")
    assert hands.cell(0, "name") == "x"


def test_states__by_keys(hands: Hands) -> None:
    hands.go("eci", 0, "beds_nursing")
    hands.saved("edit.unknown")
    assert hands.cell(0, "beds_nursing") is Absent.UNKNOWN
    hands.saved("edit.not_applicable")
    assert hands.cell(0, "beds_nursing") is Absent.NOT_APPLICABLE
    hands.saved("edit.clear")
    assert hands.cell(0, "beds_nursing") is Absent.BLANK


def test_undo__named_in_the_menu_and_taken_back(hands: Hands) -> None:
    hands.go("eci", 0, "beds_nursing")
    hands.enter("60")
    undo = hands.window.menus.actions["edit.undo"]
    hands.qtbot.waitUntil(lambda: undo.text() == "撤销：修改 护理型床位数")
    hands.saved("edit.undo")
    assert hands.cell(0, "beds_nursing") is Absent.BLANK
    redo = hands.window.menus.actions["edit.redo"]
    hands.qtbot.waitUntil(lambda: redo.text() == "重做：修改 护理型床位数")
    hands.saved("edit.redo")
    assert hands.cell(0, "beds_nursing") == 60


def test_paste__a_block_is_one_step(hands: Hands) -> None:
    hands.go("eci", 0, "beds_available")
    QGuiApplication.clipboard().setText("90\t10\n80\t20\n")
    hands.saved("edit.paste")
    assert [hands.cell(row, "beds_nursing") for row in (0, 1)] == [10, 20]
    hands.saved("edit.undo")
    assert hands.cell(1, "beds_available") is Absent.BLANK


def test_paste__what_does_not_fit_is_listed(hands: Hands) -> None:
    hands.go("eci", 0, "beds_available")
    QGuiApplication.clipboard().setText("九十\n80")
    hands.ask("edit.paste")
    preview = find(hands.page, PastePreview)
    assert hands.cell(1, "beds_available") is Absent.BLANK
    with hands.qtbot.waitSignal(preview.destroyed):
        find(preview, QPushButton, "paste.fitting").click()
    hands.qtbot.waitUntil(lambda: hands.cell(1, "beds_available") == 80)


def test_copy__as_excel_does(hands: Hands) -> None:
    hands.go("eci", 0, "beds_total")
    hands.ask("edit.copy")
    assert QGuiApplication.clipboard().text() == "110"


def test_add_record__asks_for_the_unit(hands: Hands) -> None:
    hands.go("eci", 0, "name")
    hands.ask("record.add")
    dialog = find(hands.page, UnitDialog)
    find(dialog, QLineEdit, "unit.filter").setText("天山")
    assert find(dialog, QListWidget, "unit.list").currentItem().text() == "天山路街道"
    bridge = hands.window.work.bridge
    with hands.qtbot.waitSignals([bridge.saved, dialog.destroyed]):
        hands.qtbot.mouseClick(
            find(dialog, QPushButton, "unit.add"), Qt.MouseButton.LeftButton
        )
    hands.qtbot.waitUntil(lambda: len(hands.model.ids) == 28)
    hands.qtbot.waitUntil(lambda: hands.grid.currentIndex().row() == 27)


def test_remove_record__comes_back_with_undo(hands: Hands) -> None:
    hands.go("eci", 3, "name")
    name = hands.cell(3, "name")
    hands.saved("record.remove")
    hands.qtbot.waitUntil(lambda: len(hands.model.ids) == 26)
    hands.saved("edit.undo")
    hands.qtbot.waitUntil(lambda: len(hands.model.ids) == 27)
    names = {hands.cell(row, "name") for row in range(27)}
    assert name in names


def test_filter__by_name_and_unit(hands: Hands) -> None:
    hands.go("eci", 0, "name")
    find(hands.page, QLineEdit, "entry.find").setText("天山路街道")
    hands.qtbot.waitUntil(lambda: 0 < len(hands.model.ids) < 27)


def test_side_panel__explains_the_field(hands: Hands) -> None:
    hands.go("eci", 0, "beds_nursing")
    explanation = find(hands.window, QLabel, "side.explanation")
    assert explanation.text().startswith("总床位数当中的护理型床位")


def test_explanation__written_beside_the_cell(hands: Hands) -> None:
    hands.go("eci", 0, "beds_nursing")

    def box() -> QPlainTextEdit | None:
        found = cast("list[QPlainTextEdit]", hands.window.findChildren(QPlainTextEdit))
        shown = [each for each in found if each.isVisible()]
        return shown[0] if shown else None

    hands.qtbot.waitUntil(lambda: box() is not None)
    text = box()
    assert text is not None
    text.setPlainText("民政部门尚未认定，预计明年三月完成。")
    beside = text.parentWidget()
    assert beside is not None
    save = find(beside, QPushButton, "reason.save")
    with hands.qtbot.waitSignal(hands.window.work.bridge.saved):
        hands.qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    record = hands.model.record_at(0)
    assert record is not None
    notes = asked.notes(hands.window.work.session, record.key)
    assert "民政部门尚未认定，预计明年三月完成。" in notes.values()


def test_keyboard_only__from_cell_to_cell(hands: Hands) -> None:
    hands.go("eci", 0, "beds_available")
    hands.type("90")
    hands.qtbot.keyClick(hands.editor(), Qt.Key.Key_Tab)
    assert hands.window.work.desk.place.field == "beds_nursing"
    hands.enter("50")
    hands.qtbot.keyClick(
        hands.grid, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier
    )
    assert hands.grid.currentIndex().row() == 26
    hands.qtbot.keyClick(
        hands.grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier
    )
    assert hands.grid.currentIndex().row() == 0
    assert hands.cell(0, "beds_available") == 90


def test_widths__remembered(hands: Hands) -> None:
    hands.go("eci", 0, "name")
    hands.grid.setColumnWidth(2, 199)
    hands.go("area", 0, "urban_rural")
    hands.go("eci", 0, "name")
    assert hands.grid.columnWidth(2) == 199


def parts_of(hands: Hands) -> list[QObject]:
    """Give what a form brings: its model, its rows, both views and their heads."""
    grid = hands.grid
    rows = vars(hands.model)["_windows"]
    return [hands.model, rows, grid, grid.frozen, grid.head, grid.frozen.head]


def test_left__a_forms_grid_and_model_are_freed(hands: Hands) -> None:
    """Somebody who goes from form to form all day keeps one of them, not all."""
    hands.go("eci", 0, "beds_total")
    hands.model.filter("天山")
    parts = parts_of(hands)
    hands.go("area", 0, "urban_rural")
    for each in parts:
        if isValid(each):
            free(each)
    assert [isValid(each) for each in parts] == [False] * len(parts)
    left = [weakref.ref(each) for each in parts]
    parts.clear()
    del each
    gc.collect()
    assert [one() for one in left] == [None] * len(left)


def test_closed__the_page_and_all_in_it_are_freed(shell: Shell, hands: Hands) -> None:
    hands.go("eci", 0, "beds_total")
    hands.page.toggle_card()
    hands.window.work.desk.asked.emit("edit.replace")
    bar = child(hands.page, FindBar, "find")
    parts = [*parts_of(hands), hands.page, hands.page.card, hands.window, bar]
    with hands.qtbot.waitSignal(hands.window.destroyed):
        hands.window.close()
    assert [isValid(each) for each in parts] == [False] * len(parts)
