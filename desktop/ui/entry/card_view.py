"""One record as a card: groups of boxes, each saved when the person leaves it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QElapsedTimer
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.core.findings import RecordId
from desktop.core.messages import Message
from desktop.ui.desk import Place
from desktop.ui.entry.beside_rows import beside_of
from desktop.ui.entry.card_line import CardLine
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import LeftBox
from desktop.ui.entry.field_boxes import mark_box
from desktop.ui.entry.field_boxes import read_box
from desktop.ui.look import parts
from desktop.ui.look import tokens
from desktop.ui.look.icons import of_accent

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QHBoxLayout

    from desktop.forms.fields import Field
    from desktop.forms.model import Group
    from desktop.ui.entry.beside_rows import BesideRows
    from desktop.ui.entry.field_boxes import Box
    from desktop.ui.entry.roster_model import CellLook
    from desktop.ui.entry.roster_model import RosterModel
    from desktop.ui.workplace import Workplace

COLUMNS: Final = 2
COLUMN_WIDTH: Final = 300
"""With less room than that, in pixels at standard letters, there is one column."""
SLICE_MS: Final = 5
"""How long boxes are made before the window hears the person again."""
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up)


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
        self._beside: BesideRows | None = None
        self._lines: dict[str, CardLine] = {}
        self._waiting: deque[tuple[QGridLayout, int, Field]] = deque()
        self._sought: str | None = None
        """The field that is to have the focus once its box is there."""
        self._builder = QTimer(self)
        self._builder.setSingleShot(True)
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._build_some)
        self._columns = COLUMNS
        self._row = -1
        self._filling = False
        work.look.changed.connect(self._lay_out_again)
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
        self._lines, self._waiting = {}, deque()
        self._beside = beside_of(model)
        self._beside.changed.connect(self._changed)
        model.dataChanged.connect(self._changed)
        for listed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            listed.connect(self._follow)

    @property
    def ready(self) -> bool:
        """Whether every box is there."""
        return bool(self._lines) and not self._waiting

    def _build(self, model: RosterModel) -> None:
        """Lay out the groups of a form; the boxes come a few at a time."""
        self._lines, self._focused = {}, None
        room = self.viewport().width() - 4 * tokens.PAGE_MARGIN
        narrow = room < COLUMNS * self._work.look.px(COLUMN_WIDTH)
        self._columns = 1 if narrow else COLUMNS
        self._head = parts.label("", "title", name="card.title")
        self._where = parts.label("", "muted", wrap=False, name="card.where")
        body = QWidget()
        column = parts.column(body, margin=tokens.PAGE_MARGIN, spacing=12)
        column.addLayout(self._top())
        self._waiting = deque()
        for group in model.form.groups:
            column.addWidget(self._group(group))
        column.addStretch(1)
        self.setWidget(body)
        self._build_some()

    def _build_some(self) -> None:
        """Make boxes for as long as nobody notices; a form may have a hundred."""
        since, made = QElapsedTimer(), []
        since.start()
        while self._waiting and since.elapsed() < SLICE_MS:
            grid, place, field = self._waiting.popleft()
            made.append(self._line(field))
            grid.addWidget(made[-1], place // self._columns, place % self._columns)
        self._fill(made)
        if self._waiting:
            self._builder.start()
        elif self._sought is not None:
            self._focus(self._sought)

    def _lay_out_again(self) -> None:
        """Measure anew when the letters have another size."""
        model = self._model
        if model is None or not self._lines:
            return
        self._take_focused()
        self._lines, self._waiting = {}, deque()
        if self.isVisible():
            self.show_place(self._work.desk.place)

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
            icon=icons.icon("previous", of_accent),
        )
        on = parts.button(
            say("Next record"),
            lambda: ask("record.next"),
            name="card.next",
            icon=icons.icon("next", of_accent),
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
        self._waiting += [(grid, n, field) for n, field in enumerate(group.fields)]
        for number in range(self._columns):
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)
        return frame

    def _line(self, field: Field) -> CardLine:
        model = self._model
        line = CardLine(self._work, field, model.choices[field.id] if model else ())
        self._lines[field.id] = line
        if not line.locked:
            left = LeftBox(line.box)
            left.left.connect(lambda: self._take(line))
            left.entered.connect(lambda: self._entered(field))
            line.box.state_typed.connect(lambda: self._take(line))
        line.box.installEventFilter(self)
        if isinstance(line.box, ChoiceBox):
            line.box.picked.connect(lambda: self._take(line))
        return line

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
            self._row = row
            if self._lines:
                self._fill()
            else:
                self._build(model)
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
        self._sought = field if self._waiting else None
        line = self._lines.get(field or "")
        if line is None and self._waiting:
            return
        if line is None or line.locked or line.box.isHidden():
            able = (one for one in self._lines.values() if not one.locked)
            line = next((one for one in able if not one.box.isHidden()), None)
        if line is not None:
            line.box.setFocus()
            line.box.select_all()
            # New texts change heights: the place is known after the next layout.
            self._focused = line.box
            self._scroll.start()

    def _fill(self, lines: list[CardLine] | None = None) -> None:
        """Write the record into boxes, all if none are named."""
        model = self._model
        there = model is not None and 0 <= self._row < len(model.ids)
        if model is None or not there or not self._lines or self._filling:
            return
        self._filling = True
        for line in list(self._lines.values()) if lines is None else lines:
            self._fill_line(line, model)
        first = model.index(self._row, 0)
        self._head.setText(str(first.data() or self._work.say("No name yet")))
        self._where.setText(f"{self._row + 1} / {len(model.ids)}")
        self._filling = False

    def _fill_line(self, line: CardLine, model: RosterModel) -> None:
        column, record = model.column_of(line.field.id), model.ids[self._row]
        if column is None:
            return
        look: CellLook = model.look(model.index(self._row, column))
        line.show_look(record, look)
        if self._beside is not None:
            jump = any(self._beside.asks(one) for one in look.findings)
            line.show_beside(self._beside.of(record), jump=jump)

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
            line.complain(self._work.say.message(refused))
        elif line.box.shown() != str(index.data() or ""):
            self._model.change(index, entry)  # type: ignore[arg-type]  # not refused

    def _index(self, field: Field) -> QModelIndex | None:
        model = self._model
        column = None if model is None else model.column_of(field.id)
        if model is None or column is None or not 0 <= self._row < len(model.ids):
            return None
        return model.index(self._row, column)

    def eventFilter(self, box: QObject, event: QEvent) -> bool:
        """Go on with Enter and the arrows as with Tab; Esc takes the typing back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, with_ = event.key(), event.modifiers()
            plain = not with_ & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            )
            if key in _ENTER and plain:
                back = bool(with_ & Qt.KeyboardModifier.ShiftModifier)
                self.focusNextPrevChild(not back)
                return True
            if key in _ARROWS and plain and not isinstance(box, ChoiceBox):
                self.focusNextPrevChild(key == Qt.Key.Key_Down)
                return True
            if key == Qt.Key.Key_Escape:
                return self._take_back(box)
        return super().eventFilter(box, event)

    def _take_back(self, box: QObject) -> bool:
        line = next((one for one in self._lines.values() if one.box is box), None)
        return line is not None and line.take_back()
