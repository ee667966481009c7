"""What can be chosen of one definition or parameter, and where each choice is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QRadioButton
from PySide6.QtWidgets import QScrollArea

from desktop.forms.model import Definition
from desktop.forms.settle import number_text
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.ledgers.choosing import Choice
    from desktop.core.words import Words
    from desktop.forms.base import Sourced
    from desktop.forms.model import Parameter


class ChoicePanel(QScrollArea):
    """Options to tick, or a box for a number; `picked` tells of every change."""

    picked = Signal(str)

    def __init__(self, say: Words) -> None:
        """Wait for something to choose."""
        super().__init__()
        self.setObjectName("choices.panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._say = say
        self._spoken: Mapping[tuple[str, str], str] = {}
        self._choice: Choice | None = None
        self._group: QButtonGroup | None = None
        self._box: QLineEdit | None = None
        self.value = ""
        """The option's id or the number that stands here."""
        frame = QFrame()
        frame.setProperty("surface", True)
        self._column = parts.column(frame, margin=16, spacing=8)
        self.setWidget(frame)

    def take_words(self, spoken: Mapping[tuple[str, str], str]) -> None:
        """Take what each option counts, in words."""
        self._spoken = spoken
        if self._choice is not None and isinstance(self._choice.what, Definition):
            kept = self.value
            self.show_choice(self._choice)
            self.put(kept)

    def show_choice(self, choice: Choice) -> None:
        """Show what can be chosen, with what is in force."""
        self._choice, self.value = choice, choice.now
        parts.empty(self._column)
        if self._group is not None:
            self._group.deleteLater()
        what = choice.what
        self.setAccessibleName(what.title)
        self._column.addWidget(parts.label(what.title, "heading", name="choice.title"))
        if isinstance(what, Definition):
            self._show_options(what)
        else:
            self._show_number(what)
        if choice.own:
            self._column.addWidget(parts.label(self._given(choice), "muted"))
        self._column.addStretch(1)

    def put(self, value: str) -> None:
        """Let something else stand here, as if the person had picked it."""
        if self._group is not None:
            for button in self._group.buttons():
                button.setChecked(button.objectName() == f"option.{value}")
        if self._box is not None:
            self._box.setText(value)
        self._pick(value)

    def _show_options(self, definition: Definition) -> None:
        if definition.explanation:
            self._column.addWidget(parts.label(definition.explanation))
        self._group, self._box = QButtonGroup(self), None
        for option in definition.options:
            button = QRadioButton(option.title)
            button.setObjectName(f"option.{option.id}")
            button.setChecked(option.id == self.value)
            button.toggled.connect(
                lambda on, value=option.id: self._pick(value) if on else None
            )
            self._group.addButton(button)
            self._column.addWidget(button)
            words = self._spoken.get((definition.id, option.id), "")
            for text in filter(None, (words, self._origin(option))):
                line = parts.label(text, "muted")
                line.setContentsMargins(24, 0, 0, 0)
                self._column.addWidget(line)

    def _show_number(self, parameter: Parameter) -> None:
        self._group = None
        self._box = box = QLineEdit(self.value)
        box.setObjectName("choice.number")
        box.setAccessibleName(parameter.title)
        box.setMaximumWidth(140)
        box.textEdited.connect(self._pick)
        measure = parts.label(parameter.measure or "", wrap=False)
        self._column.addLayout(parts.row(box, measure, None))
        for text in (self._bounds(parameter), self._origin(parameter)):
            if text:
                self._column.addWidget(parts.label(text, "muted"))

    def _pick(self, value: str) -> None:
        if value.strip() != self.value:
            self.value = value.strip()
            self.picked.emit(self.value)

    def _bounds(self, parameter: Parameter) -> str:
        low, high = parameter.minimum, parameter.maximum
        if low is None or high is None:
            return ""
        return self._say(
            "From {low} to {high}", low=number_text(low), high=number_text(high)
        )

    def _origin(self, sourced: Sourced) -> str:
        """Say whose words a choice rests on."""
        if sourced.source is not None:
            said = self._say(
                "Source: “{quote}” ({file})",
                quote=sourced.source.quote,
                file=sourced.source.file,
            )
        else:
            said = self._say("Ours: {reason}", reason=sourced.ours or "")
        return said + (sourced.note or "")

    def _given(self, choice: Choice) -> str:
        """Say what the pack has where the ledger chose otherwise."""
        given = choice.given
        if isinstance(choice.what, Definition):
            titles = {each.id: each.title for each in choice.what.options}
            given = titles.get(given, given)
        return self._say("The pack's own: {given}", given=given)
