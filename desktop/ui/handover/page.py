"""报送: the tabs of the hand-over; each is made when it is first opened."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QWidget

from desktop.app.commands import mark
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.ui.workplace import Workplace

LAYOUT: Final = "handover.tab"


class Tab(Enum):
    """What the page is for, in the order of the road through it."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    BOARD = "board"
    SLIPS = "slips"


TITLES: Final[Mapping[Tab, str]] = {
    Tab.SUBMIT: mark("Hand in"),
    Tab.RECEIVE: mark("Receive"),
    Tab.BOARD: mark("Who has handed in"),
    Tab.SLIPS: mark("Returns and receipts"),
}


class Tabs(QTabWidget):
    """Tabs that make do with the height there is; their lists scroll."""

    def hasHeightForWidth(self) -> bool:
        """Ask for no more height than the least, whatever texts there are to wrap."""
        return False


class HandoverPage(QWidget):
    """Shows the tab of last time; what most people do, hand in, comes first."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Make the tab that is shown, and no other."""
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self.tabs = Tabs()
        self.tabs.setObjectName("handover.tabs")
        self.tabs.setAccessibleName(work.say("Hand-over"))
        self._made: dict[Tab, QWidget] = {}
        column = parts.column(self, margin=tokens.PAGE_MARGIN, spacing=12)
        column.addWidget(parts.label(work.say("Hand-over"), "title", wrap=False))
        column.addWidget(self.tabs, 1)
        for tab in Tab:
            inside = QWidget()
            inside.setObjectName(f"handover.{tab.value}")
            parts.column(inside)
            self.tabs.addTab(inside, work.say(TITLES[tab]))
        kept = work.habits.now.layout.get(LAYOUT, "")
        begun = next((tab for tab in Tab if tab.value == kept), Tab.SUBMIT)
        self.open(begun)
        self.tabs.currentChanged.connect(self._turned)
        work.desk.handing_in.connect(self._hand_in)
        self.setFocusProxy(self.tabs)

    @property
    def tab(self) -> Tab:
        """The tab before the person."""
        return list(Tab)[self.tabs.currentIndex()]

    def open(self, tab: Tab) -> QWidget:
        """Turn to a tab, and give what is in it."""
        self.tabs.setCurrentIndex(list(Tab).index(tab))
        return self._make(tab)

    def _hand_in(self) -> None:
        self.open(Tab.SUBMIT)

    def _answer(self) -> None:
        self.open(Tab.SLIPS)

    def _turned(self, _place: int) -> None:
        self._make(self.tab)
        habits = self.work.habits
        habits.keep(habits.now.arranged(LAYOUT, self.tab.value))

    def _make(self, tab: Tab) -> QWidget:
        if tab not in self._made:
            made = self._made[tab] = self._loaded(tab)
            inside = self.tabs.widget(list(Tab).index(tab))
            layout = inside.layout()
            # For the type checker: it was given one above.
            assert layout is not None  # noqa: S101 - see above
            layout.addWidget(made)
        return self._made[tab]

    def _loaded(self, tab: Tab) -> QWidget:
        """Load the code of a tab, no sooner than it is wanted, and make it."""
        work = self.work
        match tab:
            case Tab.SUBMIT:
                from desktop.ui.handover.submit_tab import SubmitTab  # noqa: PLC0415 - see above

                return SubmitTab(work)
            case Tab.RECEIVE:
                from desktop.ui.handover.receive_tab import ReceiveTab  # noqa: PLC0415 - see above

                made = ReceiveTab(work)
                made.slips_wanted.connect(self._answer)
                return made
            case Tab.BOARD:
                from desktop.ui.handover.board_tab import BoardTab  # noqa: PLC0415 - see above

                return BoardTab(work)
            case Tab.SLIPS:
                from desktop.ui.handover.slips_tab import SlipsTab  # noqa: PLC0415 - see above

                return SlipsTab(work)
            case _:
                assert_never(tab)
