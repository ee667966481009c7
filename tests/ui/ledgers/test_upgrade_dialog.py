"""Upgrading the real pack of 长宁 in its window."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QMessageBox
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.opening import open_ledger
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.errors import DiskFullError
from desktop.store.ledger import Ledger
from desktop.ui.ledgers.upgrade_dialog import UpgradeDialog
from desktop.ui.ledgers.upgrade_preview import UpgradePreview
from tests.ui.desks import RESOURCES
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.ledgers.upgrades import newer_changning
from tests.ui.ledgers.upgrades import write_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.application import Shell
    from desktop.ui.workplace import UiStart
    from desktop.ui.workplace import Workplace

PATIENCE = 60_000
NEXT = Period(PeriodKind.YEAR, 2026)


@pytest.fixture
def dialog(qtbot: QtBot, changning_work: Workplace) -> Iterator[UpgradeDialog]:
    """Open the dialog; the program brings nothing newer."""
    window = QWidget()
    qtbot.addWidget(window)
    made = UpgradeDialog(changning_work, window)
    made.show()
    qtbot.waitUntil(lambda: "没有自带" in said(made), timeout=PATIENCE)
    yield made
    window.close()


def said(dialog: UpgradeDialog) -> str:
    return child(dialog, QLabel, "upgrade.said").text()


def button(dialog: UpgradeDialog, name: str) -> QPushButton:
    return child(dialog, QPushButton, f"upgrade.{name}")


def press(qtbot: QtBot, dialog: UpgradeDialog, name: str) -> None:
    qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)


def previewed(qtbot: QtBot, dialog: UpgradeDialog) -> UpgradePreview:
    [preview] = every(dialog, UpgradePreview)
    qtbot.waitUntil(preview.isVisible, timeout=PATIENCE)
    return preview


def cells(ledger: Ledger, period: str) -> list[dict[str, Cell]]:
    return [
        dict(record.filled())
        for record in ledger.rows("eci", ledger.ids("eci", period))
    ]


def test_dialog__a_file_is_previewed_then_carried_out(
    qtbot: QtBot, dialog: UpgradeDialog, changning_work: Workplace, tmp_path: Path
) -> None:
    session = changning_work.session
    before = session.thread.call(lambda ledger: cells(ledger, "2025")).result()
    assert not button(dialog, "go").isEnabled()

    dialog.read(write_pack(tmp_path, newer_changning()))
    preview = previewed(qtbot, dialog)

    assert preview.tabText(1) == "会新查出的问题（27）"
    assert "2025年将使用 2.0.0 版（现为 1.0.0 版）" in said(dialog)
    assert "一项不丢" in said(dialog)
    assert "27 个数值" in said(dialog), "the addresses"
    assert nameless(dialog) == []
    assert dialog.height() <= 560
    assert session.thread.call(lambda ledger: ledger.pack().version).result() == "1.0.0"

    with qtbot.waitSignals(
        [changning_work.bridge.pack_replaced, dialog.accepted], timeout=PATIENCE
    ):
        press(qtbot, dialog, "go")

    def look(ledger: Ledger) -> tuple[str, list[dict[str, Cell]], int]:
        problems = ledger.doctor().problems
        return ledger.pack().version, cells(ledger, "2025"), len(problems)

    version, after, faults = session.thread.call(look).result()
    assert (version, faults) == ("2.0.0", 0)
    for old, new in zip(before, after, strict=True):
        old.pop("address", None)
        if "telephone" in old:
            old["public_telephone"] = old.pop("telephone")
        assert new == old
    [copy] = tmp_path.glob("310105 长宁区 2025-*.taizhang")
    with open_ledger(copy, session.person, read_only=True) as kept:
        assert kept.pack().version == "1.0.0"
        assert "address" in cells(kept, "2025")[0]


def test_dialog__the_programs_own_newer_version_comes_first(
    qtbot: QtBot, changning_work: Workplace, ledger: Path, tmp_path: Path
) -> None:
    """A program that was renewed brings 1.1.0, and it is previewed at once."""
    resources = tmp_path / "resources"
    for name in ("changning", "common"):
        shutil.copytree(RESOURCES / "packs" / name, resources / "packs" / name)
    file = resources / "packs" / "changning" / "pack.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("version: 1.0.0", "version: 1.1.0"), "utf-8")
    begun = changning_work.start
    places = replace(begun.places, resources=resources)
    work = replace(changning_work, start=replace(begun, places=places))
    window = QWidget()
    qtbot.addWidget(window)
    dialog = UpgradeDialog(work, window)
    dialog.show()

    previewed(qtbot, dialog)

    packs = child(dialog, QComboBox, "upgrade.pack")
    assert packs.currentText() == "1.1.0（程序自带）"
    assert button(dialog, "go").isEnabled()
    press(qtbot, dialog, "cancel")
    free(dialog)
    assert not isValid(dialog)


def test_dialog__stopped__nothing_happened(
    qtbot: QtBot, dialog: UpgradeDialog, changning_work: Workplace, tmp_path: Path
) -> None:
    dialog.read(write_pack(tmp_path, newer_changning()))
    qtbot.waitUntil(button(dialog, "stop").isVisible, timeout=PATIENCE)
    press(qtbot, dialog, "stop")
    qtbot.waitUntil(lambda: "已停止" in said(dialog), timeout=PATIENCE)

    assert not button(dialog, "go").isEnabled()
    assert not button(dialog, "stop").isVisible()
    version = changning_work.session.thread.call(lambda ledger: ledger.pack().version)
    assert version.result() == "1.0.0"

    packs = child(dialog, QComboBox, "upgrade.pack")
    packs.activated.emit(0)
    previewed(qtbot, dialog)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "yangpu"}, "另一套制度包"),
        ({"version": "0.9.0"}, "0.9.0 版比台账现用的 1.0.0 版旧"),
        ({}, "已经在使用这个制度包的 1.0.0 版"),
    ],
)
def test_dialog__a_pack_the_ledger_cannot_go_on_under(
    qtbot: QtBot,
    dialog: UpgradeDialog,
    changning_work: Workplace,
    tmp_path: Path,
    change: dict[str, str],
    told: str,
) -> None:
    pack = changning_work.pack.replaced(**change)
    dialog.read(write_pack(tmp_path, pack))
    qtbot.waitUntil(lambda: told in said(dialog), timeout=PATIENCE)

    assert not button(dialog, "go").isEnabled()
    assert child(dialog, QLabel, "upgrade.said").property("role") == "fault"


def test_dialog__files_that_hold_no_sound_pack(
    qtbot: QtBot,
    dialog: UpgradeDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = write_pack(tmp_path, newer_changning())
    file.write_text(file.read_text("utf-8")[:-400], "utf-8")
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_, **__: (str(file), "")
    )
    press(qtbot, dialog, "file")
    qtbot.waitUntil(lambda: "损坏或不完整" in said(dialog), timeout=PATIENCE)
    assert "重新索取" in said(dialog)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    press(qtbot, dialog, "folder")
    qtbot.waitUntil(lambda: "没有制度包" in said(dialog), timeout=PATIENCE)

    for name in ("getOpenFileName", "getExistingDirectory"):
        answer = ("", "") if name == "getOpenFileName" else ""
        monkeypatch.setattr(QFileDialog, name, lambda *_, given=answer, **__: given)
    press(qtbot, dialog, "file")
    press(qtbot, dialog, "folder")
    assert "没有制度包" in said(dialog)


def test_dialog__a_full_disk__nothing_was_changed(
    qtbot: QtBot,
    dialog: UpgradeDialog,
    changning_work: Workplace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> Path:
        raise DiskFullError(message("store.disk_full"))

    dialog.read(write_pack(tmp_path, newer_changning()))
    previewed(qtbot, dialog)
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "set_aside", full)
        press(qtbot, dialog, "go")
        qtbot.waitUntil(lambda: "磁盘已满" in said(dialog), timeout=PATIENCE)
    version = changning_work.session.thread.call(lambda ledger: ledger.pack().version)
    assert version.result() == "1.0.0"
    assert button(dialog, "go").isEnabled(), "once there is room it can be tried again"

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "backup", full)
        dialog.plan()
        qtbot.waitUntil(lambda: "磁盘已满" in said(dialog), timeout=PATIENCE)
        drain(changning_work)
    assert not button(dialog, "go").isEnabled()


def test_dialog__nobody_leaves_while_the_ledger_changes_over(
    qtbot: QtBot, dialog: UpgradeDialog, changning_work: Workplace, tmp_path: Path
) -> None:
    dialog.read(write_pack(tmp_path, newer_changning()))
    previewed(qtbot, dialog)
    with qtbot.waitSignal(dialog.accepted, timeout=PATIENCE):
        dialog.upgrade()
        dialog.reject()
        assert dialog.isVisible()


def test_window__is_built_anew_and_older_periods_keep_their_pack(
    shell: Shell, start: UiStart, ledger: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with open_ledger(ledger, start.person) as opened:
        opened.add_period(NEXT, Period(PeriodKind.YEAR, 2025))
    shell.open(ledger)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=PATIENCE)
    first = shell.window
    assert first is not None
    first.work.desk.asked.emit("file.upgrade")
    [dialog] = every(first, UpgradeDialog)
    dialog.read(write_pack(tmp_path, newer_changning()))
    previewed(qtbot, dialog)
    assert "2026年将使用" in said(dialog)
    press(qtbot, dialog, "go")
    qtbot.waitUntil(lambda: shell.window not in (None, first), timeout=PATIENCE)

    second = shell.window
    assert second is not None
    assert (second.work.pack.version, second.work.period) == ("2.0.0", "2026")
    box = child(second, QMessageBox, "upgraded")
    assert "从2026年起使用 2.0.0 版" in box.text()
    [copy] = tmp_path.glob("310105 长宁区 2025-*.taizhang")
    assert str(copy) in box.informativeText()
    box.close()

    second.work.session.choose_period(Period(PeriodKind.YEAR, 2025))
    qtbot.waitUntil(lambda: shell.window not in (None, second), timeout=PATIENCE)
    third = shell.window
    assert third is not None
    assert (third.work.pack.version, third.work.period) == ("1.0.0", "2025")
    assert every(third, QMessageBox) == []
    third.close()
