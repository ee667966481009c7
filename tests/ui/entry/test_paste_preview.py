from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QTabWidget
from shiboken6 import isValid

from desktop.app.entry.pasting import BlockPlan
from desktop.app.entry.pasting import Edit
from desktop.app.entry.pasting import Refused
from desktop.core.cells import BLANK
from desktop.core.messages import message
from desktop.ui.entry.paste_preview import PastePreview
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import record_named
from tests.ui.entry.grids import Hand

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

WHY = message("forms.entry.whole", text="很多")


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def plan(hand: Hand) -> BlockPlan:
    by_id = hand.model.form.by_id
    good = record_named(hand.work, "eci", "好院")
    beds, nursing = by_id["beds_total"], by_id["beds_nursing"]
    return BlockPlan(
        edits=(Edit(0, good, beds, 7), Edit(0, good, nursing, BLANK)),
        refused=(
            Refused(0, good, beds, "很多", WHY),
            Refused(6, None, None, "x", message("app.paste.beside")),
        ),
        surplus=((("name", "丁院"), ("beds_total", 12)),),
    )


def lines(preview: PastePreview, name: str) -> list[list[str]]:
    model = child(preview, QTableView, name).model()
    return [
        [str(model.index(row, n).data()) for n in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_preview__says_what_why_and_before_and_after(hand: Hand) -> None:
    preview = PastePreview(hand.work, plan(hand), hand.page)
    why = hand.work.say.message(WHY)
    assert lines(preview, "paste.refused") == [
        ["1", "好院", "总床位数", "很多", why],
        ["7", "—", "—", "x", "超出了本表最右边的一列。"],
    ]
    assert lines(preview, "paste.edits") == [
        ["1", "好院", "总床位数", "100", "7"],
        ["1", "好院", "护理型床位数", "60", "—"],
    ]
    assert lines(preview, "paste.surplus") == [["1", "机构名称：丁院  总床位数：12"]]
    summary = child(preview, QLabel, "paste.summary").text()
    assert summary == (
        "现在还没有改动任何内容。2 格可以粘贴。2 格放不下，会保持原样。"
        "1 行超出了最后一条记录。"
    )
    tabs = child(preview, QTabWidget, "paste.tabs")
    assert [tabs.tabText(n) for n in range(tabs.count())] == [
        "放不下（2）",
        "新记录（1）",
        "将改变（2）",
    ]
    assert nameless(preview) == []


def test_preview__offers_only_what_can_be_done(hand: Hand) -> None:
    only = PastePreview(hand.work, BlockPlan((), plan(hand).refused), hand.page)
    names = [button.objectName() for button in every(only, QPushButton)]
    assert "paste.fitting" not in names
    assert "paste.adding" not in names
    assert "paste.cancel" in names


@pytest.mark.parametrize("button", ["fitting", "adding"])
def test_preview__tells_once_what_was_decided(hand: Hand, button: str) -> None:
    preview = PastePreview(hand.work, plan(hand), hand.page)
    said: list[str] = []
    preview.fitting.connect(lambda: said.append("fitting"))
    preview.adding.connect(lambda: said.append("adding"))
    preview.show()
    made = child(preview, QPushButton, f"paste.{button}")
    hand.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert said == [button]
    free(preview)
    assert not isValid(preview)


def test_preview__ten_thousand_lines_are_made_as_one_looks(
    hand: Hand, qtmodeltester: ModelTester
) -> None:
    good = record_named(hand.work, "eci", "好院")
    beds = hand.model.form.by_id["beds_total"]
    refused = (Refused(0, good, beds, "很多", WHY),)
    edits = tuple(Edit(row, good, beds, row) for row in range(10_000))
    preview = PastePreview(hand.work, BlockPlan(edits, refused), hand.page)
    table = child(preview, QTableView, "paste.edits")
    assert table.model().rowCount() == 10_000
    qtmodeltester.check(table.model())
    preview.deleteLater()
