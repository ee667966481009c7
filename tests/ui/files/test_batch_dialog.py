"""批量导出: chosen, foretold while typing, written, stopped, gone on with."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.batch import running as batch
from desktop.app.batch.record import NAME
from desktop.app.reports import exporting
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.ui.files.batch_dialog import BatchDialog
from desktop.ui.files.forms_choice import FormsButton
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot

    from desktop.app.progress import Watcher
    from desktop.app.reports.exporting import Exported
    from desktop.app.reports.exporting import Wanted
    from desktop.export.report import Report
    from desktop.ui.workplace import Workplace

SLOW = 60_000


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "上报"


@pytest.fixture
def dialog(qtbot: QtBot, work: Workplace, out: Path) -> Iterator[BatchDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = BatchDialog(work, parent)
    made.open()
    child(made, QLineEdit, "batch.folder").setText(str(out))
    child(made, QLineEdit, "batch.pattern").setText("{单位}")
    child(made, QCheckBox, "batch.chapters").setChecked(False)
    child(made, QCheckBox, "batch.pdf").setChecked(False)
    child(made, FormsButton, "forms.choose").choose(("eci",))
    yield made
    if isValid(made):
        made.progress.stop()
        qtbot.waitUntil(lambda: not made.progress.running, timeout=SLOW)


class Gate:
    """Holds the writing of files until a test lets it go on."""

    def __init__(self) -> None:
        self.go, self.there = Event(), Event()
        self._write = exporting.write

    def write(self, report: Report, wanted: Wanted, watch: Watcher) -> Exported:
        """Wait, then write."""
        self.there.set()
        self.go.wait(60)
        return self._write(report, wanted, watch)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(batch, "write", made.write)
    yield made
    made.go.set()


def all_units(dialog: BatchDialog) -> None:
    levels = child(dialog, QComboBox, "batch.levels")
    levels.setCurrentIndex(0)
    levels.activated.emit(0)


def text(dialog: BatchDialog, name: str) -> str:
    return child(dialog, QLabel, f"batch.{name}").text()


def ended(qtbot: QtBot, dialog: BatchDialog) -> list[list[str]]:
    """Wait for the end, and give the list of results."""
    qtbot.waitUntil(lambda: not dialog.progress.running, timeout=SLOW)
    found = child(dialog, QTreeWidget, "batch.results")
    items = map(found.topLevelItem, range(found.topLevelItemCount()))
    return [[item.text(place) for place in range(3)] for item in items]


def names(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()} - {NAME}


def test_dialog__tells_the_names_while_they_are_typed(dialog: BatchDialog) -> None:
    assert nameless(dialog) == []
    assert text(dialog, "preview").endswith("\n华阳路街道.xlsx")
    child(dialog, QPushButton, "batch.word.code").click()
    assert text(dialog, "preview").endswith("\n华阳路街道310105001.xlsx")
    child(dialog, QCheckBox, "batch.merged").setChecked(True)
    assert text(dialog, "preview").endswith("合订（1个单位）.pdf")
    child(dialog, QLineEdit, "batch.pattern").setText("{单位}/")
    assert "不能" in text(dialog, "wrong") or "没有" in text(dialog, "wrong")
    assert "/" in text(dialog, "wrong")
    assert not child(dialog, QPushButton, "batch.start").isEnabled()
    dialog.start()
    assert not dialog.progress.running


def test_dialog__names_the_bound_file_among_many(
    dialog: BatchDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.files.batch_dialog.EXAMPLES", 1)
    child(dialog, QCheckBox, "batch.merged").setChecked(True)
    _, *names = text(dialog, "preview").splitlines()
    assert len(names) == 2
    assert names[1].endswith("合订（1个单位）.pdf")


def test_dialog__tells_what_stands_against_it(
    dialog: BatchDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = child(dialog, QComboBox, "batch.levels")
    levels.setCurrentIndex(levels.count() - 1)
    levels.activated.emit(levels.count() - 1)
    assert text(dialog, "wrong") == "还没有选单位。"
    many = (message("batch.no-units"),) * 5
    monkeypatch.setattr("desktop.ui.files.batch_dialog.plan_batch", lambda *_: many)
    child(dialog, QCheckBox, "batch.anew").setChecked(True)
    assert text(dialog, "wrong").endswith("另有 2 处。")


def test_dialog__writes_and_says_what_came_of_it(
    qtbot: QtBot, dialog: BatchDialog, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_units(dialog)
    child(dialog, QPushButton, "batch.start").click()
    rows = ended(qtbot, dialog)
    assert rows == [
        ["长宁区", "310105", "生成 1 个文件"],
        ["华阳路街道", "310105001", "生成 1 个文件"],
    ]
    assert names(out) == {"长宁区.xlsx", "华阳路街道.xlsx"}
    assert text(dialog, "doing") == "全部文件已生成并核对。"
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    child(dialog, QPushButton, "batch.show").click()
    assert [url.toLocalFile() for url in shown] == [str(out)]
    child(dialog, QPushButton, "batch.copy").click()
    assert QGuiApplication.clipboard().text().count("\n") == 1
    child(dialog, QPushButton, "batch.back").click()
    assert "其中 2 个已经存在" in text(dialog, "preview")
    dialog.start()
    assert ended(qtbot, dialog)[0][2] == "1 个已存在"
    assert "0 个文件" in text(dialog, "said")
    child(dialog, QPushButton, "batch.done").click()
    assert not dialog.isVisible()


def test_dialog__remembers_folder_and_pattern(
    qtbot: QtBot, dialog: BatchDialog, work: Workplace, out: Path
) -> None:
    dialog.start()
    ended(qtbot, dialog)
    parent = QWidget()
    qtbot.addWidget(parent)
    again = BatchDialog(work, parent)
    assert child(again, QLineEdit, "batch.folder").text() == str(out)
    assert child(again, QLineEdit, "batch.pattern").text() == "{单位}"
    again.reject()


def test_dialog__one_pdf_of_all(qtbot: QtBot, dialog: BatchDialog, out: Path) -> None:
    child(dialog, QCheckBox, "batch.xlsx").setChecked(False)
    child(dialog, QCheckBox, "batch.merged").setChecked(True)
    dialog.start()
    assert ended(qtbot, dialog)
    [name] = names(out)
    assert name.endswith("合订（1个单位）.pdf")
    assert name in text(dialog, "said")


@pytest.mark.parametrize("way", ["stop", "esc", "close"])
def test_dialog__stopped_and_gone_on_with(
    qtbot: QtBot, dialog: BatchDialog, gate: Gate, out: Path, way: str
) -> None:
    all_units(dialog)
    dialog.start()
    qtbot.waitUntil(gate.there.is_set, timeout=SLOW)
    qtbot.waitUntil(lambda: "长宁区" in text(dialog, "doing"), timeout=SLOW)
    if way == "stop":
        child(dialog, QPushButton, "batch.stop").click()
    elif way == "esc":
        dialog.reject()
    else:
        dialog.close()
    assert dialog.isVisible()
    assert text(dialog, "doing") == "正在停止…"
    gate.go.set()
    rows = ended(qtbot, dialog)
    assert text(dialog, "doing").startswith("已停止。")
    assert rows[-1][2] == "还没有处理"
    assert names(out) <= {"长宁区.xlsx"}
    child(dialog, QPushButton, "batch.back").click()
    dialog.start()
    ended(qtbot, dialog)
    assert names(out) == {"长宁区.xlsx", "华阳路街道.xlsx"}
    dialog.close()
    assert not dialog.isVisible()


def test_dialog__who_fails_stands_first_with_what_to_do(
    qtbot: QtBot, dialog: BatchDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = exporting.write

    def failing(report: Report, wanted: Wanted, watch: Watcher) -> Exported:
        if wanted.name == "华阳路街道":
            raise ExportError(message("export.in_use", name="华阳路街道.xlsx"))
        return write(report, wanted, watch)

    monkeypatch.setattr(batch, "write", failing)
    all_units(dialog)
    dialog.start()
    rows = ended(qtbot, dialog)
    assert [row[0] for row in rows] == ["华阳路街道", "长宁区"]
    assert "华阳路街道.xlsx" in rows[0][2]
    assert text(dialog, "doing") == "有 1 个单位还没有文件。"


def test_dialog__a_folder_that_cannot_be_made(
    qtbot: QtBot, dialog: BatchDialog, out: Path
) -> None:
    out.touch()
    dialog.start()
    ended(qtbot, dialog)
    assert text(dialog, "doing") == "没有生成任何文件。"
    assert text(dialog, "said")


def test_dialog__a_bug_is_not_hidden(
    qtbot: QtBot, dialog: BatchDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("desktop.ui.files.batch_dialog.run_batch", broken)
    with qtbot.captureExceptions() as caught:
        dialog.start()
        qtbot.waitUntil(lambda: bool(caught), timeout=SLOW)
    assert caught[0][0] is ZeroDivisionError


def test_dialog__the_ledger_is_closed_meanwhile(
    qtbot: QtBot, dialog: BatchDialog, work: Workplace, gate: Gate, out: Path
) -> None:
    all_units(dialog)
    dialog.start()
    qtbot.waitUntil(gate.there.is_set, timeout=SLOW)
    run = dialog.progress._run  # noqa: SLF001 - what is left of it
    assert run is not None
    work.session.thread.close()
    gate.go.set()
    assert run.result.result(60).stopped
    assert names(out) <= {"长宁区.xlsx"}
    ended(qtbot, dialog)


def test_dialog__another_folder(
    dialog: BatchDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", str(tmp_path / "b")])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    before = child(dialog, QLineEdit, "batch.folder").text()
    child(dialog, QPushButton, "batch.choose").click()
    assert child(dialog, QLineEdit, "batch.folder").text() == before
    child(dialog, QPushButton, "batch.choose").click()
    assert child(dialog, QLineEdit, "batch.folder").text() == str(tmp_path / "b")
