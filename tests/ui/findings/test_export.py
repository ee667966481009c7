from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.ui.desk import Page
from desktop.ui.findings.export import FindingsExport
from desktop.ui.findings.page import AuditPage
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, audited: Workplace) -> AuditPage:
    audited.desk.turn_to(Page.AUDIT)
    made = AuditPage(audited)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 2)
    return made


def export(page: AuditPage) -> FindingsExport:
    [found] = every(page, FindingsExport)
    return found


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_copy__all_and_the_chosen(qtbot: QtBot, page: AuditPage) -> None:
    QGuiApplication.clipboard().clear()
    child(page, QPushButton, "audit.copy").click()
    qtbot.waitUntil(lambda: "坏院" in clipboard())
    whole = clipboard()
    assert len(whole.split("\n")) == 2
    assert "护理型床位数（120）不能大于总床位数（100）" in whole
    QGuiApplication.clipboard().clear()
    page.list.copied.emit()
    qtbot.waitUntil(lambda: clipboard() == whole)
    QGuiApplication.clipboard().clear()
    page.list.clearSelection()
    page.list.copied.emit()
    drain(page.work)
    assert clipboard() == ""


def test_save__to_the_file_one_chooses(
    qtbot: QtBot, page: AuditPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "清单.csv"
    answers = iter([("", ""), (str(path), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(answers))
    page.work.desk.asked.emit("audit.export")
    drain(page.work)
    assert not path.exists()
    child(page, QPushButton, "audit.export").click()
    qtbot.waitUntil(lambda: path.name in child(page, QLabel, "audit.progress").text())
    assert "坏院" in path.read_text(encoding="utf-8-sig")


def test_save__a_workbook_unless_csv_is_named(
    qtbot: QtBot, page: AuditPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = str(tmp_path / "清单"), ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    export(page).choose_file()
    path = tmp_path / "清单.xlsx"
    qtbot.waitUntil(lambda: path.name in child(page, QLabel, "audit.progress").text())
    texts = [cell.value for row in load_workbook(path).worksheets[0] for cell in row]
    assert "坏院" in texts


def test_save__says_why_it_could_not(
    qtbot: QtBot, page: AuditPage, tmp_path: Path
) -> None:
    with qtbot.waitSignal(page.work.bridge.courier.trouble) as told:
        export(page).save(tmp_path / "没有" / "清单.csv")
    assert told.args[0].code == "export.folder_missing"


def test_save__a_bug_is_not_hidden(
    qtbot: QtBot, page: AuditPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _rows: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("desktop.app.audit.finding_book.write_findings", fail)
    with qtbot.captureExceptions() as caught:
        export(page).save(tmp_path / "清单.csv")
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
