"""Words give way to icons where there is no room, and are not lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit

from desktop.ui.look.tool_row import Tool
from desktop.ui.look.tool_row import ToolRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.icons import Icons

WORDS = ("新增记录", "删除记录", "导入表格")


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def row(qtbot: QtBot, icons: Icons, done: list[str]) -> ToolRow:
    tools = [
        Tool(text, partial(done.append, text), name=text, icon=icons.icon("add"))
        for text in WORDS
    ]
    made = ToolRow(QLineEdit(), None, *tools)
    qtbot.addWidget(made)
    made.resize(900, 50)
    made.show()
    return made


def tools(row: ToolRow) -> list[Tool]:
    return [each for each in row.children() if isinstance(each, Tool)]


def wide(row: ToolRow) -> list[bool]:
    return [each.width() >= each.wide_hint().width() for each in tools(row)]


def test_row__words_while_there_is_room(row: ToolRow) -> None:
    assert wide(row) == [True] * 3


def test_row__icons_alone_where_it_is_narrow_and_back(
    row: ToolRow, qtbot: QtBot
) -> None:
    row.resize(row.minimumSizeHint())
    qtbot.waitUntil(lambda: wide(row) == [False] * 3)
    narrow = tools(row)[0].grab().toImage()
    row.resize(900, 50)
    qtbot.waitUntil(lambda: wide(row) == [True] * 3)
    assert tools(row)[0].grab().toImage() != narrow


def test_row__asks_for_no_more_than_the_icons_need(row: ToolRow) -> None:
    words = sum(each.wide_hint().width() for each in tools(row))
    icons = sum(each.narrow_hint().width() for each in tools(row))
    assert icons < words / 1.5
    assert row.minimumSizeHint().width() < row.sizeHint().width()


def test_narrow__the_words_stay_for_the_ear_and_the_hint(row: ToolRow) -> None:
    row.resize(row.minimumSizeHint())
    for tool, text in zip(tools(row), WORDS, strict=True):
        interface = QAccessible.queryAccessibleInterface(tool)
        assert interface.text(QAccessible.Text.Name) == text
        assert tool.text() == text
        assert tool.toolTip() == text


def test_tool__does_what_it_is_for(row: ToolRow, done: list[str], qtbot: QtBot) -> None:
    for tool in tools(row):
        qtbot.mouseClick(tool, Qt.MouseButton.LeftButton)
        assert not tool.autoDefault()
    assert done == list(WORDS)


def test_row__bigger_letters_need_more_room(row: ToolRow, qtbot: QtBot) -> None:
    row.resize(sum(each.wide_hint().width() for each in tools(row)) + 220, 50)
    assert wide(row) == [True] * 3
    font = row.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    row.setFont(font)
    for each in tools(row):
        each.setFont(font)
    row.fit()
    qtbot.waitUntil(lambda: wide(row) == [False] * 3)


def test_row__what_is_hidden_needs_no_room(row: ToolRow, qtbot: QtBot) -> None:
    tools(row)[0].hide()
    tools(row)[1].hide()
    row.resize(row.minimumSizeHint().width() + 80, 50)
    row.fit()
    qtbot.waitUntil(lambda: wide(row)[2])
