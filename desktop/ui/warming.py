"""Loads what is wanted next while nobody waits for it.

The first picture leaves out whatever it does not need. Loading that takes up to a fifth
of a second, and somebody who turns to a page for the first time would feel it: once the
period has been audited, modules are loaded one by one, with room in between for the
person. What knows nothing of Qt is loaded beside the main thread.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QScrollArea

from desktop.app.background import Task

if TYPE_CHECKING:
    from desktop.ui.courier import Courier

BETWEEN_MS: Final = 40
"""Between two modules; they take some 10 ms each."""
PLAIN: Final = (
    "desktop.core.catalogue",
    "desktop.app.entry.pasting",
    "desktop.app.entry.beside",
    "desktop.app.entry.prior_values",
    "desktop.app.audit.form_states",
    "desktop.app.audit.finding_table",
    "desktop.app.reports.exporting",
    "desktop.app.figures.rolling",
    "desktop.app.figures.trends",
    "desktop.app.figures.comparing",
)
SEEN: Final = (
    "desktop.ui.entry.cell_steps",
    "desktop.ui.entry.grid_keys",
    "desktop.ui.entry.field_boxes",
    "desktop.ui.entry.cell_editing",
    "desktop.ui.entry.block_work",
    "desktop.ui.entry.clipboard",
    "desktop.ui.entry.card_line",
    "desktop.ui.entry.card_view",
    "desktop.ui.findings.box",
    "desktop.ui.findings.model",
    "desktop.ui.findings.view",
    "desktop.ui.findings.detail",
    "desktop.ui.findings.export",
    "desktop.ui.findings.page",
    "desktop.ui.home.forms_table",
    "desktop.ui.home.side_cards",
    "desktop.ui.home.page",
    "desktop.ui.indicators.cards",
    "desktop.ui.indicators.bar_pictures",
    "desktop.ui.indicators.chart_tabs",
    "desktop.ui.indicators.detail",
    "desktop.ui.indicators.page",
)
"""In the order of need; what others are made of comes before them."""


class Warming(QObject):
    """Loads modules, and then goes."""

    def __init__(self, courier: Courier, parent: QObject) -> None:
        """Begin with what can be loaded on another thread."""
        super().__init__(parent)
        self._left = list(SEEN)
        self._first = [self._ask_for_style, self._ask_for_part]
        self._area: QScrollArea | None = None
        self._next = QTimer(self)
        self._next.setInterval(BETWEEN_MS)
        self._next.timeout.connect(self._load)
        task = Task(lambda _: [import_module(name) for name in PLAIN])
        courier.when(task.result, self, lambda _: self._next.start())

    def _load(self) -> None:
        if self._first:
            self._first.pop(0)()
        elif self._left:
            import_module(self._left.pop(0))
        else:
            self._next.stop()
            self.deleteLater()

    def _ask_for_style(self) -> None:
        """Ask for a style: the first time Qt writes out hundreds of names."""
        QApplication.style()

    def _ask_for_part(self) -> None:
        """Ask for a part Qt made: the first time Python meets all kinds of widgets."""
        self._area = QScrollArea()
        self._area.viewport()
