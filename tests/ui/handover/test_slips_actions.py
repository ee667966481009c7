"""Files that are written and taken in: folders, keys, Stop."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from typing import Any

from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QInputDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.background import Task
from desktop.app.handover.keeping.signing import make_key
from desktop.core.messages import message
from desktop.exchange.sealing import LEAST_COST
from desktop.ui.handover import slips_actions
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.handover.slips_shown import press
from tests.ui.handover.slips_shown import settle
from tests.ui.handover.slips_shown import shown
from tests.ui.handover.slips_shown import text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.app.background import Stage
    from tests.ui.conftest import Opener


def test_tab__a_folder_that_cannot_be_written__says_why(
    qtbot: QtBot,
    open_work: Opener,
    county: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = shown(qtbot, open_work(county))
    gone = str(tmp_path / "gone")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: gone)

    with qtbot.waitSignal(tab.actions_.complained, timeout=30_000):
        press(tab, "slips.receipt")

    assert child(tab, QLabel, "slips.fault").isVisible()
    assert not child(tab, QLabel, "slips.busy").isVisible()


def test_tab__stopped__what_is_written_is_whole(
    qtbot: QtBot,
    open_work: Opener,
    county: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = shown(qtbot, open_work(county))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    go, begun = threading.Event(), threading.Event()

    class Held(Task[Any]):
        """Work that waits until Stop has been pressed."""

        def __init__(self, work: Callable[[Stage], Any], watch: Any) -> None:  # noqa: ANN401 - handed on
            super().__init__(lambda stage: go.wait(20) and work(stage), watch)
            begun.set()

    monkeypatch.setattr(slips_actions, "Task", Held)
    press(tab, "slips.receipt")
    qtbot.waitUntil(begun.is_set, timeout=30_000)

    with qtbot.waitSignal(tab.actions_.told, timeout=30_000) as told:
        child(tab, QPushButton, "slips.stop").click()
        go.set()

    assert told.args[0] == "已停止。写好的文件都是完整的。"
    assert list(tmp_path.glob("*.tz?")) == []
    tab.actions_.stop()


def test_tab__a_key_under_a_password__asks_for_it(
    qtbot: QtBot,
    open_work: Opener,
    county: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with opened(county) as ledger:
        make_key(ledger, "春江水暖鸭先知", LEAST_COST)
    tab = shown(qtbot, open_work(county))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    answers = iter([("错", True), ("春江水暖鸭先知", True)])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: next(answers))

    with qtbot.waitSignal(tab.actions_.told, timeout=30_000):
        press(tab, "slips.receipt")

    (file,) = tmp_path.glob("*.tzr")
    assert b"signature" in file.read_bytes()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", False))
    press(tab, "slips.receipt")
    assert len(list(tmp_path.glob("*.tzr"))) == 1


def test_tab__files_by_the_button(
    qtbot: QtBot, open_work: Opener, east: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = shown(qtbot, open_work(east))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    press(tab, "slips.take")
    names = [str(east.parent / "none.tzs")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    press(tab, "slips.take")
    settle(tab)
    assert "读不了文件 none.tzs" in text_of(tab, "slips.fault")


def test_tab__receipts_of_several_units_are_counted(
    qtbot: QtBot,
    open_work: Opener,
    county: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "west").mkdir()
    west = Desks(tmp_path / "west").new(street(WEST))
    with opened(county) as ledger, opened(west) as street_:
        take(ledger, submit(street_))
    tab = shown(qtbot, open_work(county))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))

    with qtbot.waitSignal(tab.actions_.told, timeout=30_000) as told:
        press(tab, "slips.all")

    assert told.args[0] == f"已写好并读回核对 4 个文件，在 {tmp_path}。"


def test_tab__an_answer_that_says_nothing__is_refused(
    qtbot: QtBot, open_work: Opener, east: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = shown(qtbot, open_work(east))

    tab.actions_.answer(lambda _: message("slips.record_gone", item="x.1"))
    drain(tab.work)

    assert "不用答复" in text_of(tab, "slips.fault")
