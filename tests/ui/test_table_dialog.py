"""A table in a window: computed, dropped when something else is asked, copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.ui.look import parts
from desktop.ui.table_dialog import TableDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.app.progress import Steps
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace


class Letters(TableDialog):
    """Copies the letters that were computed."""

    letters = ""

    def text(self) -> str:
        return self.letters

    def take(self, letters: str) -> None:
        self.letters += letters


@pytest.fixture
def made(work: Workplace, qtbot: QtBot) -> Iterator[Letters]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Letters(work, window, "letters", "字母")
    column = parts.column(made)
    column.addWidget(made.table)
    column.addWidget(made.told)
    column.addLayout(made.foot())
    made.show()
    yield made
    window.close()


def spelled(word: str) -> Callable[[Ledger], Steps[str]]:
    def steps(_ledger: Ledger) -> Steps[str]:
        for _ in word:
            yield Progress(0, 1, message("app.auditing"))
        return word

    return steps


def test_compute__what_was_asked_before_is_dropped(
    made: Letters, qtbot: QtBot, work: Workplace
) -> None:
    assert nameless(made) == []
    assert made.table.accessibleName() == "字母"
    made.compute(spelled("long" * 50), made.take)
    made.compute(spelled("new"), made.take)
    qtbot.waitUntil(lambda: bool(made.letters))
    drain(work)
    assert made.letters == "new"


def test_copy__says_so_and_copies_nothing_before(made: Letters) -> None:
    QGuiApplication.clipboard().setText("before")
    child(made, QPushButton, "letters.copy").click()
    assert QGuiApplication.clipboard().text() == "before"
    made.take("ab")
    child(made, QPushButton, "letters.copy").click()
    assert QGuiApplication.clipboard().text() == "ab"
    told = child(made, QLabel, "letters.told")
    assert told.isVisible()
    assert told.text() == "整张表已复制，到 Excel、WPS 或文档里粘贴即可。"
    made.tell("")
    assert not told.isVisible()


def test_done__stops_what_is_being_computed(made: Letters, work: Workplace) -> None:
    taken: list[str] = []
    made.compute(spelled("long" * 50), taken.append)
    child(made, QPushButton, "letters.close").click()
    drain(work)
    assert taken == []
