"""What stands in a grid without records: why there are none, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QGridLayout

from desktop.app.commands import COMMANDS
from desktop.app.commands import mark
from desktop.core.frozen import frozen
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QPushButton

    from desktop.app.commands import Command
    from desktop.app.commands import Need
    from desktop.ui.entry.grid_view import GridView
    from desktop.ui.workplace import Workplace

MARGIN: Final = 16
TWO: Final = 2
"""Buttons beside each other where there is little room."""
_COMMANDS: Final[Mapping[str, Command]] = {one.id: one for one in COMMANDS}


@frozen
class Why:
    """Why no record is there: msgids of a sentence and a hint, and what can be done."""

    sentence: str
    hint: str
    commands: tuple[str, ...]


NONE_YET: Final = Why(
    mark("This form has no records yet."),
    mark("Rows copied in WPS or Excel can be pasted right here (Ctrl+V)."),
    ("record.add", "file.import", "record.carry", "record.nil"),
)
NOT_FOR_US: Final = Why(
    mark("This form has no records yet."),
    mark("They come with the units of the ledger."),
    (),
)
NIL: Final = Why(
    mark("Nil return: there is nothing to report this period."),
    mark("If there is something after all, withdraw the nil return first."),
    ("record.nil",),
)
LEFT_OUT: Final = Why(
    mark("No record fits the filter."),
    mark("Nothing was lost: all records are still there."),
    ("view.filter_off",),
)


class EmptyNote(QFrame):
    """Stands over the middle of a grid, beside the columns that stay."""

    def __init__(self, work: Workplace, grid: GridView) -> None:
        """Stand over a grid."""
        super().__init__(grid)
        self.setObjectName("entry.empty")
        self._work, self._grid = work, grid
        self._why: Why | None = None
        self._across = 0
        self._needs: list[tuple[QPushButton, frozenset[Need]]] = []
        self._column = column = parts.column(self, margin=MARGIN, spacing=10)
        self._sentence = parts.label("", "heading", name="entry.empty.sentence")
        self._hint = parts.label("", "muted", name="entry.empty.hint")
        for each in (self._sentence, self._hint):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(each)
        self._line = QGridLayout()
        self._line.setSpacing(8)
        column.addLayout(self._line)
        grid.viewport().installEventFilter(self)
        grid.froze.connect(self._make_room)
        work.desk.needs_changed.connect(self._offer)

    def explain(self, why: Why | None) -> None:
        """Say why there are no records; None where there are some."""
        if why is not None and why != self._why:
            self._fill(why)
        self._why = why
        self.setVisible(why is not None)
        self._place()

    def _fill(self, why: Why) -> None:
        say = self._work.say
        self._sentence.setText(say(why.sentence))
        self._hint.setText(say(why.hint))
        parts.empty(self._line)
        self._needs = [
            (self._button(_COMMANDS[name], primary=not place), _COMMANDS[name].needs)
            for place, name in enumerate(why.commands)
        ]
        self._across = 0
        self._lay_out(len(self._needs))
        self._offer(self._work.desk.holds)

    def _lay_out(self, across: int) -> None:
        """Put so many buttons beside each other, in the middle."""
        if across == self._across:
            return
        self._line.setColumnStretch(self._across + 1, 0)
        self._across = across
        for number, (button, _) in enumerate(self._needs):
            self._line.removeWidget(button)
            row, column = divmod(number, max(across, 1))
            self._line.addWidget(button, row, column + 1)
        self._line.setColumnStretch(0, 1)
        self._line.setColumnStretch(across + 1, 1)
        self._column.invalidate()

    def _button(self, command: Command, *, primary: bool) -> QPushButton:
        say = self._work.say
        text = say(command.title)
        if command.id == "record.nil":
            text = say("Withdraw the nil return") if primary else say("Nil return")
        made = parts.button(
            text,
            lambda: self._work.desk.asked.emit(command.id),
            name=f"empty.{command.id}",
        )
        # The grid keeps the keys: they paste, and each command has its own.
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setProperty("primary", primary)
        if command.shortcut:
            made.setToolTip(f"{text}（{command.shortcut}）")
        return made

    def _offer(self, holds: frozenset[Need]) -> None:
        """Offer only what can be done now."""
        for button, needs in self._needs:
            button.setVisible(needs <= holds)
        self._place()

    def _make_room(self, _frozen: object) -> None:
        """Stand beside the columns that stay, now that they are there."""
        self._place()

    def _place(self) -> None:
        """Stand in the middle of what is free, above the columns that stay."""
        grid = self._grid
        if self._why is None:
            return
        whole = grid.viewport().geometry()
        free = whole.adjusted(grid.covered, 0, 0, 0)
        self._lay_out(len(self._needs))
        if self.minimumSizeHint().width() > free.width():
            self._lay_out(TWO)
        if self.minimumSizeHint().width() > free.width():
            free = whole
        width = min(max(self.sizeHint().width(), free.width() // 2), free.width())
        height = min(max(self.heightForWidth(width), 0), free.height())
        self.resize(width, height)
        self.move(free.center() - self.rect().center())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the grid's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)
