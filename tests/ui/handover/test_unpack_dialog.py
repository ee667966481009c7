"""A package that somebody brings: looked into, taken over, or put aside to be read."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.opening import open_ledger
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.store.errors import ReadOnlyError
from desktop.ui.beginning import begin_opening
from desktop.ui.courier import Courier
from desktop.ui.handover import unpack_dialog
from desktop.ui.handover.unpack_dialog import UnpackDialog
from tests.app.handover.packages import PHRASE
from tests.app.handover.packages import archive
from tests.app.handover.packages import handover
from tests.app.handover.packages import make
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.handover.keeping.archiving_open import Looked
    from desktop.app.progress import Watcher
    from desktop.core.messages import Message
    from desktop.ui.application import Shell
    from desktop.ui.workplace import UiStart

    Opener = Callable[[Path], UnpackDialog]

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.fixture
def opener(start: UiStart, qtbot: QtBot) -> Opener:
    parent = QWidget()
    qtbot.addWidget(parent)
    courier = Courier(parent)

    def opened(path: Path) -> UnpackDialog:
        made = UnpackDialog(start, courier, path, parent)
        made.show()
        return made

    return opened


def about(dialog: QWidget) -> str:
    return child(dialog, QLabel, "unpack.about").text()


def go(dialog: QWidget) -> QPushButton:
    return child(dialog, QPushButton, "unpack.go")


def test_take_over__a_sealed_package(
    opener: Opener, small_ledger: Path, folder: Path, start: UiStart, qtbot: QtBot
) -> None:
    made = make(small_ledger, handover(folder, "钥匙在抽屉里", PHRASE))
    dialog = opener(made.path)
    assert nameless(dialog) == []
    assert not go(dialog).isEnabled()
    word = child(dialog, QLineEdit, "unpack.password")
    fault = child(dialog, QLabel, "unpack.fault")
    type_text(word, "wrong")
    qtbot.mouseClick(go(dialog), LEFT)
    qtbot.waitUntil(fault.isVisible, timeout=10_000)
    assert "密码不对" in fault.text()
    word.clear()
    type_text(word, PHRASE)
    qtbot.mouseClick(go(dialog), LEFT)
    qtbot.waitUntil(lambda: about(dialog) != "", timeout=10_000)
    assert fault.isHidden()
    assert "钥匙在抽屉里" in about(dialog)
    assert "没有签名" in about(dialog)
    assert go(dialog).text() == "接收台账"
    target = child(dialog, QLineEdit, "unpack.target")
    assert target.text().startswith(str(start.places.documents))
    with qtbot.waitSignal(dialog.unpacked, timeout=10_000) as told:
        qtbot.mouseClick(go(dialog), LEFT)
    path, read_only = told.args
    assert read_only is False
    with open_ledger(path, start.person) as ledger:
        [last] = ledger.log(ledger.head().seq - 1)
        assert last.title.code == "handing.action.taken"
        assert last.who == start.person.who


def test_archive__is_put_where_the_person_wants_and_only_read(
    opener: Opener,
    small_ledger: Path,
    folder: Path,
    start: UiStart,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = make(small_ledger, archive(folder))
    dialog = opener(made.path)
    qtbot.waitUntil(lambda: about(dialog) != "", timeout=10_000)
    assert child(dialog, QLineEdit, "unpack.password").isHidden()
    target = child(dialog, QLineEdit, "unpack.target")
    before = target.text()
    chosen = ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    choose = child(dialog, QPushButton, "unpack.choose")
    qtbot.mouseClick(choose, LEFT)
    assert target.text() == before
    chosen = str(small_ledger)
    qtbot.mouseClick(choose, LEFT)
    qtbot.mouseClick(go(dialog), LEFT)
    fault = child(dialog, QLabel, "unpack.fault")
    qtbot.waitUntil(fault.isVisible, timeout=10_000)
    assert small_ledger.name in fault.text()
    chosen = str(folder / "2025年")
    qtbot.mouseClick(choose, LEFT)
    with qtbot.waitSignal(dialog.unpacked, timeout=10_000) as told:
        qtbot.mouseClick(go(dialog), LEFT)
    assert told.args == [folder / "2025年.taizhang", True]
    with pytest.raises(ReadOnlyError):
        open_ledger(folder / "2025年.taizhang", start.person)


def test_look__what_is_no_package_is_said(
    opener: Opener, folder: Path, qtbot: QtBot
) -> None:
    path = folder / "p.zip"
    path.write_bytes(b"nothing")
    dialog = opener(path)
    fault = child(dialog, QLabel, "unpack.fault")
    qtbot.waitUntil(fault.isVisible, timeout=10_000)
    assert "不是交接包" in fault.text()
    qtbot.mouseClick(child(dialog, QPushButton, "unpack.close"), LEFT)


def test_look__a_file_that_is_gone_is_said(
    opener: Opener, folder: Path, qtbot: QtBot
) -> None:
    dialog = opener(folder / "gone.zip")
    qtbot.waitUntil(child(dialog, QLabel, "unpack.fault").isVisible, timeout=10_000)


@pytest.mark.parametrize("way", ["reject", "close"])
def test_leave__what_is_running_is_stopped_first(
    opener: Opener,
    folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    def endless(_path: Path, _password: str | None, watch: Watcher) -> Message:
        pause = Event()
        while watch(Progress(0, 1, message("handing.checking"))):
            pause.wait(0.01)
        raise CancelledError

    monkeypatch.setattr(unpack_dialog, "look_into", endless)
    dialog = opener(folder / "p.zip")
    with qtbot.waitSignal(dialog.destroyed, timeout=10_000):
        getattr(dialog, way)()
        assert dialog.isVisible()


def test_leave__before_anything_was_asked(
    opener: Opener, small_ledger: Path, folder: Path, qtbot: QtBot
) -> None:
    dialog = opener(make(small_ledger, handover(folder, "", PHRASE)).path)
    dialog.close()
    assert not dialog.isVisible()


def test_look__a_fault_of_ours_is_not_hidden(
    opener: Opener, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Looked | Message:
        raise ZeroDivisionError

    monkeypatch.setattr(unpack_dialog, "look_into", broken)
    with qtbot.captureExceptions() as caught:
        opener(folder / "p.zip")
        qtbot.waitUntil(lambda: bool(caught), timeout=5000)
    assert caught[0][0] is ZeroDivisionError


def test_shell__opens_a_package_and_then_its_ledger(
    shell: Shell, small_ledger: Path, folder: Path, qtbot: QtBot
) -> None:
    made = make(small_ledger, archive(folder))
    shell.show_start()
    assert shell.first is not None
    shell.open(made.path)
    dialog = child(shell.first, UnpackDialog, "unpack")
    qtbot.waitUntil(lambda: about(dialog) != "", timeout=10_000)
    qtbot.mouseClick(go(dialog), LEFT)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=20_000)
    assert shell.window is not None
    assert not shell.window.work.writable


def test_shell__is_started_on_a_package(
    shell: Shell, small_ledger: Path, folder: Path, qtbot: QtBot
) -> None:
    made = make(small_ledger, handover(folder))
    shell.start = replace(shell.start, ledger=made.path)
    shell.begin(begin_opening(made.path, shell.start))
    assert shell.first is not None
    dialog = child(shell.first, UnpackDialog, "unpack")
    qtbot.waitUntil(lambda: about(dialog) != "", timeout=10_000)
    dialog.reject()
