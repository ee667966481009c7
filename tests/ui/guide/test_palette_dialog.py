"""The command palette: what is typed, what is found, what is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.commands import COMMANDS
from desktop.app.commands import Need
from desktop.app.guide.palette import OfferKind
from desktop.ui.desk import Page
from desktop.ui.guide.handbook_window import HandbookWindow
from desktop.ui.guide.palette_dialog import KINDS
from desktop.ui.guide.palette_dialog import OFFER
from desktop.ui.guide.palette_dialog import PaletteDialog
from desktop.ui.guide.palette_dialog import offers
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.app.guide.palette import Offer
    from desktop.ui.workplace import Workplace


def there(palette: PaletteDialog) -> list[Offer]:
    """Give what the palette offers, in order."""
    items = map(palette.list.topLevelItem, range(palette.list.topLevelItemCount()))
    return [item.data(0, OFFER) for item in items]


class Typist:
    """The palette over a window, and the commands it asked for."""

    def __init__(self, work: Workplace, qtbot: QtBot) -> None:
        self.work, self.qtbot = work, qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.asked: list[str] = []
        work.desk.asked.connect(self.asked.append)
        self.palette = PaletteDialog(work, self.window)
        self.palette.open()

    def type(self, text: str) -> None:
        self.palette.box.insert(text)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.palette.box, key)

    @property
    def listed(self) -> list[str]:
        return [offer.title for offer in there(self.palette)]


@pytest.fixture
def typist(work: Workplace, qtbot: QtBot) -> Iterator[Typist]:
    work.desk.set_need(Need.GRID, holds=True)
    made = Typist(work, qtbot)
    yield made
    made.window.close()


def test_palette__a_command_by_a_part_of_its_title(typist: Typist) -> None:
    typist.type("快捷键")
    assert typist.listed[0].startswith("键盘快捷键")
    typist.press(Qt.Key.Key_Return)
    assert typist.asked == ["help.keys"]
    free(typist.palette)
    assert not isValid(typist.palette)


def test_palette__by_first_letters_and_arrows(typist: Typist) -> None:
    typist.type("sh")
    assert typist.listed[0].startswith("审核")
    typist.press(Qt.Key.Key_Down)
    assert typist.palette.list.currentItem() is typist.palette.list.topLevelItem(1)
    typist.press(Qt.Key.Key_Up)
    typist.press(Qt.Key.Key_Enter)
    assert typist.asked == ["view.audit"]


def test_palette__a_form_and_a_field_are_gone_to(typist: Typist, qtbot: QtBot) -> None:
    form = typist.work.pack.forms[-1]
    typist.type(form.title)
    typist.press(Qt.Key.Key_Return)
    assert typist.work.desk.page is Page.ENTRY
    assert typist.work.desk.place.form == form.id
    field = form.fields[-1]
    again = PaletteDialog(typist.work, typist.window)
    again.box.insert(field.title)
    found = there(again)
    row = [offer.kind for offer in found].index(OfferKind.FIELD)
    for _ in range(row):
        qtbot.keyClick(again.box, Qt.Key.Key_Down)
    qtbot.keyClick(again.box, Qt.Key.Key_Return)
    assert typist.work.desk.place.field == found[row].target


def test_palette__a_chapter_of_the_handbook(typist: Typist) -> None:
    typist.type("数据安全")
    typist.press(Qt.Key.Key_Return)
    [book] = every(typist.window, HandbookWindow)
    assert book.page.toPlainText().startswith("数据安全")


def test_palette__another_ledger(work: Workplace, qtbot: QtBot) -> None:
    work.habits.keep(work.habits.now.opened(Path("/somewhere/去年.taizhang")))
    typist = Typist(work, qtbot)
    wanted: list[Path] = []
    work.desk.ledger_wanted.connect(wanted.append)
    typist.type("去年")
    typist.press(Qt.Key.Key_Return)
    assert wanted == [Path("/somewhere/去年.taizhang")]


def test_palette__nothing_found_does_nothing(typist: Typist) -> None:
    typist.type("没有这样的命令")
    typist.press(Qt.Key.Key_Return)
    assert typist.asked == []
    assert typist.palette.isVisible()


def test_palette__a_click_is_enough(typist: Typist) -> None:
    typist.type("快捷键")
    typist.palette.list.itemActivated.emit(typist.palette.list.currentItem(), 0)
    assert typist.asked == ["help.keys"]


def test_offers__only_commands_that_make_sense_now(work: Workplace) -> None:
    given = {each.target for each in offers(work) if each.kind is OfferKind.COMMAND}
    fitting = {each.id for each in COMMANDS if each.needs <= work.desk.holds}
    assert given == fitting - {"help.palette"}
    assert set(KINDS) == set(OfferKind)


def test_palette__a_screen_reader_has_a_name_for_all(typist: Typist) -> None:
    assert nameless(typist.palette) == []
