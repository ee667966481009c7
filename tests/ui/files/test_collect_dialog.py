"""分发采集表: chosen, written, stopped, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QSpinBox
from PySide6.QtWidgets import QWidget

from desktop.app.collection import collecting
from desktop.app.collection.collecting import MadeCollections
from desktop.app.progress import CancelledError
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.ui.desk import Place
from desktop.ui.files.collect_dialog import CollectDialog
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

SLOW = 60_000


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(work: Workplace, window: QWidget, tmp_path: Path) -> CollectDialog:
    """Open the dialog on the roster, with a folder of the test."""
    work.desk.move(Place("eci"))
    made = CollectDialog(work, window)
    child(made, QLineEdit, "collect.folder").setText(str(tmp_path / "发"))
    made.show()
    return made


def box(dialog: CollectDialog, name: str) -> QComboBox:
    return child(dialog, QComboBox, f"collect.{name}")


def start(dialog: CollectDialog) -> QPushButton:
    return child(dialog, QPushButton, "collect.start")


def fault(dialog: CollectDialog) -> QLabel:
    return child(dialog, QLabel, "collect.fault")


def written(dialog: CollectDialog, qtbot: QtBot) -> str:
    """Write, and give what is said of it."""
    start(dialog).click()
    assert not start(dialog).isEnabled()
    qtbot.waitUntil(lambda: bool(every(dialog, QLabel, "collect.done")), timeout=SLOW)
    assert start(dialog).isEnabled()
    return child(dialog, QLabel, "collect.done").text()


def test_write__one_file_for_all(
    dialog: CollectDialog, qtbot: QtBot, work: Workplace, tmp_path: Path
) -> None:
    assert box(dialog, "form").currentText() == "养老机构调查表"
    said = written(dialog, qtbot)
    assert said == work.say("Written and read back: {count} files", count=1)
    names = [path.name for path in (tmp_path / "发").iterdir()]
    assert names == ["长宁区-2025年-养老机构调查表.xlsx"]
    assert dialog.focusWidget() is child(dialog, QPushButton, "collect.show")
    assert work.habits.now.layout["collect.folder"] == str(tmp_path / "发")


def test_write__many_files_are_counted(
    dialog: CollectDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    remark = message("export.cut_text", place="A1")
    paths = tuple(tmp_path / f"{number}.xlsx" for number in range(6))
    made = MadeCollections(paths, (remark,))
    monkeypatch.setattr(collecting, "write_collections", lambda *_: made)
    written(dialog, qtbot)
    texts = [label.text() for label in every(dialog, QLabel)]
    assert "0.xlsx\n1.xlsx\n2.xlsx\n3.xlsx\n…" in texts
    assert dialog._work.say.message(remark) in texts  # noqa: SLF001 - the words of it

    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    child(dialog, QPushButton, "collect.show").click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_choices__what_makes_no_sense_cannot_be_chosen(dialog: CollectDialog) -> None:
    rows = child(dialog, QSpinBox, "collect.rows")
    assert (rows.isEnabled(), rows.value()) == (True, 20)
    box(dialog, "split").setCurrentIndex(2)
    assert not rows.isEnabled()
    box(dialog, "split").setCurrentIndex(0)
    assert rows.isEnabled()
    box(dialog, "form").setCurrentIndex(box(dialog, "form").findData("area"))
    assert not rows.isEnabled()
    assert child(dialog, QCheckBox, "collect.known").isChecked()
    child(dialog, QLineEdit, "collect.folder").clear()
    assert not start(dialog).isEnabled()


def test_units__everybody_first(dialog: CollectDialog, work: Workplace) -> None:
    units = box(dialog, "unit")
    names = [units.itemText(at) for at in range(units.count())]
    assert names == [work.say("All units"), "长宁区", "华阳路街道"]


def test_refused__says_why(
    dialog: CollectDialog,
    qtbot: QtBot,
    work: Workplace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    why = message("collection.nobody", form="表")
    monkeypatch.setattr(collecting, "collections", lambda *_: why)
    start(dialog).click()
    qtbot.waitUntil(fault(dialog).isVisible, timeout=SLOW)
    assert fault(dialog).text() == work.say.message(why)
    assert start(dialog).isEnabled()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CancelledError(), "已停止。已经做好的文件保留着。"),
        (ExportError(message("export.in_use", name="甲")), "甲"),
        (PermissionError(), "换"),
    ],
)
def test_failed__says_what_became_of_it(
    error: BaseException,
    said: str,
    dialog: CollectDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(collecting, "write_collections", fail)
    start(dialog).click()
    qtbot.waitUntil(fault(dialog).isVisible, timeout=SLOW)
    assert said in fault(dialog).text()


def test_failed__a_bug_is_not_hidden(dialog: CollectDialog) -> None:
    with pytest.raises(ZeroDivisionError):
        dialog._failed(ZeroDivisionError())  # noqa: SLF001 - a bug elsewhere


def test_stop__between_two_files(
    dialog: CollectDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(
        found: object, _folder: Path, watch: Callable[[object], bool]
    ) -> MadeCollections:
        from desktop.app.progress import Progress

        stop = child(dialog, QPushButton, "collect.stop")
        for number in range(10**9):
            watch(Progress(number, 10**9, message("collection.making")))
            if number == 1:
                dialog._work.bridge.courier.post(dialog, stop.click)  # noqa: SLF001
        raise AssertionError

    monkeypatch.setattr(collecting, "write_collections", slow)
    start(dialog).click()
    qtbot.waitUntil(fault(dialog).isVisible, timeout=SLOW)
    assert "停止" in fault(dialog).text()


def test_folder__chosen(
    dialog: CollectDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = iter(["", str(tmp_path)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    choose = child(dialog, QPushButton, "collect.choose")
    choose.click()
    folder = child(dialog, QLineEdit, "collect.folder")
    assert folder.text().endswith("发")
    choose.click()
    assert folder.text() == str(tmp_path)


def test_names__everything_has_one_for_a_screen_reader(dialog: CollectDialog) -> None:
    assert nameless(dialog) == []
    dialog.reject()
    assert not dialog.isVisible()
