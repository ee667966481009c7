"""One field on the card: title, box, measure, last period, and what is said of it.

Every line keeps its height, whatever is shown in it: nothing jumps while one types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QToolTip
from PySide6.QtWidgets import QWidget

from desktop.core.cells import Absent
from desktop.ui.entry.columns import is_locked
from desktop.ui.entry.field_block import states_hint
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import make_box
from desktop.ui.entry.field_boxes import mark_box
from desktop.ui.entry.field_boxes import name_box
from desktop.ui.entry.field_boxes import watch_states
from desktop.ui.entry.prior_words import Against
from desktop.ui.entry.prior_words import is_number
from desktop.ui.entry.prior_words import short_change
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.entry.beside import Beside
    from desktop.forms.fields import Field
    from desktop.ui.entry.field_boxes import Box
    from desktop.ui.entry.roster_model import CellLook
    from desktop.ui.workplace import Workplace

NUMBER_WIDTH: Final = 104
BOX_WIDTH: Final = 180
_MIDDLE: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CardLine(QWidget):
    """A field of the record before the person."""

    def __init__(self, work: Workplace, field: Field, choices: tuple[str, ...]) -> None:
        """Lay the parts of a field out."""
        super().__init__()
        self._work, self.field = work, field
        self.locked = is_locked(field) or not work.writable
        self.box: Box = make_box(field, choices)
        self.box.setObjectName(f"card.{field.id}")
        name_box(self.box, field.title)
        self._given: tuple[object, str] | None = None
        """The record and text the box was given: what is typed over it stays."""
        self._title = parts.label(field.title)
        self._title.setBuddy(self.box)
        self._measure = parts.label(field.measure or "", "muted", wrap=False)
        self._prior = _one_line("faint", f"card.prior.{field.id}")
        self._prior.setAlignment(_MIDDLE)
        self._said = _one_line("faint", f"card.said.{field.id}")
        self._findings = ""
        self._lay_out()
        if self.locked:
            _lock(self.box)
        else:
            watch_states(self.box, field)
            self.box.setToolTip(states_hint(work.say, field))

    def _lay_out(self) -> None:
        across = parts.row(self.box, self._measure, self._prior)
        if is_number(self.field):
            self.box.setFixedWidth(self._work.look.px(NUMBER_WIDTH))
            across.setStretch(2, 1)
        else:
            self.box.setMinimumWidth(self._work.look.px(BOX_WIDTH))
            across.setStretch(0, 1)
            self._prior.hide()
        for part in (self.box, self._measure, self._title, self._prior):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(part is not self._prior)
            part.setSizePolicy(policy)
        column = parts.column(self, spacing=2)
        column.addWidget(self._title)
        column.addLayout(across)
        column.addWidget(self._said)
        column.addStretch(1)

    def show_look(self, record: object, look: CellLook) -> None:
        """Show a cell; what is being typed in its box stays."""
        given = (record, look.text)
        if self._given != given:
            self._given = given
            self.box.show_text(look.text)
            mark_box(self.box, None)
            self._findings = ""
        state = isinstance(look.cell, Absent) and bool(look.text)
        _set(self.box, "absent", state)
        asked = not look.hidden or bool(look.text)
        for part in (self._title, self.box, self._measure):
            part.setVisible(asked)
        self._prior.setVisible(asked and is_number(self.field))
        self._say(look, asked=asked)

    def _say(self, look: CellLook, *, asked: bool) -> None:
        """Say in the line below the box what is wrong, or why it takes nothing."""
        if self.box.property("wrong"):
            return
        say = self._work.say
        texts = "\n".join(each.text for each in look.findings)
        if texts:
            parts.set_tone(
                self._said, self._work.look.colours.of_level(look.findings[0].level)
            )
            self._put(texts)
            return
        _set(self._said, "tone", "")
        if not asked:
            self._put(say("{field}: not asked for here", field=self.field.title))
        elif self.field.computed is not None:
            self._put(say("Computed by the program; it cannot be typed."))
        elif self.field.binds is not None:
            self._put(say("Taken from the ledger; it is not typed."))
        else:
            self._put("")

    def _put(self, text: str) -> None:
        self._said.setText(text)
        self._said.setToolTip(text)

    def show_beside(self, found: Beside | None, *, jump: bool) -> None:
        """Show last period's value, the change, and the marks of the cell."""
        say = self._work.say
        marks = found.marks_of(self.field.id) if found else None
        signs = ""
        if marks is not None and marks.flagged:
            signs += f"〔{say('to be looked at')}〕"
        if marks is not None and marks.comment:
            signs += f"〔{say('comment')}〕"
        self._title.setText(f"{self.field.title} {signs}".strip())
        self._title.setToolTip(marks.comment if marks else "")
        if found is None or not found.priors or not is_number(self.field):
            self._prior.setText("")
            return
        now = found.record.cell(self.field.id)
        cell = Against(self.field, now, self._work.session.period)
        lines = [short_change(say, cell, prior) for prior in found.priors]
        self._prior.setText(lines[0])
        self._prior.setToolTip("\n".join(filter(None, lines)))
        tone = self._work.look.colours.warning.icon if jump else ""
        _set(self._prior, "tone", tone)

    def complain(self, text: str) -> None:
        """Say why what stands in the box is refused; it stays there."""
        parts.set_tone(self._said, self._work.look.colours.error)
        self._put(text)
        self._said.show()
        below = self.box.mapToGlobal(QPoint(0, self.box.height()))
        QToolTip.showText(below, text, self.box)

    def take_back(self) -> bool:
        """Take back what was typed and not saved; false where nothing was."""
        before = self._given[1] if self._given else ""
        if self.box.shown() == before:
            return False
        self.box.show_text(before)
        self.box.select_all()
        mark_box(self.box, None)
        return True


def _one_line(role: str, name: str) -> QLabel:
    """Make a label that keeps one line's height and takes no width of its own."""
    made = parts.label("", role, wrap=False, name=name)
    made.setMinimumHeight(made.fontMetrics().height())
    made.setMaximumHeight(made.fontMetrics().height() + 4)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return made


def _set(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _lock(box: Box) -> None:
    if isinstance(box, ChoiceBox):
        box.setEnabled(False)
    else:
        box.setReadOnly(True)
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
