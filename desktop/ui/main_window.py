"""The window on an open ledger: it only puts the parts together."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QMainWindow
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Page
from desktop.ui.entry.page import EntryPage
from desktop.ui.header import Header
from desktop.ui.menus import Menus
from desktop.ui.rail import Rail

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from desktop.app.events import NotSaved
    from desktop.core.messages import Message
    from desktop.ui.workplace import Workplace

GEOMETRY = "window"


class MainWindow(QMainWindow):
    """One open ledger."""

    asked = Signal(str)
    """A command for the program as a whole: new, open, close, quit."""
    closed = Signal()

    def __init__(self, work: Workplace) -> None:
        """Put the window together."""
        super().__init__()
        self.setObjectName("main")
        self.work = work
        self._title()
        self.menus = Menus(work, self)
        self._pages: dict[Page, QWidget] = {}
        self._stack = QStackedWidget()
        self.setCentralWidget(self._center())
        self._left = QLabel(work.session.path.name)
        self._left.setContentsMargins(12, 2, 0, 2)
        self._left.setToolTip(str(work.session.path))
        self.statusBar().addWidget(self._left)
        self.statusBar().setSizeGripEnabled(False)
        work.desk.turned.connect(self._turn)
        work.desk.asked.connect(self._asked)
        work.bridge.not_saved.connect(self._not_saved)
        work.bridge.courier.trouble.connect(self._trouble)
        self._turn(work.desk.page)
        self._restore()

    def _title(self) -> None:
        session = self.work.session
        unit, name = session.root.name, self.work.say("Minsheng Taizhang")
        self.setWindowTitle(f"{unit} {session.period.title} - {name}")

    def _center(self) -> QWidget:
        center = QWidget()
        across = QHBoxLayout(center)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(Rail(self.work))
        down = QVBoxLayout()
        down.setSpacing(0)
        down.addWidget(Header(self.work))
        down.addWidget(self._stack, 1)
        across.addLayout(down, 1)
        return center

    def _turn(self, page: Page) -> None:
        """Show a page; each is made when it is first opened."""
        if page not in self._pages:
            made = self._make(page)
            self._pages[page] = made
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._pages[page])
        self._pages[page].setFocus()

    def page(self, page: Page) -> QWidget | None:
        """Give a page, if it has been opened."""
        return self._pages.get(page)

    def _make(self, page: Page) -> QWidget:
        match page:
            case Page.ENTRY:
                return EntryPage(self.work)
            case Page.AUDIT:
                from desktop.ui.findings.page import AuditPage  # noqa: PLC0415 - the first window need not wait for it

                return AuditPage(self.work)
            case Page.INDICATORS:
                from desktop.ui.indicators.page import IndicatorsPage  # noqa: PLC0415 - the first window need not wait for it

                return IndicatorsPage(self.work)
            case Page.EXPORT:
                from desktop.ui.files.export_page import ExportPage  # noqa: PLC0415 - the first window need not wait for it

                return ExportPage(self.work)

    def _asked(self, command: str) -> None:
        session, desk = self.work.session, self.work.desk
        match command.split("."):
            case ["view", "rollup"]:
                self._show_rollup()
            case ["file", "period"]:
                self._show_period()
            case ["view", page]:
                desk.turn_to(Page(page))
            case ["edit", "undo"]:
                self.work.bridge.watch(session.undo())
            case ["edit", "redo"]:
                self.work.bridge.watch(session.redo())
            case ["help", "keys"]:
                self._show_keys()
            case ["file", "units"]:
                self._show_units()
            case ["file", "choices"]:
                self._show_choices()
            case ["audit", "run"]:
                desk.turn_to(Page.AUDIT)
            case ["file", "new" | "open" | "close" | "quit"]:
                self.asked.emit(command)
            case _:
                pass

    def _show_keys(self) -> None:
        from desktop.ui.guide.keys_dialog import KeysDialog  # noqa: PLC0415 - the first window need not wait for it

        KeysDialog(self.work.say, self).open()

    def _show_units(self) -> None:
        from desktop.ui.ledgers.units_dialog import UnitsDialog  # noqa: PLC0415 - the first window need not wait for it

        UnitsDialog(self.work, self).open()

    def _show_choices(self) -> None:
        from desktop.ui.ledgers.choices_dialog import ChoicesDialog  # noqa: PLC0415 - the first window need not wait for it

        ChoicesDialog(self.work, self).open()

    def _show_rollup(self) -> None:
        from desktop.ui.indicators.rollup_dialog import RollupDialog  # noqa: PLC0415 - the first window need not wait for it

        RollupDialog(self.work, self.work.desk.place.form, self).open()

    def _show_period(self) -> None:
        from desktop.ui.ledgers.period_dialog import PeriodDialog  # noqa: PLC0415 - the first window need not wait for it

        PeriodDialog(self.work, self).open()

    def _not_saved(self, event: NotSaved) -> None:
        """Say that an action did not reach the disk, and why."""
        self._tell(self.work.say("Not saved"), event.reason)

    def _trouble(self, said: Message) -> None:
        self._tell(self.work.say("The ledger could not be read"), said)

    def _tell(self, title: str, said: Message) -> None:
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - the first window need not wait for it

        box = QMessageBox(QMessageBox.Icon.Warning, title, title, parent=self)
        box.setObjectName("trouble")
        box.setInformativeText(self.work.say.message(said))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _restore(self) -> None:
        kept = self.work.habits.now.layout.get(GEOMETRY, "")
        try:
            restored = self.restoreGeometry(b64decode(kept))
        except ValueError:
            restored = False
        if not restored:
            self.resize(1366, 728)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being saved, close the ledger, remember the window."""
        text = bytes(self.saveGeometry().toBase64().data()).decode()
        habits = self.work.habits
        habits.keep(habits.now.arranged(GEOMETRY, text))
        entry = self._pages.get(Page.ENTRY)
        if isinstance(entry, EntryPage):
            entry.keep_layout()
        self.work.bridge.close()
        self.closed.emit()
        super().closeEvent(event)
