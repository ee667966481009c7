"""A package for a successor, and what stops it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QRadioButton
from PySide6.QtWidgets import QWidget

from desktop.app.handover.keeping import signing
from desktop.app.handover.keeping.archiving import HANDED
from desktop.app.handover.keeping.archiving_open import Looked
from desktop.app.handover.keeping.archiving_open import look_into
from desktop.exchange.handing import Purpose
from desktop.exchange.sealing import LEAST_COST
from desktop.ui.handover import archive_dialog
from desktop.ui.handover.archive_dialog import ArchiveDialog
from tests.ui.desks import child
from tests.ui.desks import nameless
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.handover.keeping.archiving import Made
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(work: Workplace, parent: QWidget) -> ArchiveDialog:
    made = ArchiveDialog(work, parent)
    made.show()
    return made


@pytest.fixture
def folder(tmp_path: Path, dialog: ArchiveDialog) -> Path:
    made = tmp_path / "移交"
    made.mkdir()
    child(dialog, QLineEdit, "handing.folder").setText(str(made))
    return made


def start_of(dialog: ArchiveDialog) -> QPushButton:
    return child(dialog, QPushButton, "handing.start")


def finished(dialog: ArchiveDialog, qtbot: QtBot) -> str:
    said = child(dialog, QLabel, "handing.said")
    qtbot.mouseClick(start_of(dialog), LEFT)
    qtbot.waitUntil(said.isVisible, timeout=30_000)
    return said.text()


def test_make__for_a_successor_and_noted_in_the_ledger(
    dialog: ArchiveDialog,
    folder: Path,
    work: Workplace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert nameless(dialog) == []
    assert not start_of(dialog).isEnabled()
    type_text(child(dialog, QLineEdit, "handing.taker"), "王明")
    type_text(child(dialog, QLineEdit, "handing.note"), "钥匙在抽屉里")
    text = finished(dialog, qtbot)
    [path] = folder.iterdir()
    assert path.name in text
    assert "请交给王明" in text
    looked = look_into(path, None, lambda _: True)
    assert isinstance(looked, Looked)
    assert looked.package.taker == "王明"
    assert looked.package.note == "钥匙在抽屉里"
    assert looked.package.giver == "李芳"
    chosen = work.session.thread.call(lambda ledger: ledger.choices("")).result()
    assert any(name.startswith(HANDED) for name in chosen)
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )
    qtbot.mouseClick(child(dialog, QPushButton, "handing.show"), LEFT)
    assert opened == [str(folder)]
    assert work.habits.now.layout[archive_dialog.FOLDER] == str(folder)
    qtbot.mouseClick(child(dialog, QPushButton, "handing.close"), LEFT)


def test_make__for_the_archive_sealed_and_signed_under_a_password(
    work: Workplace, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.session.thread.call(
        lambda ledger: signing.make_key(ledger, "key word", LEAST_COST)
    ).result()
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ArchiveDialog(work, parent)
    dialog.show()
    key = child(dialog, QLineEdit, "handing.key")
    qtbot.waitUntil(key.isVisible, timeout=5000)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    qtbot.mouseClick(child(dialog, QPushButton, "handing.choose"), LEFT)
    child(dialog, QRadioButton, "handing.away").click()
    assert child(dialog, QLineEdit, "handing.taker").isHidden()
    assert start_of(dialog).isEnabled()
    child(dialog, QCheckBox, "handing.seal").click()
    assert not start_of(dialog).isEnabled()
    type_text(child(dialog, QLineEdit, "handing.password"), "a long word")
    type_text(child(dialog, QLineEdit, "handing.again"), "a long word")
    type_text(key, "key word")
    finished(dialog, qtbot)
    [path] = tmp_path.glob("*.zip.tzx")
    looked = look_into(path, "a long word", lambda _: True)
    assert isinstance(looked, Looked)
    assert looked.package.purpose is Purpose.ARCHIVE
    assert looked.signed.code == "handing.signed"


def test_make__says_why_a_key_could_not_sign(
    work: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    work.session.thread.call(
        lambda ledger: signing.make_key(ledger, "key word", LEAST_COST)
    ).result()
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ArchiveDialog(work, parent)
    dialog.show()
    child(dialog, QLineEdit, "handing.folder").setText(str(tmp_path))
    child(dialog, QRadioButton, "handing.away").click()
    assert "设了密码" in finished(dialog, qtbot)


def test_make__a_ledger_that_is_not_whole_says_so(
    open_work: Opener, small_ledger: Path, parent: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    with closing(sqlite3.connect(small_ledger)) as file:
        file.execute("INSERT INTO _nil VALUES ('eci', '2025', '310105001')")
        file.commit()
    dialog = ArchiveDialog(open_work(small_ledger), parent)
    dialog.show()
    child(dialog, QLineEdit, "handing.folder").setText(str(tmp_path))
    child(dialog, QRadioButton, "handing.away").click()
    assert "体检发现 1 个问题" in finished(dialog, qtbot)


def test_make__a_folder_that_is_not_there_is_said(
    dialog: ArchiveDialog, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    qtbot.mouseClick(child(dialog, QPushButton, "handing.choose"), LEFT)
    folder.rmdir()
    child(dialog, QRadioButton, "handing.away").click()
    qtbot.mouseClick(start_of(dialog), LEFT)
    fault = child(dialog, QLabel, "handing.fault")
    qtbot.waitUntil(fault.isVisible, timeout=30_000)
    assert str(folder) in fault.text()
    assert start_of(dialog).isEnabled()


@pytest.mark.parametrize("way", ["stop", "reject", "close"])
def test_stop__leaves_nothing_behind(
    dialog: ArchiveDialog, folder: Path, work: Workplace, qtbot: QtBot, way: str
) -> None:
    before = work.session.thread.call(lambda ledger: ledger.head()).result()
    child(dialog, QRadioButton, "handing.away").click()
    dialog.start()
    getattr(dialog, way)()
    assert dialog.isVisible()
    said = child(dialog, QLabel, "handing.said")
    qtbot.waitUntil(said.isVisible, timeout=30_000)
    assert said.text() == "已停止，没有写出任何文件。"
    assert list(folder.iterdir()) == []
    assert work.session.thread.call(lambda ledger: ledger.head()).result() == before
    dialog.stop()
    dialog.close()
    assert not dialog.isVisible()


def test_make__a_fault_of_ours_is_not_hidden(
    dialog: ArchiveDialog, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Made:
        raise ZeroDivisionError

    monkeypatch.setattr(archive_dialog, "make_and_note", broken)
    child(dialog, QRadioButton, "handing.away").click()
    with qtbot.captureExceptions() as caught:
        dialog.start()
        qtbot.waitUntil(lambda: bool(caught), timeout=5000)
    assert caught[0][0] is ZeroDivisionError
    assert folder.is_dir()
