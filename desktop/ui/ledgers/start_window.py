"""The start page: recent ledgers, open, new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.ui.ledgers.new_ledger import NewLedger
from desktop.ui.look import parts
from desktop.ui.look.icons import of_accent
from desktop.ui.look.icons import of_on_accent

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.messages import Message
    from desktop.ui.courier import Courier
    from desktop.ui.look.icons import Icons
    from desktop.ui.workplace import Habits
    from desktop.ui.workplace import UiStart

SIDE_WIDTH = 320


class StartWindow(QWidget):
    """What a person sees first."""

    wanted = Signal(object)
    """The path of a ledger to open."""
    read_wanted = Signal(object)
    """The path of a ledger to open for reading only."""
    import_wanted = Signal(object, object)
    """The path of a new ledger, and the `TableToImport` that is to come into it."""
    asked = Signal(str)

    def __init__(
        self, start: UiStart, icons: Icons, habits: Habits, courier: Courier
    ) -> None:
        """Show the recent ledgers."""
        super().__init__()
        self.setObjectName("start")
        self._start, self._icons, self._habits = start, icons, habits
        self._courier = courier
        self._locked: Path | None = None
        self.setWindowTitle(start.say("Minsheng Taizhang"))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._side())
        across.addLayout(self._main(), 1)
        for keys, command in (("Ctrl+O", "file.open"), ("Ctrl+Q", "file.quit")):
            key = QShortcut(QKeySequence(keys), self)
            key.activated.connect(lambda name=command: self.asked.emit(name))
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.new_ledger)
        self.resize(1366, 728)
        self.list_recent()

    def _side(self) -> QFrame:
        """Name the program and who works, and offer the ways in."""
        say = self._start.say
        side = QFrame()
        side.setObjectName("rail")
        side.setFixedWidth(SIDE_WIDTH)
        column = parts.column(side, margin=32, spacing=12)
        mark = parts.Picture(self._icons.icon("ledger", lambda c: c.rail_mark), 52)
        name = parts.label(say("Minsheng Taizhang"), "name", wrap=False)
        line = parts.label(
            say(
                "Ledgers of beds, slots and staff: fill in, audit, hand in. "
                "Everything stays on this computer."
            )
        )
        column.addSpacing(40)
        for widget in (mark, name, line):
            column.addWidget(widget)
        column.addSpacing(20)
        self._new = self._big("new", say("New ledger…"), self.new_ledger, first=True)
        column.addWidget(self._new)
        column.addWidget(
            self._big("open", say("Open ledger…"), lambda: self.asked.emit("file.open"))
        )
        reading, who = say("Open for reading only…"), self._start.person.who
        column.addWidget(
            self._big("lock", reading, lambda: self.asked.emit("file.open_reading"))
        )
        column.addStretch(1)
        column.addWidget(
            parts.button(
                say("Working: {name}. Somebody else…", name=who),
                lambda: self.asked.emit("file.person"),
                name="start.person",
            )
        )
        return side

    def _big(
        self, icon: str, text: str, do: Callable[[], None], *, first: bool = False
    ) -> QPushButton:
        made = QPushButton(f"  {text}")
        made.setObjectName(f"start.{icon}")
        made.setProperty("primary", first)
        made.setIcon(self._icons.icon(icon, of_on_accent if first else of_accent))
        made.setProperty("big", True)
        made.setAutoDefault(True)
        made.clicked.connect(lambda _=False: do())
        return made

    def _main(self) -> QVBoxLayout:
        say = self._start.say
        column = QVBoxLayout()
        column.setContentsMargins(48, 44, 48, 40)
        column.setSpacing(14)
        column.addWidget(parts.label(say("Recent ledgers"), "title"))
        self._fault = parts.label("", "fault", name="start.fault")
        self._read = parts.button(
            say("Open for reading only"), self._open_locked, name="start.read"
        )
        self._fault.hide()
        self._read.hide()
        column.addWidget(self._fault)
        column.addLayout(parts.row(self._read, None))
        self._list = QListWidget()
        self._list.setObjectName("start.recent")
        self._list.setSpacing(2)
        self._list.itemActivated.connect(self._activated)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._nothing())
        column.addWidget(self._pages, 1)
        return column

    def _nothing(self) -> QWidget:
        """Say what to do where there is no ledger yet."""
        say = self._start.say
        frame, column = parts.surface("start.empty")
        column.setContentsMargins(36, 30, 36, 30)
        column.setSpacing(12)
        column.addWidget(parts.label(say("No ledger on this computer yet"), "heading"))
        for text in (
            say(
                "1. Choose “New ledger”: pick the reporting system, your unit and "
                "the period."
            ),
            say("2. Fill in the forms, or import the tables you have."),
            say("3. See what the audit says, and hand in the workbook and the PDF."),
        ):
            column.addWidget(parts.label(text))
        column.addWidget(
            parts.label(
                say(
                    "Last year's ledger, or a list in Excel, can be brought in at the "
                    "last step of it."
                ),
                "muted",
            )
        )
        column.addWidget(
            parts.label(
                say("Somebody gave you a ledger file? Choose “Open ledger”."), "muted"
            )
        )
        column.addStretch(1)
        return frame

    # --- Recent ------------------------------------------------------------

    def list_recent(self) -> None:
        """List the ledgers that were opened last and are still there."""
        self._list.clear()
        for name in self._habits.now.recent:
            path = Path(name)
            if path.is_file():
                item = QListWidgetItem(f"{path.stem}\n{path.parent}")
                item.setIcon(self._icons.icon("ledger", of_accent))
                item.setData(Qt.ItemDataRole.UserRole, name)
                self._list.addItem(item)
        self._list.setCurrentRow(0)
        there = self._list.count() > 0
        self._pages.setCurrentIndex(0 if there else 1)
        (self._list if there else self._new).setFocus()

    def _activated(self, item: QListWidgetItem) -> None:
        self._fault.hide()
        self._read.hide()
        self.wanted.emit(Path(item.data(Qt.ItemDataRole.UserRole)))

    def complain(self, said: Message, locked: Path | None) -> None:
        """Say why a ledger was not opened; a locked one may be read."""
        self._locked = locked
        self._fault.setText(self._start.say.message(said))
        self._fault.show()
        self._read.setVisible(locked is not None)

    def _open_locked(self) -> None:
        if self._locked is not None:
            self.read_wanted.emit(self._locked)

    def new_ledger(self) -> None:
        """Open the assistant for a new ledger."""
        dialog = NewLedger(self._start, self._courier, self)
        dialog.created.connect(self.wanted.emit)
        dialog.import_wanted.connect(self.import_wanted.emit)
        dialog.open()
