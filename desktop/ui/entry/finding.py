"""Finding a text in a form: a line above the grid, and F3 from hit to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.app.entry.finding import Found
from desktop.app.entry.finding import Where
from desktop.app.entry.finding import find
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.store_thread import Operation
    from desktop.ui.entry.page import EntryPage

DELAY_MS: Final = 150
"""How long a text stands still before it is looked for."""


class FindBar(QWidget):
    """Looks for a text in every record the grid lists, read already or not."""

    def __init__(self, page: EntryPage) -> None:
        """Wait for a text."""
        super().__init__()
        self.setObjectName("find")
        self._page = page
        self._work = page.work
        self._found: Found | None = None
        """None while it is not known what there is."""
        self._then = 0
        """Where to step when the answer comes: 1 on, -1 back, 0 nowhere."""
        self._running: Operation[Found] | None = None
        say = self._work.say
        self.text = QLineEdit()
        self.text.setObjectName("find.text")
        self.text.setPlaceholderText(say("Find in all cells of the form"))
        self.text.setAccessibleName(say("Find in all cells of the form"))
        self.text.setMaximumWidth(320)
        self.text.textChanged.connect(self._typed)
        self.text.installEventFilter(self)
        self._count = parts.label("", "muted", wrap=False, name="find.count")
        back = parts.button(
            say("Previous hit"), lambda: self.step(-1), name="find.previous"
        )
        on = parts.button(say("Next hit"), lambda: self.step(1), name="find.next")
        close = parts.button(say("Close"), self.put_away, name="find.close")
        line = parts.row(self.text, self._count, back, on, None, close)
        line.setContentsMargins(12, 0, 12, 8)
        self.setLayout(line)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DELAY_MS)
        self._later.timeout.connect(self._look)
        self._work.bridge.records_changed.connect(lambda _: self.outdate())

    def begin(self) -> None:
        """Show the line with its text chosen, ready to be typed over."""
        self.show()
        self.text.setFocus()
        self.text.selectAll()

    def put_away(self) -> None:
        """Hide the line and go back to the cells."""
        self.hide()
        if self._page.grid is not None and not self._page.on_card:
            self._page.grid.setFocus()

    def outdate(self) -> None:
        """Look again before the next step: the cells are other ones."""
        self._found = None
        self._stop()
        if self.isVisible() and self.text.text():
            self._later.start()

    def step(self, way: int) -> None:
        """Go to the next hit, or back to the one before."""
        if not self.text.text():
            self.begin()
        elif self._found is None:
            self._then = way
            self._look()
        else:
            self._go(self._found, way)

    # --- Looking -------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._found = None
        self._then = 1
        self._count.clear()
        if text:
            self._later.start()
        else:
            self._later.stop()
            self._stop()

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _look(self) -> None:
        self._later.stop()
        self._stop()
        model, text = self._page.model, self.text.text().strip()
        if model is None or not text or self._work.bridge.closed:
            return
        fields = model.fields
        where = Where(model.form.id, self._work.period, model.ids)
        running = self._running = self._work.session.thread.start(
            lambda ledger: find(ledger, where, fields, text)
        )

        def arrived(found: Found) -> None:
            if running is self._running and self._page.model is model:
                self._running = None
                self._found = found
                self._arrived(found)

        self._work.bridge.when(running.result, self, arrived)

    def _arrived(self, found: Found) -> None:
        way, self._then = self._then, 0
        here = self._place()
        if way > 0 and here in found.places:
            self._say(found, found.places.index(here))
        elif way:
            self._go(found, way)
        else:
            self._say(found, None)

    def _place(self) -> tuple[int, int]:
        """Give row and column of the cell before the person."""
        model, place = self._page.model, self._work.desk.place
        if model is None or place.record is None or place.field is None:
            return (-1, -1)
        row, column = model.row_of(place.record), model.column_of(place.field)
        return (-1 if row is None else row, -1 if column is None else column)

    def _go(self, found: Found, way: int) -> None:
        here = self._place()
        number = found.behind(here) if way > 0 else found.before(here)
        if number is not None:
            self._page.go_to(*found.places[number])
        self._say(found, number)

    def _say(self, found: Found, number: int | None) -> None:
        """Say which hit of how many it is, as 3/17."""
        total = f"{len(found.places)}{'+' if found.more else ''}"
        if not found.places:
            self._count.setText(self._work.say("Not found"))
        elif number is None:
            self._count.setText(total)
        else:
            self._count.setText(f"{number + 1}/{total}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step with Enter, close with Escape."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.put_away()
                return True
        return super().eventFilter(watched, event)
