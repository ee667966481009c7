"""The command palette (Ctrl+K): type a part of what is wanted, press Enter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.commands import COMMANDS
from desktop.app.commands import mark
from desktop.app.guide.handbook import load_handbook
from desktop.app.guide.palette import Offer
from desktop.app.guide.palette import OfferKind
from desktop.app.guide.palette import likeliest
from desktop.ui.desk import Place
from desktop.ui.guide.search_box import SearchBox
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.ui.workplace import Workplace

OFFER: Final = Qt.ItemDataRole.UserRole
KINDS: Final[Mapping[OfferKind, str]] = {
    OfferKind.COMMAND: mark("Command"),
    OfferKind.FORM: mark("Form"),
    OfferKind.FIELD: mark("Field"),
    OfferKind.CHAPTER: mark("Handbook"),
    OfferKind.LEDGER: mark("Ledger"),
}


class PaletteDialog(QDialog):
    """Offers everything there is to do and to go to."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Gather the offers as they stand."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("palette")
        self._work = work
        self.setWindowTitle(work.say("Find a command"))
        self._offers = tuple(offers(work))
        self.box, self.list = SearchBox(), QTreeWidget()
        self._lay_out()
        self.box.textChanged.connect(self._list)
        self.box.stepped.connect(self._step)
        self.box.taken.connect(self.accept)
        self.list.itemActivated.connect(lambda *_: self.accept())
        self._list("")

    def _lay_out(self) -> None:
        say = self._work.say
        hint = say("Command, form, field or ledger; first letters will do: dr = 导入")
        self.box.setObjectName("palette.box")
        self.box.setAccessibleName(self.windowTitle())
        self.box.setPlaceholderText(hint)
        self.list.setObjectName("palette.list")
        self.list.setAccessibleName(say("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(3)
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column = parts.column(self, margin=12, spacing=8)
        column.addWidget(self.box)
        column.addWidget(self.list, 1)
        self.resize(self._work.look.dialog(560, 420))

    def _list(self, text: str) -> None:
        self.list.clear()
        for offer in likeliest(self._offers, text):
            kind = self._work.say(KINDS[offer.kind])
            item = QTreeWidgetItem([offer.title, kind, offer.aside])
            item.setData(0, OFFER, offer)
            self.list.addTopLevelItem(item)
        self._step(0)

    def _step(self, rows: int) -> None:
        now = self.list.indexOfTopLevelItem(self.list.currentItem())
        row = min(max(now + rows, 0), self.list.topLevelItemCount() - 1)
        self.list.setCurrentItem(self.list.topLevelItem(row))

    def accept(self) -> None:
        """Do what is chosen; where nothing is found, stay."""
        item: QTreeWidgetItem | None = self.list.currentItem()
        if item is None:
            return
        offer: Offer = item.data(0, OFFER)
        super().accept()
        self._do(offer)

    def _do(self, offer: Offer) -> None:
        desk = self._work.desk
        match offer.kind:
            case OfferKind.COMMAND:
                desk.asked.emit(offer.target)
            case OfferKind.FORM:
                desk.seek(Place(offer.target))
            case OfferKind.FIELD:
                desk.seek(Place(desk.place.form, desk.place.record, offer.target))
            case OfferKind.CHAPTER:
                from desktop.ui.guide.handbook_window import HandbookWindow  # noqa: PLC0415 - few ask for it

                window = cast("QWidget", self.parent())
                run = desk.asked.emit
                HandbookWindow(self._work.start, window, run, offer.target).open()
            case OfferKind.LEDGER:
                desk.ledger_wanted.emit(Path(offer.target))
            case _:
                assert_never(offer.kind)


def offers(work: Workplace) -> Iterator[Offer]:
    """Give all that can be asked for as things stand, commands first."""
    say, holds = work.say, work.desk.holds
    native = QKeySequence.SequenceFormat.NativeText
    for command in COMMANDS:
        if command.needs <= holds and command.id != "help.palette":
            keys = QKeySequence(command.shortcut).toString(native)
            yield Offer(OfferKind.COMMAND, command.id, say(command.title), keys)
    for form in work.pack.forms:
        yield Offer(OfferKind.FORM, form.id, form.title)
    for field in work.form(work.desk.place.form).fields:
        yield Offer(OfferKind.FIELD, field.id, field.title, field.measure or "")
    for chapter in load_handbook(work.start.places.handbook).chapters:
        yield Offer(OfferKind.CHAPTER, chapter.id, chapter.title)
    here = str(work.session.path)
    for path in work.habits.now.recent:
        if path != here:
            yield Offer(OfferKind.LEDGER, path, Path(path).stem, str(Path(path).parent))
