"""The box of each kind of field: one table from kind to widget, complete by type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QCompleter
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QMenu
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from desktop.core.messages import Message
from desktop.forms.entry import NO
from desktop.forms.entry import SEPARATORS
from desktop.forms.entry import YES
from desktop.forms.entry import format_cell
from desktop.forms.entry import parse_entry
from desktop.forms.entry import state_of_key
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import CreditCodeField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TelephoneField
from desktop.forms.fields import TextField
from desktop.forms.fields import UnitField
from desktop.forms.fields import YesNoField

if TYPE_CHECKING:
    from desktop.forms.entry import Entry
    from desktop.forms.fields import Field

SEPARATOR: Final = "、"
_APART: Final = re.compile("|".join(map(re.escape, SEPARATORS)))


class TextBox(QLineEdit):
    """A line to type into; in a grid `place` is the cell it edits."""

    place: QPersistentModelIndex | None = None
    state_typed = Signal()
    """A key that stands for 不适用 or 不详 was typed by itself; the box says which."""

    def shown(self) -> str:
        """Give what stands in the box."""
        return self.text()

    def show_text(self, text: str) -> None:
        """Put a text into the box."""
        self.setText(text)

    def select_all(self) -> None:
        """Choose the whole text, so that typing replaces it."""
        self.selectAll()


class ChoiceBox(QComboBox):
    """One of a list: typed, found by any part of it, or picked."""

    place: QPersistentModelIndex | None = None
    state_typed = Signal()
    """As of a line to type into."""
    picked = Signal()
    """A choice was taken from the list or the finder; nothing more will be typed."""

    def __init__(self, choices: tuple[str, ...], parent: QWidget | None) -> None:
        """Offer the choices; the box begins empty."""
        super().__init__(parent)
        self._browsing = False
        self.activated.connect(self._activated)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(choices)
        self.setMaxVisibleItems(12)
        self.setCurrentIndex(-1)
        completer = QCompleter(choices, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def shown(self) -> str:
        """Give what stands in the box."""
        return self.currentText()

    def show_text(self, text: str) -> None:
        """Put a text into the box."""
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)

    def select_all(self) -> None:
        """Choose the whole text, so that typing replaces it."""
        line = self.lineEdit()
        if line is not None:
            line.selectAll()

    def _activated(self, _index: int) -> None:
        if not self._browsing:
            self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows look through the choices without taking one.

        Qt calls a choice activated at every press of an arrow.
        """
        self._browsing = event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        super().keyPressEvent(event)
        self._browsing = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave it to others to say what leaving means: Qt calls that activated too."""
        self._browsing = True
        super().focusOutEvent(event)
        self._browsing = False

    def wheelEvent(self, event: QEvent) -> None:
        """Leave the wheel to the page: a passing wheel must not change a figure."""
        event.ignore()


class SeveralBox(TextBox):
    """Several of a list: typed with 、 between them, or ticked in a menu (Alt+Down)."""

    def __init__(
        self, field: ChoicesField, choices: tuple[str, ...], parent: QWidget | None
    ) -> None:
        """Offer the choices."""
        super().__init__(parent)
        self._field, self._choices = field, choices
        self._open = QAction(self)
        self._open.triggered.connect(self.open_list)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        icon = self.style().standardIcon(self.style().StandardPixmap.SP_ArrowDown)
        self._open.setIcon(icon)

    def open_list(self) -> None:
        """Show the list to tick."""
        menu = QMenu(self)
        chosen, _ = self._chosen()
        for choice in self._choices:
            tick = menu.addAction(choice)
            tick.setCheckable(True)
            tick.setChecked(choice in chosen)
            tick.toggled.connect(lambda on, name=choice: self._tick(name, on=on))
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))
        menu.deleteLater()

    def _tick(self, choice: str, *, on: bool) -> None:
        chosen, strange = self._chosen()
        chosen = chosen | {choice} if on else chosen - {choice}
        kept = tuple(name for name in self._choices if name in chosen)
        known = [format_cell(self._field, kept)] if kept else []
        self.setText(SEPARATOR.join([*known, *strange]))

    def _chosen(self) -> tuple[set[str], list[str]]:
        """Tell what is chosen as typing is read, and what no choice is meant by.

        What cannot be read stays in the box: it is refused there, with the reason.
        """
        whole = parse_entry(self._field, self.text(), self._choices)
        if not isinstance(whole, Message):
            return set(whole) if isinstance(whole, tuple) else set(), []
        chosen: set[str] = set()
        strange = []
        for part in filter(None, map(str.strip, _APART.split(self.text()))):
            read = parse_entry(self._field, part, self._choices)
            if isinstance(read, tuple):
                chosen.update(read)
            else:
                strange.append(part)
        return chosen, strange

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with Alt+Down, as boxes with lists do."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self.open_list()
        else:
            super().keyPressEvent(event)


Box = TextBox | ChoiceBox | SeveralBox


def make_box(
    field: Field, choices: tuple[str, ...], parent: QWidget | None = None
) -> Box:
    """Make the box of a field."""
    match field:
        case IntegerField() | DecimalField():
            box = TextBox(parent)
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            return box
        case TextField() | UnitField() | CreditCodeField() | TelephoneField():
            return TextBox(parent)
        case DateField():
            box = TextBox(parent)
            box.setPlaceholderText("2025-12-31")
            return box
        case ChoiceField():
            return ChoiceBox(choices, parent)
        case YesNoField():
            return ChoiceBox((YES, NO), parent)
        case ChoicesField():
            return SeveralBox(field, choices, parent)
        case _:
            assert_never(field)


def read_box(box: Box, field: Field, choices: tuple[str, ...]) -> Entry:
    """Read what stands in a box as a cell, or say why it is refused."""
    return parse_entry(field, box.shown(), choices)


def watch_states(box: Box, field: Field) -> None:
    """Turn a key that stands for 不适用 or 不详 into the word once typed alone."""
    line = box.lineEdit() if isinstance(box, ChoiceBox) else box
    if line is not None:
        line.textEdited.connect(lambda text: _typed_state(box, field, text))


def _typed_state(box: Box, field: Field, text: str) -> None:
    state = state_of_key(field, text)
    if state is not None:
        box.show_text(format_cell(field, state))
        box.state_typed.emit()


def mark_box(box: Box, refused: Message | None) -> None:
    """Show that a box holds something that was refused, or no longer does."""
    wrong = refused is not None
    if bool(box.property("wrong")) != wrong:
        box.setProperty("wrong", wrong)
        box.style().unpolish(box)
        box.style().polish(box)


def name_box(box: Box, title: str) -> None:
    """Tell a screen reader which item a box is of.

    Qt gives the text of a list box in place of its name on Linux; the line in it,
    which has the focus, says the name everywhere.
    """
    box.setAccessibleName(title)
    line = box.lineEdit() if isinstance(box, ChoiceBox) else None
    if line is not None:
        line.setAccessibleName(title)


class LeftBox(QObject):
    """Tells when the person leaves a box, by focus or by Enter."""

    left = Signal()
    entered = Signal()

    def __init__(self, box: Box) -> None:
        """Watch a box."""
        super().__init__(box)
        box.installEventFilter(self)

    def eventFilter(self, box: QObject, event: QEvent) -> bool:
        """Hear focus and Enter."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        elif event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(box, event)
