"""The pages, one before the person; each is made when it is first opened, in parts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.desk import Page
from desktop.ui.look import parts
from desktop.ui.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from PySide6.QtGui import QShowEvent

    from desktop.ui.workplace import Workplace

CODE: Final[Mapping[Page, tuple[str, ...]]] = {
    Page.ENTRY: (
        "desktop.ui.entry.arranging",
        "desktop.ui.entry.commands",
        "desktop.ui.entry.form_list",
        "desktop.ui.entry.roster_model",
        "desktop.ui.entry.grid_view",
        "desktop.ui.entry.side_panel",
    ),
    Page.EXPORT: ("desktop.app.reports.exporting", "desktop.app.files.period_files"),
    Page.HANDOVER: (
        "desktop.app.handover.keeping.signing",
        "desktop.app.handover.sending.carrying",
        "email.policy",
        "desktop.app.handover.sending.mailing",
        "desktop.app.handover.sending.handing_in",
        "desktop.ui.handover.submit_tab",
    ),
}
"""What a page's code rests on, where loading it all together would keep too long."""
_KEYS: Final = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


def load_by_turns(page: Page) -> Iterator[None]:
    """Load the code of a page in steps."""
    for name in CODE.get(page, ()):
        import_module(name)
        yield
    load_page(page)
    yield
    if page is Page.ENTRY:
        # It asks for a part Qt made: the first time Python meets all kinds of them.
        QScrollArea().viewport()
        yield


def load_page(page: Page) -> Callable[[Workplace, QWidget | None], QWidget]:
    """Load the code of a page, no sooner than it is wanted; gives what makes it."""
    match page:
        case Page.HOME:
            from desktop.ui.home.page import HomePage  # noqa: PLC0415 - see above

            return HomePage
        case Page.ENTRY:
            from desktop.ui.entry.page import EntryPage  # noqa: PLC0415 - see above

            return EntryPage
        case Page.AUDIT:
            from desktop.ui.findings.page import AuditPage  # noqa: PLC0415 - see above

            return AuditPage
        case Page.INDICATORS:
            from desktop.ui.indicators.page import IndicatorsPage  # noqa: PLC0415 - see above

            return IndicatorsPage
        case Page.EXPORT:
            from desktop.ui.files.export_page import ExportPage  # noqa: PLC0415 - see above

            return ExportPage
        case Page.HANDOVER:
            from desktop.ui.handover.page import HandoverPage  # noqa: PLC0415 - see above

            return HandoverPage
        case _:
            assert_never(page)


def make_page(page: Page, work: Workplace, parent: QWidget | None = None) -> QWidget:
    """Make a page."""
    return load_page(page)(work, parent)


class Ears(QObject):
    """Has a page made at once when a key is pressed: what is typed is meant for it."""

    def __init__(self, pages: Pages) -> None:
        """Listen where keys arrive, until the page stands."""
        super().__init__(pages)
        window = pages.window()
        for place in (QApplication.focusWidget(), window, window.windowHandle()):
            if place is not None:
                place.installEventFilter(self)
        pages.stood.connect(self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear a key."""
        if event.type() in _KEYS:
            cast("Pages", self.parent()).finish()
        return super().eventFilter(watched, event)


class Pages(QStackedWidget):
    """The pages that have been opened.

    Making one takes longer than a person types through: the page before stays to be
    seen until the next one stands whole, and nobody finds half of it.
    """

    stood = Signal()
    """A page that was being made stands."""

    def __init__(self, work: Workplace) -> None:
        """Begin with the page the desk is on."""
        super().__init__()
        self._work = work
        self._made: dict[Page, QWidget] = {}
        self._areas: dict[Page, QScrollArea] = {}
        """Where on the stack each page is."""
        self._making: Turns | None = None
        work.desk.turned.connect(self.turn)
        self.turn(work.desk.page)

    def turn(self, page: Page) -> None:
        """Show a page; one that was never shown is made first."""
        self.finish()
        if page in self._made:
            self._bring_forward()
            return
        self._work.desk.wait()
        self._making = Turns(self._make(page), self)
        Ears(self)

    def page(self, page: Page) -> QWidget | None:
        """Give a page, if it has been opened."""
        self.finish()
        return self._made.get(page)

    def finish(self) -> None:
        """Make at once what is left of a page that is being made."""
        if self._making is not None and isValid(self._making):
            self._making.finish()

    def attend(self) -> None:
        """Put the focus into the page, unless it comes with the page anyway."""
        if self._work.desk.page in self._made:
            self._made[self._work.desk.page].setFocus()

    def _make(self, page: Page) -> Iterator[None]:
        yield
        yield from load_by_turns(page)
        area, place = parts.roomy(self)
        yield
        if self._work.bridge.closed:
            return
        made = make_page(page, self._work, place)
        yield
        area.setWidget(made)
        yield
        self._made[page], self._areas[page], self._making = made, area, None
        if self._work.desk.page is page:
            self._bring_forward()
        self.stood.emit()
        self._work.desk.go_on()

    def _bring_forward(self) -> None:
        """Show the page the person is on."""
        page = self._work.desk.page
        self.setCurrentWidget(self._areas[page])
        self._made[page].setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Show no window without its page."""
        self.finish()
        super().showEvent(event)
