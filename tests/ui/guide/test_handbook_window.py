"""The handbook: chapters, search, and links that run commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.guide.handbook_window import HandbookWindow
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import UiStart


class Reader:
    """An open handbook, and the commands its links asked for."""

    def __init__(self, start: UiStart, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.asked: list[str] = []
        self.book = HandbookWindow(start, self.window, self.asked.append)
        self.book.open()
        self.qtbot = qtbot

    @property
    def listed(self) -> list[str]:
        rows = range(self.book.list.count())
        return [self.book.list.item(row).text() for row in rows]

    @property
    def text(self) -> str:
        return self.book.page.toPlainText()


@pytest.fixture
def reader(start: UiStart, qtbot: QtBot) -> Iterator[Reader]:
    made = Reader(start, qtbot)
    yield made
    made.window.close()


def test_handbook__opens_beside_the_work(reader: Reader) -> None:
    assert not reader.book.isModal()
    assert reader.text.startswith("第一天")
    assert reader.listed[0].startswith("第一天")
    assert nameless(reader.book) == []


def test_handbook__a_chapter_from_the_list(reader: Reader) -> None:
    row = reader.listed.index("从 Excel 带入")
    reader.book.list.setCurrentRow(row)
    assert reader.text.startswith("从 Excel 带入")
    assert "Ctrl+I" in reader.text


def test_handbook__search_by_typing_and_arrows(reader: Reader) -> None:
    box = reader.book.search
    box.insert("套话")
    [hit] = reader.listed
    assert "怎样写情况说明" in hit
    assert reader.text.startswith("第一天")
    reader.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert reader.book.list.currentRow() == 0
    assert reader.book.page.textCursor().selectedText() == "怎样写情况说明"
    box.clear()
    assert reader.listed[0].startswith("第一天")


def test_handbook__nothing_found_says_what_to_do(reader: Reader) -> None:
    reader.book.search.insert("没有这个词吧")
    assert reader.listed == ["没有找到。换一个短一点的词试试。"]
    before = reader.text
    reader.book.list.setCurrentRow(0)
    assert reader.text == before


def test_handbook__a_link_runs_its_command(reader: Reader) -> None:
    reader.book.page.anchorClicked.emit(QUrl("command:file.import"))
    reader.book.page.anchorClicked.emit(QUrl("https://example.org"))
    assert reader.asked == ["file.import"]


def test_handbook__ctrl_f_goes_to_the_search(reader: Reader) -> None:
    reader.book.list.setFocus()
    with reader.qtbot.waitActive(reader.book):
        reader.book.activateWindow()
    reader.qtbot.keyClick(
        reader.book, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier
    )
    assert reader.book.search.hasFocus()


def test_handbook__closes_and_is_freed(reader: Reader) -> None:
    reader.qtbot.keyClick(reader.book, Qt.Key.Key_Escape)
    free(reader.book)
    assert not isValid(reader.book)


def test_handbook__a_chapter_nobody_wrote_is_the_first(
    start: UiStart, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    book = HandbookWindow(start, window, lambda _: None, "no-such-chapter")
    assert book.page.toPlainText().startswith("第一天")
