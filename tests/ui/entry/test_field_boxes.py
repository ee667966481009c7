from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QMenu
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.core.cells import Absent
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.forms.entry import format_cell
from desktop.ui.entry.field_boxes import Box
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import LeftBox
from desktop.ui.entry.field_boxes import SeveralBox
from desktop.ui.entry.field_boxes import TextBox
from desktop.ui.entry.field_boxes import make_box
from desktop.ui.entry.field_boxes import mark_box
from desktop.ui.entry.field_boxes import read_box
from tests.kinds import TEXT_KINDS
from tests.kinds import field_of_kind
from tests.kinds import kinds_pack
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.forms.fields import Field

EVERY_KIND = pytest.mark.parametrize("kind", TEXT_KINDS)


def choices_of(field: Field) -> tuple[str, ...]:
    return kinds_pack().choices("kinds", field.id)


def box_of(qtbot: QtBot, kind: str) -> tuple[Box, Field, tuple[str, ...]]:
    field = field_of_kind(kind)
    choices = choices_of(field)
    box = make_box(field, choices)
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    return box, field, choices


def type_into(box: Box, text: str) -> None:
    """Type a text over what stands in the box."""
    box.select_all()
    type_text(box, text)


# --- Every kind of field -----------------------------------------------------


@EVERY_KIND
def test_box__begins_empty_and_reads_as_blank(qtbot: QtBot, kind: str) -> None:
    box, field, choices = box_of(qtbot, kind)
    assert box.shown() == ""
    assert read_box(box, field, choices) is Absent.BLANK


@EVERY_KIND
def test_box__what_is_shown_is_read_again(qtbot: QtBot, kind: str) -> None:
    box, field, choices = box_of(qtbot, kind)
    text = TEXT_KINDS[kind][0]
    box.show_text(text)
    assert box.shown() == text
    cell = read_box(box, field, choices)
    assert not isinstance(cell, Message | Absent)
    assert format_cell(field, cell) == text


@EVERY_KIND
def test_box__what_is_typed_is_read(qtbot: QtBot, kind: str) -> None:
    box, field, choices = box_of(qtbot, kind)
    text = TEXT_KINDS[kind][0]
    type_into(box, text)
    cell = read_box(box, field, choices)
    assert not isinstance(cell, Message)
    assert format_cell(field, cell) == text


@EVERY_KIND
def test_box__typing_replaces_what_is_chosen(qtbot: QtBot, kind: str) -> None:
    box, _, _ = box_of(qtbot, kind)
    box.show_text(TEXT_KINDS[kind][0])
    type_into(box, "不详")
    assert box.shown() == "不详"


@EVERY_KIND
def test_box__emptied_it_reads_as_blank(qtbot: QtBot, kind: str) -> None:
    box, field, choices = box_of(qtbot, kind)
    box.show_text(TEXT_KINDS[kind][0])
    box.select_all()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert box.shown() == ""
    assert read_box(box, field, choices) is Absent.BLANK


@EVERY_KIND
def test_box__the_absent_answers_fit_every_kind(qtbot: QtBot, kind: str) -> None:
    box, field, choices = box_of(qtbot, kind)
    box.show_text("不适用")
    assert read_box(box, field, choices) is Absent.NOT_APPLICABLE
    box.show_text("不详")
    assert read_box(box, field, choices) is Absent.UNKNOWN


@pytest.mark.parametrize("kind", [k for k, (_, bad) in TEXT_KINDS.items() if bad])
def test_box__what_is_refused_stays_as_typed(qtbot: QtBot, kind: str) -> None:
    box, field, choices = box_of(qtbot, kind)
    bad = TEXT_KINDS[kind][1]
    assert bad is not None
    type_into(box, bad)
    refused = read_box(box, field, choices)
    assert isinstance(refused, Message)
    mark_box(box, refused)
    assert box.shown() == bad
    assert box.property("wrong") is True


@EVERY_KIND
def test_box__read_only_shows_its_text_and_takes_no_focus(
    qtbot: QtBot, kind: str
) -> None:
    box, _, _ = box_of(qtbot, kind)
    text = TEXT_KINDS[kind][0]
    box.show_text(text)
    box.setEnabled(False)
    box.setFocus()
    assert not box.hasFocus()
    assert box.shown() == text


@EVERY_KIND
def test_box__marks_come_and_go(qtbot: QtBot, kind: str) -> None:
    box, _, _ = box_of(qtbot, kind)
    mark_box(box, message("forms.entry.whole", text="x"))
    assert box.property("wrong") is True
    mark_box(box, message("forms.entry.whole", text="y"))
    assert box.property("wrong") is True
    mark_box(box, None)
    assert box.property("wrong") is False


@EVERY_KIND
def test_box__leaves_nothing_behind(qtbot: QtBot, kind: str) -> None:
    field = field_of_kind(kind)
    parent = QWidget()
    qtbot.addWidget(parent)
    box = make_box(field, choices_of(field), parent)
    watch = weakref.ref(box)
    box.deleteLater()
    free(box)
    assert not isValid(box)
    del box
    gc.collect()
    assert watch() is None
    assert every(parent, QWidget) == []


