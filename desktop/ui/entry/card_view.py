"""One record as a card: groups of boxes, each saved when the person leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QToolTip
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.core.findings import RecordId
from desktop.core.messages import Message
from desktop.ui.desk import Place
from desktop.ui.entry.columns import is_locked
from desktop.ui.entry.field_boxes import Box
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import LeftBox
from desktop.ui.entry.field_boxes import make_box
from desktop.ui.entry.field_boxes import mark_box
from desktop.ui.entry.field_boxes import name_box
from desktop.ui.entry.field_boxes import read_box
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QHBoxLayout

    from desktop.forms.fields import Field
    from desktop.forms.model import Group
    from desktop.ui.entry.roster_model import CellLook
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.workplace import Workplace

COLUMNS: Final = 2
BOX_WIDTH: Final = 180


@dataclass(frozen=True)
class CardLine:
    """One field on the card."""

    field: Field
    title: QLabel
    box: Box
    measure: QLabel
    said: QLabel
    """What the audit says of the cell."""


class CardView(QScrollArea):
    """The record before the person, field by field."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Wait for a form."""
        super().__init__(parent)
        self.setObjectName("card")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._work = work
        self._model: RosterModel | None = None
        self._lines: dict[str, CardLine] = {}
        self._given: dict[str, tuple[int, str]] = {}
        """The row and text each box was given: what is typed over it stays."""
        self._row = -1
        self._filling = False
        self._head = parts.label("", "title", name="card.title")
        self._where = parts.label("", "muted", wrap=False, name="card.where")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fill)

        self._focused: Box | None = None
        self._scroll = QTimer(self)
        self._scroll.setSingleShot(True)
        self._scroll.setInterval(0)
        self._scroll.timeout.connect(self._scroll_there)

    def _scroll_there(self) -> None:
        if self._focused is not None:
            self.ensureWidgetVisible(self._focused, 0, 90)

    def open(self, model: RosterModel) -> None:
        """Take another form; its boxes are made when the card is first looked at."""
        self._model, self._row = model, -1
        self._lines = {}

    def _build(self, model: RosterModel) -> None:
        """Lay out the fields of a form."""
        self._lines, self._given = {}, {}
        self._focused = None
        self._head = parts.label("", "title", name="card.title")
        self._where = parts.label("", "muted", wrap=False, name="card.where")
        body = QWidget()
        column = parts.column(body, margin=tokens.PAGE_MARGIN, spacing=12)
        column.addLayout(self._top())
        for group in model.form.groups:
            column.addWidget(self._group(group))
        column.addStretch(1)
        self.setWidget(body)
        model.dataChanged.connect(self._changed)
        for listed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            listed.connect(self._follow)

    def _follow(self) -> None:
        """Stay with the record when others come or go before it."""
        place, model = self._work.desk.place, self._model
        row = None if model is None else model.row_of(place.record or RecordId(-1))
        self._row = self._row if row is None else row
        self._later.start()

    def _top(self) -> QHBoxLayout:
        say, icons, ask = self._work.say, self._work.icons, self._work.desk.asked.emit
        back = parts.button(
            say("Previous record"),
            lambda: ask("record.previous"),
            name="card.previous",
            icon=icons.icon("previous", tokens.ACCENT, 16),
        )
        on = parts.button(
            say("Next record"),
            lambda: ask("record.next"),
            name="card.next",
            icon=icons.icon("next", tokens.ACCENT, 16),
        )
        for made in (back, on):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return parts.row(self._head, self._where, back, on)

    def _group(self, group: Group) -> QWidget:
        frame, column = parts.surface()
        column.addWidget(parts.label(group.title, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        for place, field in enumerate(group.fields):
            cell = self._line(field)
            grid.addLayout(cell, place // COLUMNS, place % COLUMNS)
        for number in range(COLUMNS):
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)
        return frame

    def _line(self, field: Field) -> QVBoxLayout:
        model = self._model
        choices = model.choices[field.id] if model else ()
        box = make_box(field, choices)
        box.setObjectName(f"card.{field.id}")
        name_box(box, field.title)
        title = parts.label(field.title)
        title.setBuddy(box)
        measure = parts.label(field.measure or "", "muted", wrap=False)
        said = parts.label("", "bad")
        said.hide()
        line = CardLine(field, title, box, measure, said)
        self._lines[field.id] = line
        self._wire(line)
        cell = QVBoxLayout()
        cell.setSpacing(3)
        cell.addWidget(title)
        box.setMinimumWidth(BOX_WIDTH)
        cell.addLayout(parts.row(box, measure))
        cell.addWidget(said)
        cell.addStretch(1)
        return cell

    def _wire(self, line: CardLine) -> None:
        if is_locked(line.field) or not self._work.writable:
            _lock(line.box)
        else:
            left = LeftBox(line.box)
            left.left.connect(lambda: self._take(line))
            left.entered.connect(lambda: self._entered(line.field))
        line.box.installEventFilter(self)
        if isinstance(line.box, ChoiceBox):
            line.box.picked.connect(lambda: self._take(line))

    # --- Showing -----------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show a record and put the focus on a field."""
        model = self._model
        row = (
            None
            if model is None or place.record is None
            else model.row_of(place.record)
        )
        if row is not None and model is not None:
            if not self._lines:
                self._build(model)
            self._row = row
            self._fill()
            self._focus(place.field)

    def step(self, rows: int) -> None:
        """Go to another record, staying at the same field."""
        model = self._model
        if model is None or not 0 <= self._row + rows < len(model.ids):
            return
        self._take_focused()
        self._row += rows
        record = model.ids[self._row]
        field = self._work.desk.place.field
        self._work.desk.move(Place(model.form.id, record, field))
        self._fill()
        self._focus(field)

    def _focus(self, field: str | None) -> None:
        line = self._lines.get(field or "")
        if line is None or is_locked(line.field):
            line = next(
                (one for one in self._lines.values() if not is_locked(one.field)), None
            )
        if line is not None:
            line.box.setFocus()
            line.box.select_all()
            # New texts change heights: the place is known after the next layout.
            self._focused = line.box
            self._scroll.start()

    def _fill(self) -> None:
        """Write the record into the boxes; what is being typed stays."""
        model = self._model
        there = model is not None and 0 <= self._row < len(model.ids)
        if model is None or not there or not self._lines or self._filling:
            return
        self._filling = True
        for number, field in enumerate(model.fields):
            look: CellLook = model.look(model.index(self._row, number))
            self._fill_line(self._lines[field.id], look)
        total = len(model.ids)
        first = model.index(self._row, 0)
        self._head.setText(str(first.data() or self._work.say("No name yet")))
        self._where.setText(f"{self._row + 1} / {total}")
        self._filling = False

    def _fill_line(self, line: CardLine, look: CellLook) -> None:
        given = (self._row, look.text)
        if self._given.get(line.field.id) != given:
            self._given[line.field.id] = given
            line.box.show_text(look.text)
            mark_box(line.box, None)
        texts = "\n".join(each.text for each in look.findings)
        line.said.setText(texts)
        line.said.setVisible(bool(texts))
        if look.findings:
            tone = tokens.tone_of_level(look.findings[0].level)
            line.said.setStyleSheet(f"color: {tone.ink}; font-weight: normal;")
        for widget in (line.title, line.box, line.measure):
            widget.setVisible(not look.hidden or bool(look.text))

    def _changed(self, *_: object) -> None:
        self._later.start()

    # --- Taking entries ----------------------------------------------------

    def _entered(self, field: Field) -> None:
        model = self._model
        if model is not None and 0 <= self._row < len(model.ids):
            place = Place(model.form.id, model.ids[self._row], field.id)
            self._work.desk.move(place)

    def _take_focused(self) -> None:
        for line in self._lines.values():
            if line.box.hasFocus():
                self._take(line)

    def _take(self, line: CardLine) -> None:
        """Save what stands in a box, or say why it is refused."""
        index = self._index(line.field)
        if self._model is None or index is None or self._filling:
            return
        if not isValid(line.box):  # it loses the focus by being deleted
            return
        choices = self._model.choices[line.field.id]
        entry = read_box(line.box, line.field, choices)
        refused = entry if isinstance(entry, Message) else None
        mark_box(line.box, refused)
        if refused is not None:
            self._complain(line, refused)
        elif line.box.shown() != str(index.data() or ""):
            self._model.change(index, entry)  # type: ignore[arg-type]

    def _complain(self, line: CardLine, refused: Message) -> None:
        text = self._work.say.message(refused)
        line.said.setText(text)
        line.said.setStyleSheet(f"color: {tokens.ERROR.ink};")
        line.said.show()
        below = line.box.mapToGlobal(QPoint(0, line.box.height()))
        QToolTip.showText(below, text, line.box)

    def _index(self, field: Field) -> QModelIndex | None:
        model = self._model
        column = None if model is None else model.column_of(field.id)
        if model is None or column is None or not 0 <= self._row < len(model.ids):
            return None
        return model.index(self._row, column)

    def eventFilter(self, box: QObject, event: QEvent) -> bool:
        """Go on with Enter, as with Tab."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.focusNextPrevChild(not back)
                return True
        return super().eventFilter(box, event)


def _lock(box: Box) -> None:
    if isinstance(box, ChoiceBox):
        box.setEnabled(False)
    else:
        box.setReadOnly(True)
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
