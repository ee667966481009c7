"""How many indicators stand how, and a press to see only these."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.indicators.figures import Status
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.ui.workplace import Workplace


class StandingFilter(QWidget):
    """A button for each standing there is; several may be chosen."""

    changed = Signal()

    def __init__(self, work: Workplace) -> None:
        """Begin with all."""
        super().__init__()
        self._say = work.say
        self._buttons = {
            status: parts.button(
                "",
                self.changed.emit,
                name=f"indicators.{status.value}",
                icon=work.icons.toned(work.look.colours.of_status(status)),
            )
            for status in Status
        }
        self._all = parts.button(
            work.say("Show all"), self._show_all, name="indicators.all", link=True
        )
        row = parts.row(*self._buttons.values(), self._all, None, spacing=6)
        self.setLayout(row)
        for button in self._buttons.values():
            button.setCheckable(True)
            button.setProperty("chip", True)
        self.changed.connect(self._follow)
        self._follow()

    @property
    def chosen(self) -> frozenset[Status]:
        """What is to be seen; none chosen is all."""
        pressed = (s for s, button in self._buttons.items() if button.isChecked())
        return frozenset(pressed)

    def count(self, statuses: Iterable[Status]) -> None:
        """Say how many stand how; what nobody stands in is not offered."""
        counts = Counter(statuses)
        for status, button in self._buttons.items():
            number = counts[status]
            button.setText(f"{labels.status(self._say, status)} {number}")
            button.setVisible(number > 0)
            if not number:
                button.setChecked(False)
        self._follow()

    def _follow(self) -> None:
        self._all.setVisible(bool(self.chosen))

    def _show_all(self) -> None:
        for button in self._buttons.values():
            button.setChecked(False)
        self.changed.emit()
