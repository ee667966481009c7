"""收回采集表: chosen, looked through, annotated, previewed, taken in, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QWidget

from desktop.app.collection import collected
from desktop.app.entry.edits import set_cell
from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.store.errors import StoreError
from desktop.ui.files import collected_dialog
from desktop.ui.files.collected_dialog import CollectedDialog
from tests.collected import fill
from tests.collected import sent
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import nameless
from tests.ui.desks import record_named
from tests.ui.desks import records

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

SLOW = 60_000


@pytest.fixture
def back(small_ledger: Path) -> Path:
    """Give a workbook of the small ledger that came back, before it is opened."""
    [made] = sent(small_ledger)
    rows: dict[int, dict[str, Any]] = {
        11: {"beds_total": "多"},
        12: {"beds_nursing": 9},
    }
    return fill(made, rows, "收.xlsx")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(
    back: Path, open_work: Opener, small_ledger: Path, window: QWidget
) -> CollectedDialog:
    assert back.is_file()
    return opened(open_work(small_ledger), window)


def opened(work: Workplace, window: QWidget) -> CollectedDialog:
    made = CollectedDialog(work, window)
    made.show()
    return made


def button(dialog: CollectedDialog, name: str) -> QPushButton:
    return child(dialog, QPushButton, f"collected.{name}")


def label(dialog: CollectedDialog, name: str) -> QLabel:
    return child(dialog, QLabel, f"collected.{name}")


def tree(dialog: CollectedDialog, name: str) -> QTreeWidget:
    return child(dialog, QTreeWidget, f"collected.{name}")


def read(
    dialog: CollectedDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    *paths: Path,
) -> None:
    names = [str(path) for path in paths]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    button(dialog, "choose").click()
    assert not button(dialog, "choose").isEnabled()
    qtbot.waitUntil(button(dialog, "choose").isEnabled, timeout=SLOW)


def nursing(work: Workplace) -> dict[object, object]:
    found = records(work, "eci")
    return {each.cell("name"): each.cell("beds_nursing") for each in found}


def test_empty__says_what_to_do(dialog: CollectedDialog) -> None:
    assert label(dialog, "empty").isVisible()
    assert not button(dialog, "apply").isEnabled()
    assert not button(dialog, "annotate").isEnabled()
    assert not tree(dialog, "faults").isVisible()
    assert nameless(dialog) == []


def test_road__faults_preview_import_and_undo(
    dialog: CollectedDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    back: Path,
) -> None:
    work = dialog._work  # noqa: SLF001 - the ledger it works on
    before = nursing(work)
    read(dialog, qtbot, monkeypatch, back)
    assert label(dialog, "summary").text().startswith("1 个文件：1 行可以导入")
    faults = tree(dialog, "faults")
    assert faults.currentItem().text(0) == "F11"
    assert label(dialog, "detail").text().startswith("必须改：")
    assert not label(dialog, "empty").isVisible()
    assert nameless(dialog) == []

    go_on = button(dialog, "apply")
    assert go_on.text() == "下一步：导入预览"
    go_on.click()
    assert tree(dialog, "rows").isVisible()
    assert go_on.text() == work.say("Import {count} rows", count=1)
    assert go_on.hasFocus()
    assert nursing(work) == before
    with qtbot.waitSignals([work.bridge.saved, dialog.destroyed], timeout=SLOW):
        go_on.click()
    assert nursing(work) == {**before, "坏院": 9}
    work.session.undo().result()
    assert nursing(work) == before


def test_annotate__copies_into_a_folder(
    dialog: CollectedDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    back: Path,
    tmp_path: Path,
) -> None:
    read(dialog, qtbot, monkeypatch, back)
    answers = iter(["", str(tmp_path)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    button(dialog, "annotate").click()
    assert not label(dialog, "done").isVisible()
    button(dialog, "annotate").click()
    assert (tmp_path / "收-批注.xlsx").is_file()
    assert label(dialog, "done").text().endswith("收-批注.xlsx")

    def fail(*_: object) -> None:
        raise ExportError(message("export.in_use", name="甲"))

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(collected_dialog, "write_annotated", fail)
    button(dialog, "annotate").click()
    assert "甲" in label(dialog, "fault").text()


def test_refused__a_file_of_somebody_else(
    dialog: CollectedDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    read(dialog, qtbot, monkeypatch, tmp_path / "无.xlsx")
    assert "无.xlsx" in tree(dialog, "faults").topLevelItem(0).text(0)
    assert not button(dialog, "apply").isEnabled()
    assert label(dialog, "detail").text() == ""


def test_choose__given_up_and_once_more(
    dialog: CollectedDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    back: Path,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    button(dialog, "choose").click()
    assert label(dialog, "empty").isVisible()
    read(dialog, qtbot, monkeypatch, back)
    read(dialog, qtbot, monkeypatch, back)
    assert tree(dialog, "faults").topLevelItemCount() == 1


def test_nothing_chosen__no_books_to_show(dialog: CollectedDialog) -> None:
    dialog._show(())  # noqa: SLF001 - no file was left to look at
    assert tree(dialog, "faults").topLevelItemCount() == 0


def test_stop__nothing_is_taken_in(
    dialog: CollectedDialog, qtbot: QtBot, back: Path
) -> None:
    dialog.begin_with([back])
    button(dialog, "stop").click()
    qtbot.waitUntil(label(dialog, "fault").isVisible, timeout=SLOW)
    assert "没有导入" in label(dialog, "fault").text()


def test_failed__says_so_or_is_a_bug(dialog: CollectedDialog) -> None:
    why = message("store.interrupted")
    dialog._failed(StoreError(why))  # noqa: SLF001 - the disk says no
    assert label(dialog, "fault").isVisible()
    with pytest.raises(ZeroDivisionError):
        dialog._failed(ZeroDivisionError())  # noqa: SLF001 - a bug elsewhere


def test_apply__refused_by_the_disk(
    dialog: CollectedDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    back: Path,
) -> None:
    read(dialog, qtbot, monkeypatch, back)
    button(dialog, "apply").click()
    button(dialog, "apply").setEnabled(False)
    dialog._not_applied(StoreError(message("store.interrupted")))  # noqa: SLF001
    assert button(dialog, "apply").isEnabled()


def test_apply__where_the_ledger_moved_on_it_looks_again(
    dialog: CollectedDialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    back: Path,
) -> None:
    work = dialog._work  # noqa: SLF001 - the ledger it works on
    read(dialog, qtbot, monkeypatch, back)
    field = work.form("eci").by_id["beds_nursing"]
    record = record_named(work, "eci", "坏院")
    work.session.apply(set_cell(record, field, 33)).result()
    button(dialog, "apply").click()
    button(dialog, "apply").click()
    qtbot.waitUntil(tree(dialog, "faults").isVisible, timeout=SLOW)
    assert nursing(work)["坏院"] == 33


def test_reading_only__is_looked_through_and_not_taken_in(
    back: Path,
    open_work: Opener,
    small_ledger: Path,
    qtbot: QtBot,
    window: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = opened(open_work(small_ledger, read_only=True), window)
    read(dialog, qtbot, monkeypatch, back)
    button(dialog, "apply").click()
    assert not button(dialog, "apply").isEnabled()
    assert every(dialog, QLabel, "collected.done")
    assert collected.collected_action((), dialog._work.say).changes == ()  # noqa: SLF001