@EVERY_KIND
def test_box__tells_when_it_is_entered_and_left(qtbot: QtBot, kind: str) -> None:
    box, _, _ = box_of(qtbot, kind)
    box.activateWindow()
    qtbot.waitUntil(box.hasFocus)
    told: list[str] = []
    watch = LeftBox(box)
    watch.entered.connect(lambda: told.append("entered"))
    watch.left.connect(lambda: told.append("left"))
    box.clearFocus()
    box.setFocus()
    assert told == ["left", "entered"]
    assert watch.parent() is box


def test_make_box__each_kind_has_the_box_that_suits_it() -> None:
    kinds = {kind: type(make_box(field_of_kind(kind), ("甲",))) for kind in TEXT_KINDS}
    lists = {"choice": ChoiceBox, "yes_no": ChoiceBox, "choices": SeveralBox}
    assert kinds == {kind: lists.get(kind, TextBox) for kind in TEXT_KINDS}


def test_make_box__numbers_stand_to_the_right(qtbot: QtBot) -> None:
    right = Qt.AlignmentFlag.AlignRight
    for kind in ("integer", "decimal", "text", "date"):
        box, _, _ = box_of(qtbot, kind)
        assert isinstance(box, QLineEdit)
        assert bool(box.alignment() & right) is (kind in {"integer", "decimal"})


# --- Choosing from a list ----------------------------------------------------


@pytest.mark.parametrize("kind", ["choice", "yes_no"])
def test_choice__the_wheel_changes_nothing(qtbot: QtBot, kind: str) -> None:
    box, _, _ = box_of(qtbot, kind)
    text = TEXT_KINDS[kind][0]
    box.show_text(text)
    turn = QWheelEvent(
        QPointF(5, 5),
        box.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert box.shown() == text
    assert not turn.isAccepted(), "the page scrolls instead"


def test_choice__is_found_by_any_part(qtbot: QtBot) -> None:
    box, _, _ = box_of(qtbot, "choice")
    assert isinstance(box, ChoiceBox)
    finder = box.completer()
    assert finder is not None
    finder.setCompletionPrefix("类")
    assert finder.completionCount() == 3
    finder.setCompletionPrefix("丙")
    assert finder.currentCompletion() == "丙类"


def test_choice__typing_adds_nothing_to_the_list(qtbot: QtBot) -> None:
    box, _, _ = box_of(qtbot, "choice")
    assert isinstance(box, QComboBox)
    type_into(box, "丁类")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert [box.itemText(n) for n in range(box.count())] == ["甲类", "乙类", "丙类"]
    assert box.currentText() == "丁类"


def test_choice__a_text_that_is_no_choice_is_shown_as_it_is(qtbot: QtBot) -> None:
    """A cell of an older pack may hold what is no choice any more."""
    box, _, _ = box_of(qtbot, "choice")
    box.show_text("旧类")
    assert box.shown() == "旧类"
    box.show_text("丙类")
    assert isinstance(box, ChoiceBox)
    assert box.currentIndex() == 2


def tick(choice: str) -> None:
    """Tick a choice in the menu that opens, and close it."""

    def act() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        [action] = [one for one in menu.actions() if one.text() == choice]
        action.trigger()
        menu.close()

    QTimer.singleShot(0, act)


def test_several__ticks_stand_in_the_order_of_the_list(qtbot: QtBot) -> None:
    box, field, choices = box_of(qtbot, "choices")
    assert isinstance(box, SeveralBox)
    box.show_text("助医")
    tick("助餐")
    qtbot.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert box.shown() == "助餐、助医"
    assert read_box(box, field, choices) == ("助餐", "助医")
    tick("助医")
    box.open_list()
    assert box.shown() == "助餐"


def test_several__other_keys_are_typed(qtbot: QtBot) -> None:
    box, _, _ = box_of(qtbot, "choices")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    type_text(box, "助")
    assert box.shown() == "助"
    assert QApplication.activePopupWidget() is None


def test_several__the_menu_is_freed(qtbot: QtBot) -> None:
    box, _, _ = box_of(qtbot, "choices")
    assert isinstance(box, SeveralBox)
    tick("助浴")
    box.open_list()
    for menu in every(box, QMenu):
        free(menu)
    assert every(box, QMenu) == []


@pytest.mark.parametrize("typed", ["助餐，助医", "助餐,助医", "助餐；助医", "1、3"])
def test_several__the_menu_knows_what_was_typed_otherwise(
    qtbot: QtBot, typed: str
) -> None:
    box, field, choices = box_of(qtbot, "choices")
    assert isinstance(box, SeveralBox)
    box.show_text(typed)
    tick("助浴")
    box.open_list()
    assert read_box(box, field, choices) == ("助餐", "助浴", "助医")


def test_several__what_cannot_be_read_stays_to_be_mended(qtbot: QtBot) -> None:
    box, _, _ = box_of(qtbot, "choices")
    assert isinstance(box, SeveralBox)
    box.show_text("助医，助行")
    tick("助餐")
    box.open_list()
    assert box.shown() == "助餐、助医、助行"
