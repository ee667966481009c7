"""A verified copy of the ledger, where the person wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.app.ledgers.backing_up import BACKUPS
from desktop.app.ledgers.backing_up import backup_folder
from desktop.store.backup import verify
from desktop.ui.home.backup_dialog import BackupDialog
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(work: Workplace, parent: QWidget) -> BackupDialog:
    made = BackupDialog(work, parent)
    made.show()
    return made


def test_back_up__where_the_person_chose(
    dialog: BackupDialog,
    parent: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = dialog.work
    assert dialog.folder.text() == str(backup_folder(work.session.path))
    assert nameless(dialog) == []
    stick = tmp_path / "U盘"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    qtbot.mouseClick(child(dialog, QPushButton, "backup.choose"), LEFT)
    with qtbot.waitSignal(work.desk.backed_up, timeout=20_000):
        qtbot.mouseClick(child(dialog, QPushButton, "backup.start"), LEFT)
    [copy] = stick.iterdir()
    verify(copy)
    assert copy.name in child(dialog, QLabel, "backup.said").text()
    assert work.habits.now.layout[BACKUPS] == str(stick)
    assert BackupDialog(work, parent).folder.text() == str(stick)


def test_back_up__nothing_chosen_nothing_done(
    dialog: BackupDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dialog.folder.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    qtbot.mouseClick(child(dialog, QPushButton, "backup.choose"), LEFT)
    assert dialog.folder.text() == before
    dialog.folder.setText(" ")
    assert not child(dialog, QPushButton, "backup.start").isEnabled()


def test_back_up__a_place_that_takes_nothing(
    dialog: BackupDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    there = tmp_path / "file"
    there.write_text("no folder", encoding="utf-8")
    dialog.folder.setText(str(there))
    start = child(dialog, QPushButton, "backup.start")
    qtbot.mouseClick(start, LEFT)
    fault = child(dialog, QLabel, "backup.fault")
    qtbot.waitUntil(fault.isVisible, timeout=20_000)
    assert start.isEnabled(), "another folder may be tried"
