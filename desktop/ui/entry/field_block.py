"""The field before the person explained: measure, how it is filled, whose words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.forms.fields import TextField
from desktop.ui.entry.columns import is_locked
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from desktop.core.words import Words
    from desktop.forms.fields import Field
    from desktop.forms.model import Form


class FieldBlock(QWidget):
    """What a field is; where none is chosen, what the form is.

    The labels stay and only their texts change: moving from cell to cell must cost
    nothing.
    """

    def __init__(self, say: Words) -> None:
        """Wait for a field."""
        super().__init__()
        self._say = say
        self._title = parts.label("", "heading", name="side.title")
        self._measure = parts.label("", "muted")
        self._how = parts.label("", "muted", name="side.how")
        column = parts.column(self, spacing=6)
        for label in (self._title, self._measure, self._how):
            column.addWidget(label)

    def show_form(self, form: Form) -> None:
        """Say what one record of a form is."""
        _put(self._title, form.title)
        _put(self._measure, form.record)
        _put(self._how, "\n".join(form.notes))

    def show_field(self, field: Field) -> None:
        """Say what is to be filled in, and how."""
        say = self._say
        measure = say("Measured in {measure}", measure=field.measure or "")
        _put(self._title, field.title)
        _put(self._measure, measure if field.measure else "")
        _put(self._how, self._how_filled(field))

    def _how_filled(self, field: Field) -> str:
        say = self._say
        if field.computed is not None:
            return say("Computed by the program; it cannot be typed.")
        if field.binds is not None:
            return say("Taken from the ledger; it is not typed.")
        return states_hint(say, field)


class WordsBlock(QWidget):
    """The 指标解释 of a field, with its source."""

    def __init__(self, say: Words) -> None:
        """Wait for a field."""
        super().__init__()
        self._say = say
        self._explanation = parts.label("", name="side.explanation")
        self._source = parts.label("", "faint", name="side.source")
        self._note = parts.label("", "muted")
        column = parts.column(self, spacing=6)
        for label in (self._explanation, self._source, self._note):
            column.addWidget(label)

    def show_field(self, field: Field | None) -> None:
        """Explain a field in the words of its source."""
        explanation = (field.explanation or "") if field else ""
        source = (field.explanation_source if field else None) or self._say(
            "This program's own reading"
        )
        _put(self._explanation, explanation)
        said = self._say("Source: {source}", source=source)
        _put(self._source, said if explanation else "")
        note = (field.note or "") if field else ""
        _put(self._note, note)
        self.setVisible(bool(explanation or note))


def states_hint(say: Words, field: Field) -> str:
    """Say which keys give a cell a state; nothing for a cell that takes none."""
    if is_locked(field):
        return ""
    match field:
        case TextField() if field.not_applicable:
            return say("Del: empty. Ctrl+Shift+N: 不适用. Ctrl+Shift+U: 不详.")
        case TextField():
            return say("Del: empty. Ctrl+Shift+U: 不详.")
        case _ if field.not_applicable:
            return say("Del: empty. Key /: 不适用. Key * or ?: 不详. 0 is a number.")
        case _:
            return say("Del: empty. Key * or ?: 不详. 0 is a number.")


def _put(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
