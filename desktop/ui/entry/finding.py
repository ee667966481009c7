"""Find and replace: lines above the grid, and F3 from hit to hit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.store.search import Sought
from desktop.ui.entry.find_scope import FindScope
from desktop.ui.entry.replacing import Replacing
from desktop.ui.entry.seeking import Seeker
from desktop.ui.entry.seeking import Then
from desktop.ui.look import parts
from desktop.ui.look.icons import of_accent
from desktop.ui.look.tool_row import Tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.entry.finding import Scope
    from desktop.ui.entry.bench import Bench
    from desktop.ui.entry.block_work import BlockWork

BOX: Final = 320
"""The most a box for a text takes, in pixels."""
GROWS: Final = 9
"""How much more of the room a box takes than what is left free."""


class FindBar(QWidget):
    """Looks for a text in every record the grid lists, and puts another in its place.

    The first line finds, the second replaces, the third says how and where.
    """

    def __init__(self, page: Bench, blocks: BlockWork) -> None:
        """Wait for a text."""
        super().__init__()
        self.setObjectName("find")
        self._page, self._work = page, page.work
        self._form = page.model.form.id if page.model is not None else ""
        self.seeker = Seeker(page)
        self.seeker.wanted = self._wanted
        self.seeker.changed.connect(self._say)
        self._replacing = Replacing(page, blocks, self.seeker)
        self._replacing.said.connect(self._tell)
        self._lay_out()
        self._replace_line.hide()
        self._said.hide()
        self._work.bridge.records_changed.connect(lambda _: self._changed())

    # --- Layout --------------------------------------------------------------

    def _lay_out(self) -> None:
        say, column = self._work.say, parts.column(self, spacing=6)
        column.setContentsMargins(12, 0, 12, 8)
        self.text = self._box("find.text", say("Find in all cells of the form"))
        self.text.textChanged.connect(lambda _: self._typed())
        self.by = self._box("find.by", say("Replace with"))
        self._count = parts.label("", "muted", wrap=False, name="find.count")
        self._said = parts.label("", name="find.said")
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._whole = QCheckBox(say("Whole cells only"))
        self._whole.setObjectName("find.whole")
        self._whole.setToolTip(
            say("A cell counts only where all of it is what you look for.")
        )
        self._whole.toggled.connect(lambda _: self._seek_now())
        self._scope = FindScope(self._page)
        self._scope.currentIndexChanged.connect(lambda _: self._seek_now())
        first = parts.row(self.text, *self._steps())
        first.setStretch(0, GROWS)
        column.addLayout(first)
        column.addWidget(self._replacement())
        column.addLayout(parts.row(self._whole, self._scope, None))
        column.addWidget(self._said)
        order = (self.text, self.by, *self._doing, self._whole, self._scope)
        for before, after in pairwise((*order, *self._stepping)):
            QWidget.setTabOrder(before, after)

    def _box(self, name: str, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setPlaceholderText(hint)
        made.setAccessibleName(hint)
        made.setMinimumWidth(90)
        made.setMaximumWidth(self._work.look.px(BOX))
        made.installEventFilter(self)
        return made

    def _steps(self) -> list[QWidget | None]:
        say = self._work.say
        back = self._tool(
            say("Previous hit"), lambda: self.step(Then.BACK), "find.previous"
        )
        on = self._tool(say("Next hit"), lambda: self.step(Then.ON), "find.next")
        close = self._tool(say("Close"), self.put_away, "find.close")
        self._stepping = (back, on, close)
        return [self._count, back, on, None, close]

    def _tool(self, text: str, do: Callable[[], None], name: str) -> Tool:
        icon = "cross" if name == "find.close" else name.removeprefix("find.")
        made = Tool(text, do, name=name, icon=self._work.icons.icon(icon, of_accent))
        made.narrow(on=True)
        return made

    def _replacement(self) -> QWidget:
        say, self._replace_line = self._work.say, QWidget()
        one = parts.button(say("&Replace"), self.replace, name="find.replace")
        self._every = parts.button(
            say("Replace &all"), self.replace_all, name="find.replace_all"
        )
        self._doing = (one, self._every)
        line = parts.row(self.by, *self._doing, None)
        line.setStretch(0, GROWS)
        self._replace_line.setLayout(line)
        return self._replace_line

    # --- Coming and going ------------------------------------------------------

    def begin(self, *, replacing: bool = False) -> None:
        """Show the lines with the text chosen, ready to be typed over."""
        if not self.isVisible() or not self._has_focus():
            self._scope.take()
            self._tell("")
            self.seeker.look_again()
        self._replace_line.setVisible(replacing)
        self.show()
        self.text.setFocus()
        self.text.selectAll()

    def put_away(self) -> None:
        """Hide the lines, stop looking, and go back to the cells."""
        self.hide()
        self.seeker.forget()
        if self._page.on_card:
            self._page.card.show_place(self._work.desk.place)
        elif self._page.grid is not None:
            self._page.grid.setFocus()

    def outdate(self) -> None:
        """Look again: the rows are other ones, or those of another form."""
        form = "" if self._page.model is None else self._page.model.form.id
        if form != self._form:
            self._form = form
            self._scope.take()
            self._tell("")
        self.seeker.unmark()
        self._changed()

    def _changed(self) -> None:
        """Look again before the next step: the cells are other ones."""
        if self.isVisible():
            self.seeker.look_again()
        else:
            self.seeker.forget()

    def _has_focus(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.isAncestorOf(now)

    # --- Finding -------------------------------------------------------------

    def _wanted(self) -> tuple[Scope, Sought] | None:
        scope, text = self._scope.scope(), self.text.text()
        if scope is None or not text:
            return None
        # Spaces around a text come with pasting it; spaces alone are meant.
        return scope, Sought(text.strip() or text, whole=self._whole.isChecked())

    def _typed(self) -> None:
        self._tell("")
        self.seeker.seek()

    def _seek_now(self) -> None:
        self._tell("")
        self.seeker.seek(soon=False)

    def step(self, then: Then) -> None:
        """Go to the next hit, or to the one before; the keys stay in these lines."""
        if not self.text.text():
            self.begin()
            return
        with_keys = QApplication.focusWidget() if self._has_focus() else None
        self.seeker.step(then)
        if with_keys is not None:
            with_keys.setFocus()

    def _say(self) -> None:
        """Say which hit of how many one is at, or how far the search is."""
        say, found, progress = self._work.say, self.seeker.found, self.seeker.progress
        number = self.seeker.number
        text = ""
        if progress is not None:
            done = f"{progress.done * 100 // max(progress.total, 1)} %"
            text = say("Searching… {done}", done=done)
        elif found is not None and not len(found):
            text = self._not_found()
        elif found is not None and number is None:
            text = say("{total} hits", total=f"{len(found):,}")
        elif found is not None and number is not None:
            total, which = f"{len(found):,}", f"{number + 1:,}"
            text = say("Hit {number} of {total}", number=which, total=total)
        self._count.setText(text)

    def _not_found(self) -> str:
        """Say that nothing is there, and what was not looked through."""
        say, model = self._work.say, self._page.model
        if model is not None and model.listing.narrows:
            return say("Not found among the records the filter shows")
        return say("Not found")

    # --- Replacing -----------------------------------------------------------

    def replace(self) -> None:
        """Replace in the current cell and go to the next hit."""
        wanted = self._wanted()
        if wanted is not None:
            with_keys = QApplication.focusWidget() if self._has_focus() else None
            self._replacing.one(wanted[1], self.by.text())
            if with_keys is not None:
                with_keys.setFocus()

    def replace_all(self) -> None:
        """Replace in all cells that are looked through, as one step to undo."""
        wanted = self._wanted()
        if wanted is not None:
            # From here on Ctrl+Z takes back the replacement, not what was typed.
            self._every.setFocus()
            self._replacing.every(*wanted, self.by.text())

    def _tell(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    # --- Keys ----------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step with Enter, replace with Enter in the second line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.by:
                    self.replace()
                else:
                    self.step(Then.BACK if back else Then.ON)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape, wherever in the lines one is."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
