"""另存可读的工作簿: asked for, never by itself."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QInputDialog
from PySide6.QtWidgets import QLabel

from desktop.app.handover.keeping.sealing import seal_file
from desktop.exchange.sealing import LEAST_COST
from tests.exchange.handed_in import write_submission
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.ui.desks import child
from tests.ui.handover.arrived import SLOW
from tests.ui.handover.arrived import arrive
from tests.ui.handover.arrived import county_of
from tests.ui.handover.arrived import press
from tests.ui.handover.arrived import settled

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.handover.receive_files import ReceiveFiles
    from tests.ui.conftest import Opener

PHRASE = "春江水暖鸭先知"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Give a submission as it was before it was sealed."""
    (tmp_path / "east").mkdir()
    east = Desks(tmp_path / "east").new(street(EAST))
    with opened(east) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
    return write_submission(east, tmp_path / "east", "east")


@pytest.fixture
def view(qtbot: QtBot, open_work: Opener, tmp_path: Path, plain: Path) -> ReceiveFiles:
    (tmp_path / "came").mkdir()
    sealed = tmp_path / "came" / "a.tzx"
    seal_file(plain, sealed, PHRASE, cost=LEAST_COST)
    return arrive(open_work(county_of(tmp_path)), qtbot, [sealed])


def unlocked(view: ReceiveFiles, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (PHRASE, True))
    press(view, qtbot, "password")
    qtbot.waitUntil(lambda: not view.flow.reads[0].locked, timeout=SLOW)
    settled(view, qtbot)


def test_plain__is_offered_when_the_file_is_open_and_asks_where(
    view: ReceiveFiles,
    qtbot: QtBot,
    tmp_path: Path,
    plain: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not view.plain.isVisible(), "it is not open yet"
    unlocked(view, qtbot, monkeypatch)
    assert view.plain.isVisible()
    asked: list[str] = []
    target = tmp_path / "readable.xlsx"

    def choose(*given: object) -> tuple[str, str]:
        asked.append(str(given[2]))
        return (str(target) if len(asked) > 1 else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    view.plain.click()
    assert view.plain.isEnabled(), "nothing was chosen"
    assert [path.name for path in (tmp_path / "came").iterdir()] == ["a.tzx"]

    with qtbot.waitSignal(view.plain.told, timeout=SLOW):
        view.plain.click()

    assert asked[0].endswith("came/a.xlsx")
    assert target.read_bytes() == plain.read_bytes()
    assert "谁拿到都能打开" in child(view, QLabel, "receive.done").text()
    view.begin_with([plain])
    qtbot.waitUntil(lambda: len(view.flow.reads) == 1, timeout=SLOW)
    qtbot.waitUntil(lambda: view.flow.reads[0].path == plain, timeout=SLOW)
    settled(view, qtbot)
    assert not view.plain.isVisible()
    view.plain.show_item(None)
    view.plain.save()
    assert len(asked) == 2


def test_plain__where_nothing_can_be_written(
    view: ReceiveFiles, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked(view, qtbot, monkeypatch)
    gone = str(tmp_path / "gone" / "a.xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (gone, ""))

    with qtbot.waitSignal(view.plain.complained, timeout=SLOW):
        view.plain.click()

    assert child(view, QLabel, "receive.fault").isVisible()
    assert view.plain.isEnabled()


@pytest.mark.parametrize("given", [("", True), (PHRASE, False)])
def test_plain__without_the_password_nothing_is_asked_further(
    view: ReceiveFiles,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    given: tuple[str, bool],
) -> None:
    unlocked(view, qtbot, monkeypatch)
    asked: list[object] = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: given)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: asked.append(1))
    view.plain.click()
    assert asked == []
    assert view.plain.isEnabled()


def test_plain__with_another_password_says_so(
    view: ReceiveFiles, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked(view, qtbot, monkeypatch)
    target = tmp_path / "readable.xlsx"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("夜来风雨声", True))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(view.plain.complained, timeout=SLOW):
        view.plain.click()
    assert "密码" in child(view, QLabel, "receive.fault").text()
    assert not target.exists()


def test_password__is_let_go_of_when_the_file_is_read(
    view: ReceiveFiles, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Phrase(str):
        """A text that can be asked whether anybody still has it."""

        __slots__ = ("__weakref__",)

    typed = [Phrase(PHRASE)]
    gone = weakref.ref(typed[0])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (typed.pop(), True))
    press(view, qtbot, "password")
    qtbot.waitUntil(lambda: not view.flow.reads[0].locked, timeout=SLOW)
    settled(view, qtbot)
    gc.collect()
    assert gone() is None
