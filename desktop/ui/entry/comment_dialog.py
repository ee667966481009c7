"""批注: what somebody wants to say about a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QPlainTextEdit

from desktop.app.entry.cell_notes import comment
from desktop.app.entry.cell_notes import flag
from desktop.core.changes import Action
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desktop.app.entry.beside import Beside
    from desktop.forms.fields import Field
    from desktop.ui.workplace import Workplace

LONGEST: Final = 1000


class CommentDialog(QDialog):
    """Writes, changes or takes away the comment on a cell, and its flag."""

    def __init__(
        self, work: Workplace, found: Beside, field: Field, parent: QWidget
    ) -> None:
        """Show what is there."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("comment")
        self._work, self._found, self._field = work, found, field
        self._marks = found.marks_of(field.id)
        say = work.say
        self.setWindowTitle(say("Comment on {field}", field=field.title))
        self.text = _Lines(self._marks.comment)
        self.text.setObjectName("comment.text")
        self.text.setAccessibleName(self.windowTitle())
        self.text.setTabChangesFocus(True)
        self.text.done.connect(self.save)
        hint = say("Empty takes the comment away. Ctrl+Enter saves.")
        save = parts.button(say("Save"), self.save, name="comment.save", primary=True)
        again = parts.button(
            say("Save and flag"), self.save_flagged, name="comment.flag"
        )
        again.setVisible(not self._marks.flagged)
        cancel = parts.button(say("Cancel"), self.reject, name="comment.cancel")
        column = parts.column(self, margin=16, spacing=10)
        column.addWidget(self.text, 1)
        column.addWidget(parts.label(hint, "muted"))
        column.addLayout(parts.row(None, cancel, again, save))
        self.resize(work.look.dialog(440, 220))

    def save(self) -> None:
        """Save the comment, if it is another one."""
        self._apply(flagged=False)

    def save_flagged(self) -> None:
        """Save the comment and flag the cell, as one step."""
        self._apply(flagged=True)

    def _apply(self, *, flagged: bool) -> None:
        after = self.text.toPlainText().strip()[:LONGEST]
        record, field = self._found.record, self._field
        actions = []
        if after != self._marks.comment:
            actions.append(comment(record, field, self._marks.comment, after))
        if flagged:
            actions.append(flag(record, field, flagged=True))
        if actions:
            changes = tuple(change for one in actions for change in one.changes)
            action = Action(actions[0].title, changes)
            self._work.bridge.watch(self._work.session.apply(action))
        self.accept()


class _Lines(QPlainTextEdit):
    """Lines to write; Ctrl+Enter is enough."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hear Ctrl+Enter."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)
