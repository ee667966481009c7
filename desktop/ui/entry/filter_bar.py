"""Shows above a grid what it is filtered by; each filter goes off with a click."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.entry.filter_words import condition_words
from desktop.ui.entry.filter_words import marked_words
from desktop.ui.look import parts
from desktop.ui.look.flow import Flow
from desktop.ui.look.icons import of_accent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QPushButton

    from desktop.app.entry.listing import Listing
    from desktop.forms.model import Form
    from desktop.ui.workplace import Workplace

LONGEST: Final = 30
"""Characters of a filter that are shown; the whole of it is in the tip."""


class FilterBar(QWidget):
    """One button a filter, and one for all of them."""

    wanted = Signal(object)
    """The `Listing` that is left when a filter has been taken off."""

    def __init__(self, work: Workplace) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setObjectName("filters")
        self._work = work
        self._flow = Flow(spacing=6)
        self._flow.setContentsMargins(12, 0, 12, 8)
        self.setLayout(self._flow)
        self.hide()

    def show_listing(self, form: Form, listing: Listing) -> None:
        """Show what a form's records are filtered by, but for the words looked for."""
        parts.empty(self._flow)
        filters = list(self._filters(form, listing))
        for number, (text, left) in enumerate(filters):
            self._flow.addWidget(self._chip(text, left, f"filters.{number}"))
        if filters:
            rest = replace(listing.all_records(), text=listing.text)
            all_off = parts.button(
                self._work.say("Take all filters off"),
                lambda: self.wanted.emit(rest),
                name="filters.off",
                link=True,
            )
            self._flow.addWidget(all_off)
        self.setVisible(bool(filters))

    def _filters(self, form: Form, listing: Listing) -> Iterator[tuple[str, Listing]]:
        """Give each filter in words, and what is left without it."""
        if listing.unit is not None:
            unit = self._work.unit(listing.unit)
            name = listing.unit if unit is None else unit.name
            yield self._work.say("Unit: {unit}", unit=name), replace(listing, unit=None)
        if listing.marked is not None:
            words = marked_words(self._work.say, listing.marked)
            yield words, replace(listing, marked=None)
        for field, condition in listing.columns:
            words = condition_words(self._work, form.by_id[field], condition)
            yield words, listing.filtered(field, None)

    def _chip(self, text: str, left: Listing, name: str) -> QPushButton:
        short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        made = parts.button(
            short.replace("&", "&&"),
            lambda: self.wanted.emit(left),
            name=name,
            icon=self._work.icons.icon("cross", of_accent),
        )
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setProperty("chip", True)
        said = self._work.say("Take this filter off: {filter}", filter=text)
        made.setToolTip(said)
        made.setAccessibleName(said)
        return made
