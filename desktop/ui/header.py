"""The strip above every page: unit, period, and whether what was typed is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.events import NotSaved
    from desktop.ui.look.icons import Ink
    from desktop.ui.workplace import Workplace


HEIGHT: Final = 50
_INKS: Final[Mapping[str, Ink]] = {
    "muted": lambda colours: colours.muted,
    "good": lambda colours: colours.good.ink,
    "bad": lambda colours: colours.error.ink,
}
"""The ink of the sign beside what is said, by the role of the words."""


class Header(QFrame):
    """Shows whose ledger this is and how it stands."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Show the ledger's unit, periods and saved state."""
        super().__init__(parent)
        self.setObjectName("header")
        self._work = work
        session, say = work.session, work.say
        unit = parts.label(session.root.name, "heading", wrap=False, name="unit")
        pack = parts.label(session.pack.title, "muted", wrap=False)
        self._periods = QComboBox()
        self._periods.setObjectName("period")
        self._periods.setAccessibleName(say("Period"))
        self._list()
        self._periods.activated.connect(self._choose)
        self._icon = parts.Picture()
        self._state = parts.label("", "muted", wrap=False, name="saved")
        reading = parts.label(say("Read-only"), "strong", wrap=False, name="reading")
        parts.set_badge(reading, work.look.colours.warning)
        low, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        reading.setSizePolicy(wide, low)
        who = parts.button(
            session.person.who,
            lambda: work.desk.asked.emit("file.person"),
            name="person",
            link=True,
        )
        who.setToolTip(say("Who is working: changes stand under this name"))
        who.setAccessibleName(f"{who.toolTip()} {who.text()}")
        row = parts.row(
            *(unit, self._periods, pack, reading, None),
            *(self._icon, self._state, who),
        )
        row.setContentsMargins(tokens.PAGE_MARGIN, 0, tokens.PAGE_MARGIN, 0)
        row.setSpacing(12)
        self.setLayout(row)
        reading.setVisible(not work.writable)
        work.bridge.period_changed.connect(self._list)
        work.bridge.saved.connect(self._saved)
        work.bridge.not_saved.connect(self._not_saved)
        work.look.changed.connect(self._measure)
        self._measure()
        self._at_rest()

    def _measure(self) -> None:
        self.setFixedHeight(self._work.look.px(HEIGHT))

    def _list(self) -> None:
        """List the periods, the newest first, with the one looked at chosen."""
        session = self._work.session
        self._periods.clear()
        for period in reversed(session.periods):
            self._periods.addItem(period.title, period)
        self._periods.setCurrentText(session.period.title)

    def _at_rest(self) -> None:
        say = self._work.say
        if self._work.writable:
            self._say(say("Every entry is saved at once"), "muted", "good")
        else:
            self._say(say("Opened for reading only"), "muted", "lock")

    def _saved(self, _event: object) -> None:
        now = self._work.start.person.clock()
        self._say(
            self._work.say("Saved {time}", time=f"{now:%H:%M:%S}"), "good", "good"
        )

    def _not_saved(self, event: NotSaved) -> None:
        reason = self._work.say.message(event.reason)
        self._say(self._work.say("Not saved"), "bad", "error")
        self._state.setToolTip(reason)

    def _say(self, text: str, role: str, icon: str) -> None:
        self._state.setText(text)
        self._state.setToolTip("")
        parts.set_role(self._state, role)
        self._icon.show_icon(self._work.icons.icon(icon, _INKS[role]))

    def _choose(self, place: int) -> None:
        period = self._periods.itemData(place)
        if period != self._work.session.period:
            # The ledger's thread may be busy for a slice; the window need not wait.
            session = self._work.session
            Task(lambda _: session.choose_period(period))
