"""核验: dropped, compared, listed, copied and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtGui import QDropEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QWidget

from desktop.app.verify.verifying import Check
from desktop.app.verify.verifying import Verdict
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind
from desktop.core.messages import message
from desktop.ui.files import verify_dialog
from desktop.ui.files.verify_dialog import VerifyDialog
from tests.ui.desks import child
from tests.ui.desks import free
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

SLOW = 60_000
CELL = Difference(Kind.ALTERED, "机构", "甲院", "床位", "100", "101", "机构!D5")
CHECKS = (
    Check(("a.pdf",), Verdict.AGREES, (message("verify.pdf-whole"),)),
    Check(
        ("b.xlsx",),
        Verdict.DIFFERS,
        (message("verify.cells-differ", count=3),),
        (CELL,) * 3,
    ),
    Check(("a.pdf", "b.taizhang"), Verdict.OLDER, ()),
    Check(("c.bin",), Verdict.UNKNOWN, ()),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(work: Workplace, window: QWidget) -> VerifyDialog:
    made = VerifyDialog(work, window)
    made.show()
    return made


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    path.write_text("甲,乙\n", encoding="utf-8")
    return path


def tree(dialog: VerifyDialog) -> QTreeWidget:
    return child(dialog, QTreeWidget, "verify.list")


def heads(dialog: VerifyDialog) -> list[str]:
    found = tree(dialog)
    places = range(found.topLevelItemCount())
    return [found.topLevelItem(place).text(0) for place in places]


def button(dialog: VerifyDialog, name: str) -> QPushButton:
    return child(dialog, QPushButton, f"verify.{name}")


def wait(dialog: VerifyDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not button(dialog, "stop").isVisible(), timeout=SLOW)


def mime(*urls: QUrl) -> QMimeData:
    made = QMimeData()
    made.setUrls(list(urls))
    return made


def test_drop__files_are_verified_with_the_open_ledger(
    dialog: VerifyDialog, qtbot: QtBot, table: Path, work: Workplace
) -> None:
    data = mime(QUrl.fromLocalFile(str(table)), QUrl("https://example.org/a.pdf"))
    action = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(5, 5).toPoint(), action, data, left, none)
    dialog.dragEnterEvent(entering)
    assert entering.isAccepted()
    other = mime(QUrl("https://example.org/a.pdf"))
    refused = QDragEnterEvent(QPointF(5, 5).toPoint(), action, other, left, none)
    refused.ignore()
    dialog.dragEnterEvent(refused)
    assert not refused.isAccepted()
    dialog.dropEvent(QDropEvent(QPointF(5, 5), action, data, left, none))
    assert child(dialog, QLabel, "verify.files").text() == "名单.csv"
    wait(dialog, qtbot)
    assert heads(dialog) == ["名单.csv：无法核验"]
    child(dialog, QCheckBox, "verify.ledger").setChecked(False)
    wait(dialog, qtbot)
    dialog.take([table, work.session.path])
    wait(dialog, qtbot)
    assert child(dialog, QLabel, "verify.summary").text() == "无法核验 1"


def test_choose__files_or_none(
    dialog: VerifyDialog, qtbot: QtBot, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    button(dialog, "choose").click()
    child(dialog, QCheckBox, "verify.ledger").setChecked(False)
    assert heads(dialog) == []
    chosen.append(str(table))
    button(dialog, "choose").click()
    wait(dialog, qtbot)
    assert heads(dialog) == ["名单.csv：无法核验"]


def test_list__the_worst_first_cell_by_cell(
    dialog: VerifyDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_dialog, "SHOWN", 2)
    dialog.show_checks(CHECKS)
    assert heads(dialog) == [
        "b.xlsx：不一致",
        "c.bin：无法核验",
        "a.pdf　↔　b.taizhang：不是最新",
        "a.pdf：一致",
    ]
    first = tree(dialog).topLevelItem(0)
    said, sides, cell, _, more = (first.child(n) for n in range(first.childCount()))
    assert said.text(0) == "有 3 处与生成时不一致。"
    assert "原为" in sides.text(0)
    assert [cell.text(n) for n in range(6)] == [
        "〔已改动〕机构",
        "甲院",
        "床位",
        "100",
        "101",
        "机构!D5",
    ]
    assert more.text(0) == "另有 1 处，存成表格后可以看到。"
    assert nameless(dialog) == []


def test_copy_and_save(
    dialog: VerifyDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not button(dialog, "copy").isEnabled()
    dialog.show_checks(CHECKS)
    button(dialog, "copy").click()
    assert "甲院　床位：100 → 101（机构!D5）" in QGuiApplication.clipboard().text()
    names = ["", str(tmp_path / "核验.csv"), str(tmp_path / "gone" / "核验.csv")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (names.pop(0), ""))
    for _ in range(2):
        button(dialog, "save").click()
    assert "甲院,床位,100,101" in (tmp_path / "核验.csv").read_text("utf-8-sig")
    fault = child(dialog, QLabel, "verify.fault")
    assert not fault.isVisible()
    button(dialog, "save").click()
    assert fault.isVisible()


def test_stop__and_close_while_it_works(
    dialog: VerifyDialog, qtbot: QtBot, table: Path
) -> None:
    dialog.take([table])
    button(dialog, "stop").click()
    wait(dialog, qtbot)
    dialog.take([table])
    dialog.reject()
    free(dialog)


def test_failure__of_the_program_is_not_hidden(
    dialog: VerifyDialog,
    qtbot: QtBot,
    table: Path,
    work: Workplace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passed: list[BaseException] = []
    monkeypatch.setattr(
        type(work.bridge), "pass_on", lambda _, error: passed.append(error)
    )

    def broken(*_: Sequence[object]) -> object:
        raise RuntimeError

    monkeypatch.setattr(verify_dialog, "verify", broken)
    dialog.take([table])
    wait(dialog, qtbot)
    assert [type(error) for error in passed] == [RuntimeError]
