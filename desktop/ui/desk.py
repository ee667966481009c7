"""Where the person is: the page, the form, the record and the field before them.

Widgets never speak to each other: they move the desk, and hear where it went.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.audit.drafts import Drafts
    from desktop.app.commands import Need
    from desktop.core.findings import Level
    from desktop.core.findings import RecordId


class Page(Enum):
    """The pages of the window, in the order of the road through it."""

    HOME = "home"
    ENTRY = "entry"
    AUDIT = "audit"
    INDICATORS = "indicators"
    EXPORT = "export"
    HANDOVER = "handover"


@frozen
class Place:
    """A form, and in it a record and a field, as far as they are chosen."""

    form: str
    record: RecordId | None = None
    field: str | None = None


@frozen
class Sight:
    """Which findings the person wants to see: those of a form, of one level."""

    form: str
    level: Level


class Desk(QObject):
    """The person's place, and what they ask for."""

    turned = Signal(object)
    """A `Page` was opened."""
    moved = Signal(object)
    """The `Place` before the person is another one."""
    sought = Signal(object)
    """The person wants to be taken to a `Place`: views scroll and choose."""
    looked = Signal(object)
    """The person wants to see the findings of a `Sight`; `sight` holds it for a page
    that is made only then."""
    ledger_wanted = Signal(object)
    """The path of another ledger the person wants to open."""
    handing_in = Signal()
    """The person wants to hand the period in."""
    backed_up = Signal()
    """A copy of the ledger has been made."""
    asked = Signal(str)
    """A command was asked for, by its id."""
    pictured = Signal()
    """What the page before the person shows has come from the ledger."""
    summed = Signal(str)
    """What the chosen cells hold together, in words; empty where it says nothing."""
    leaving = Signal()
    """The window closes: what a view wants remembered is to be noted now."""
    needs_changed = Signal(object)
    """What holds now, as a set of `Need`."""
    marks_changed = Signal(object)
    """The ids of the commands whose menu items show a mark."""

    def __init__(
        self, form: str, parent: QObject | None = None, page: Page = Page.ENTRY
    ) -> None:
        """Begin with a page and a form."""
        super().__init__(parent)
        self.page = page
        self.place = Place(form)
        self.sight: Sight | None = None
        self.drafts: Drafts = {}
        """Explanations begun and not saved, wherever they are shown next."""
        self.holds: frozenset[Need] = frozenset()
        self.marks: frozenset[str] = frozenset()
        self._waits = False
        self._untold: list[Callable[[], None]] = []

    def turn_to(self, page: Page) -> None:
        """Open a page."""
        if page is not self.page:
            self.page = page
            self.turned.emit(page)

    def move(self, place: Place) -> None:
        """Say where the person is now."""
        if place != self.place:
            self.place = place
            self.moved.emit(place)

    def seek(self, place: Place) -> None:
        """Take the person to a place in 填报."""
        self.turn_to(Page.ENTRY)
        self.move(replace(place))
        self._tell(partial(self.sought.emit, place))

    def look_into(self, form: str, level: Level) -> None:
        """Take the person to the findings of a form, of one level."""
        self.sight = Sight(form, level)
        self.turn_to(Page.AUDIT)
        self.looked.emit(self.sight)

    def hand_in(self) -> None:
        """Take the person to where the period is handed in."""
        self.turn_to(Page.HANDOVER)
        self._tell(self.handing_in.emit)

    def wait(self) -> None:
        """Keep what is said to the page that was turned to: it is only being made."""
        self._waits = True

    def go_on(self) -> None:
        """Say what was kept: the page stands."""
        self._waits = False
        untold, self._untold = self._untold, []
        for tell in untold:
            tell()

    def _tell(self, tell: Callable[[], None]) -> None:
        if self._waits:
            self._untold.append(tell)
        else:
            tell()

    def set_need(self, need: Need, *, holds: bool) -> None:
        """Say whether something holds that commands need."""
        now = self.holds | {need} if holds else self.holds - {need}
        if now != self.holds:
            self.holds = now
            self.needs_changed.emit(now)

    def set_mark(self, command: str, *, holds: bool) -> None:
        """Say whether what a command chooses is on: its menu item shows a mark."""
        now = self.marks | {command} if holds else self.marks - {command}
        if now != self.marks:
            self.marks = now
            self.marks_changed.emit(now)
