"""The handbook beside the work: chapters, a search, and links that run commands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QTextBrowser
from PySide6.QtWidgets import QWidget

from desktop.app.guide.handbook import LINK
from desktop.app.guide.handbook import load_handbook
from desktop.app.guide.handbook import shown
from desktop.ui.guide.search_box import SearchBox
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.guide.handbook import Chapter
    from desktop.app.guide.handbook import Section
    from desktop.ui.workplace import UiStart

PLACE: Final = Qt.ItemDataRole.UserRole
"""The id of an item's chapter, and the title of the section it leads to."""


class HandbookWindow(QDialog):
    """Shows the handbook; the ledger's window goes on working."""

    def __init__(
        self,
        start: UiStart,
        parent: QWidget,
        run: Callable[[str], object],
        chapter: str = "",
    ) -> None:
        """Open at a chapter, by default the first; `run` does a command."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("handbook")
        self._say, self._run = start.say, run
        self._book = load_handbook(start.places.handbook)
        self.setWindowTitle(self._say("Handbook"))
        self.search = SearchBox()
        self.list = QListWidget()
        self.page = QTextBrowser()
        self._lay_out()
        self._list("")
        self.turn_to(chapter)
        self.search.textChanged.connect(self._list)
        self.search.stepped.connect(lambda _: self._enter())
        self.search.taken.connect(self._enter)
        self.list.currentItemChanged.connect(lambda now, _: self._chosen(now))
        self.page.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence("Ctrl+F"), self, self._seek)

    def open(self) -> None:
        """Show the handbook without keeping the person from their work."""
        self.show()

    def turn_to(self, chapter: str, section: str = "") -> None:
        """Show a chapter, at a section if one is named."""
        found = self._book.chapter(chapter) or self._book.chapters[0]
        self.page.setMarkdown(shown(found, self._say))
        self._mark(found)
        if section and section != found.title:
            self.page.find(section, QTextDocument.FindFlag.FindCaseSensitively)
            self.page.ensureCursorVisible()

    def _lay_out(self) -> None:
        say = self._say
        for widget, name, title in (
            (self.search, "handbook.search", say("Search the handbook")),
            (self.list, "handbook.chapters", say("Chapters")),
            (self.page, "handbook.page", self.windowTitle()),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(title)
        self.search.setPlaceholderText(say("Search the handbook"))
        self.search.setClearButtonEnabled(True)
        self.list.setWordWrap(True)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.list.setHorizontalScrollBarPolicy(off)
        self.page.setOpenLinks(False)
        left = QWidget()
        column = parts.column(left, margin=10, spacing=8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.page)
        split.setStretchFactor(1, 1)
        split.setSizes([240, 560])
        parts.column(self).addWidget(split)
        self.resize(820, 540)

    def _list(self, text: str) -> None:
        """List the chapters, or with a text the sections that have it."""
        # A list that is emptied makes one line after the other the current one.
        self.list.blockSignals(True)
        self.list.clear()
        self.list.blockSignals(False)
        if text.strip():
            for hit in self._book.search(text, self._say):
                title = self._title(hit.chapter, hit.section)
                self._item(f"{title}\n{hit.around}", hit.chapter, hit.section.title)
            if not self.list.count():
                none = self._say("Nothing found: try a shorter word.")
                self.list.addItem(QListWidgetItem(none))
        else:
            for chapter in self._book.chapters:
                self._item(chapter.title, chapter, "")

    def _title(self, chapter: Chapter, section: Section) -> str:
        same = section.title == chapter.title
        return chapter.title if same else f"{chapter.title} › {section.title}"

    def _item(self, text: str, chapter: Chapter, section: str) -> None:
        item = QListWidgetItem(text)
        item.setData(PLACE, (chapter.id, section))
        self.list.addItem(item)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        place = None if item is None else item.data(PLACE)
        if place is not None:
            self.turn_to(*place)

    def _mark(self, chapter: Chapter) -> None:
        """Mark the chapter in the list, where the list is that of the chapters."""
        if self.search.text().strip():
            return
        self.list.blockSignals(True)
        self.list.setCurrentRow(self._book.chapters.index(chapter))
        self.list.blockSignals(False)

    def _follow(self, link: QUrl) -> None:
        """Run the command a link names."""
        text = link.toString()
        if text.startswith(LINK):
            cast("QWidget", self.parent()).activateWindow()
            self._run(text.removeprefix(LINK))

    def _seek(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _enter(self) -> None:
        """Go from the search into what it found."""
        self.list.setFocus()
        self.list.setCurrentRow(0)
