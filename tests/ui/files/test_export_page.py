"""导出: what is written, where, what is said, and how it is stopped."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from desktop.app.entry.edits import set_cell
from desktop.app.progress import Progress
from desktop.app.reports import exporting
from desktop.core.findings import Level
from desktop.core.messages import message
from desktop.ui.desk import Page
from desktop.ui.files.export_page import ExportPage
from desktop.ui.files.forms_choice import FormsButton
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import record_named
from tests.ui.desks import records

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.app.reports.exporting import Exported
    from desktop.app.reports.exporting import Wanted
    from desktop.core.words import Words
    from desktop.export.report import Report
    from desktop.ui.workplace import Workplace

SLOW = 60_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "上报"


@pytest.fixture
def page(qtbot: QtBot, audited: Workplace, out: Path) -> ExportPage:
    made = ExportPage(audited)
    qtbot.addWidget(made)
    made.show()
    child(made, QLineEdit, "export.folder").setText(str(out))
    return made


class Gate:
    """Holds the writing of files until a test lets it go on."""

    def __init__(self) -> None:
        self.go = Event()
        self._write = exporting.write

    def write(
        self, report: Report, wanted: Wanted, watch: Callable[[Progress], bool]
    ) -> Exported:
        """Tell of three parts of ten, wait, then write."""
        watch(Progress(3, 10, message("app.writing-pdf")))
        self.go.wait(60)
        return self._write(report, wanted, watch)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(exporting, "write", made.write)
    yield made
    made.go.set()


def press(page: ExportPage, qtbot: QtBot, name: str) -> None:
    qtbot.mouseClick(child(page, QPushButton, f"export.{name}"), LEFT)


def written(page: ExportPage, qtbot: QtBot) -> list[str]:
    """Wait until the files are there, and give all that is said."""
    qtbot.waitUntil(lambda: bool(every(page, QLabel, "export.done")), timeout=SLOW)
    return [label.text() for label in every(page, QLabel)]


def complaint(page: ExportPage, qtbot: QtBot) -> str:
    fault = child(page, QLabel, "export.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert child(page, QPushButton, "export.start").isEnabled(), "try again"
    assert not child(page, QPushButton, "export.stop").isVisible()
    return fault.text()


def busy(page: ExportPage) -> bool:
    return child(page, QPushButton, "export.stop").isVisible()


# --- Before ------------------------------------------------------------------


def test_before__proposes_name_and_the_ledgers_folder(
    page: ExportPage, audited: Workplace, say: Words
) -> None:
    fresh = ExportPage(audited)
    folder = child(fresh, QLineEdit, "export.folder").text()
    assert Path(folder) == audited.session.path.parent
    name = child(page, QLineEdit, "export.name").text()
    assert name == "长宁区-2025年-小制度"
    files = f"{name}.xlsx、{name}.pdf"
    said = child(page, QLabel, "export.preview").text()
    assert said == say("Will write: {files}", files=files)
    fresh.deleteLater()
    free(fresh)


def test_before__nothing_chosen_nothing_to_start(page: ExportPage, say: Words) -> None:
    start = child(page, QPushButton, "export.start")
    for name in ("xlsx", "pdf"):
        assert start.isEnabled()
        child(page, QCheckBox, f"export.{name}").setChecked(False)
    assert not start.isEnabled()
    said = child(page, QLabel, "export.preview").text()
    assert said == say("Choose at least one kind of file.")


@pytest.mark.parametrize("box", ["folder", "name"])
def test_before__without_a_place_there_is_no_start(page: ExportPage, box: str) -> None:
    child(page, QLineEdit, f"export.{box}").setText("  ")
    assert not child(page, QPushButton, "export.start").isEnabled()


def test_before__what_is_open_is_counted(
    page: ExportPage, audited: Workplace, qtbot: QtBot
) -> None:
    audited.desk.turn_to(Page.EXPORT)
    levels = [each.level for each in audited.bridge.board.all()]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
    assert errors, "坏院 has more nursing beds than beds"
    label = child(page, QLabel, "export.open")
    qtbot.waitUntil(lambda: bool(label.text()))
    assert f"{errors}" in label.text()
    assert f"{warnings}" in label.text()


def test_before__nothing_open_is_said_too(
    page: ExportPage, audited: Workplace, say: Words, qtbot: QtBot
) -> None:
    audited.desk.turn_to(Page.EXPORT)
    record = record_named(audited, "eci", "坏院")
    field = audited.form("eci").by_id["beds_nursing"]
    audited.session.apply(set_cell(record, field, 10))
    label = child(page, QLabel, "export.open")
    clean = say("The audit has found nothing: ready to hand in.")
    qtbot.waitUntil(lambda: label.text() == clean, timeout=SLOW)
    audited.desk.turn_to(Page.ENTRY)


def test_before__a_folder_is_chosen_or_not(
    page: ExportPage, qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = child(page, QLineEdit, "export.folder")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    press(page, qtbot, "choose")
    assert box.text() == str(out)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/srv/x")
    press(page, qtbot, "choose")
    assert box.text() == "/srv/x"


def test_before__speaks(page: ExportPage) -> None:
    assert nameless(page) == []


# --- Writing -----------------------------------------------------------------


def test_write__both_files_and_tells_where(
    page: ExportPage,
    qtbot: QtBot,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press(page, qtbot, "start")
    said = written(page, qtbot)
    names = sorted(path.name for path in out.iterdir())
    assert names == ["长宁区-2025年-小制度.pdf", "长宁区-2025年-小制度.xlsx"]
    for name in names:
        assert any(text.startswith(f"{name}　") and "KB" in text for text in said)
    assert (out / names[0]).read_bytes().startswith(b"%PDF")
    assert not busy(page)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    press(page, qtbot, "show")
    assert [Path(url.toLocalFile()) for url in opened] == [out]


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_write__one_file_alone(
    page: ExportPage, qtbot: QtBot, out: Path, kind: str
) -> None:
    other = {"xlsx": "pdf", "pdf": "xlsx"}[kind]
    child(page, QCheckBox, f"export.{other}").setChecked(False)
    child(page, QLineEdit, "export.name").setText("年报")
    press(page, qtbot, "start")
    written(page, qtbot)
    assert [path.name for path in out.iterdir()] == [f"年报.{kind}"]


def test_write__with_tables_by_unit(page: ExportPage, qtbot: QtBot, out: Path) -> None:
    scale = child(page, QComboBox, "export.scale")
    assert not scale.isEnabled()
    child(page, QCheckBox, "export.pdf").setChecked(False)
    child(page, QCheckBox, "export.by_unit").setChecked(True)
    assert scale.isEnabled()
    scale.setCurrentIndex(scale.findText("千"))
    press(page, qtbot, "start")
    qtbot.waitUntil(lambda: bool(every(page, QLabel, "export.done")), timeout=SLOW)
    (path,) = out.glob("*.xlsx")
    names = load_workbook(path).sheetnames
    assert "养老机构调查表分地区汇总表" in names
    assert "分地区指标表" in names


def test_write__again_replaces_what_was_said(page: ExportPage, qtbot: QtBot) -> None:
    child(page, QCheckBox, "export.pdf").setChecked(False)
    press(page, qtbot, "start")
    written(page, qtbot)
    first = child(page, QLabel, "export.done")
    press(page, qtbot, "start")
    assert not (isValid(first) and first.isVisible())

    def shown() -> list[QLabel]:
        done = every(page, QLabel, "export.done")
        return [one for one in done if one.isVisible()]

    qtbot.waitUntil(lambda: not busy(page) and bool(shown()), timeout=SLOW)
    assert len(shown()) == 1


def test_write__the_folder_is_remembered(
    page: ExportPage, qtbot: QtBot, audited: Workplace, out: Path, gate: Gate
) -> None:
    press(page, qtbot, "start")
    gate.go.set()
    written(page, qtbot)
    again = ExportPage(audited)
    qtbot.addWidget(again)
    assert child(again, QLineEdit, "export.folder").text() == str(out)


def test_write__progress_is_shown_and_the_ledger_stays_usable(
    page: ExportPage, qtbot: QtBot, audited: Workplace, gate: Gate, say: Words
) -> None:
    press(page, qtbot, "start")
    [bar] = every(page, QProgressBar)
    qtbot.waitUntil(lambda: (bar.value(), bar.maximum()) == (3, 10), timeout=SLOW)
    assert bar.isVisible()
    said = [one.text() for one in every(page, QLabel) if one.isVisible()]
    assert say.message(message("app.writing-pdf")) in said
    start = child(page, QPushButton, "export.start")
    assert not start.isEnabled()
    child(page, QLineEdit, "export.name").setText("另一个")
    assert not start.isEnabled(), "one at a time"
    assert len(records(audited, "eci")) == 3
    gate.go.set()
    written(page, qtbot)
    assert start.isEnabled()


def test_stop__while_writing_leaves_nothing(
    page: ExportPage, qtbot: QtBot, out: Path, gate: Gate, say: Words
) -> None:
    press(page, qtbot, "start")
    [bar] = every(page, QProgressBar)
    qtbot.waitUntil(lambda: bar.value() == 3, timeout=SLOW)
    press(page, qtbot, "stop")
    gate.go.set()
    assert complaint(page, qtbot) == say("Stopped. No half-written file was left.")
    assert list(out.iterdir()) == []


def test_stop__while_the_ledger_is_being_read(
    page: ExportPage, qtbot: QtBot, audited: Workplace, out: Path, say: Words
) -> None:
    go = Event()
    audited.session.thread.call(lambda _: go.wait(60))
    press(page, qtbot, "start")
    assert busy(page)
    press(page, qtbot, "stop")
    go.set()
    assert complaint(page, qtbot) == say("Stopped. No half-written file was left.")
    assert not out.exists()


# --- What goes wrong ---------------------------------------------------------


def test_fault__a_folder_that_cannot_be_made(
    page: ExportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file, no folder", encoding="utf-8")
    folder = str(tmp_path / "taken" / "x")
    child(page, QLineEdit, "export.folder").setText(folder)
    press(page, qtbot, "start")
    assert folder in complaint(page, qtbot)


def test_fault__a_target_that_cannot_be_replaced(
    page: ExportPage, qtbot: QtBot, out: Path
) -> None:
    (out / "长宁区-2025年-小制度.xlsx").mkdir(parents=True)
    press(page, qtbot, "start")
    assert "长宁区-2025年-小制度.xlsx" in complaint(page, qtbot)
    child(page, QLineEdit, "export.name").setText("别的")
    press(page, qtbot, "start")
    assert child(page, QLabel, "export.fault").isHidden()
    written(page, qtbot)


def test_fault__what_nobody_foresaw_goes_to_the_handler(
    page: ExportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Exported:
        raise ZeroDivisionError

    monkeypatch.setattr(exporting, "write", fail)
    with qtbot.captureExceptions() as caught:
        press(page, qtbot, "start")
        qtbot.waitUntil(lambda: bool(caught), timeout=SLOW)
    assert caught[0][0] is ZeroDivisionError
    assert not busy(page)


def test_fault__a_page_that_is_gone_is_told_nothing(
    qtbot: QtBot, audited: Workplace, out: Path, gate: Gate
) -> None:
    page = ExportPage(audited)
    child(page, QLineEdit, "export.folder").setText(str(out))
    page.start()
    qtbot.waitUntil(out.exists, timeout=SLOW)
    page.deleteLater()
    free(page)
    assert not isValid(page)
    gate.go.set()
    qtbot.waitUntil(lambda: len(list(out.glob("*.pdf"))) == 1, timeout=SLOW)
    drain(audited)


def test_page__plain_data_for_other_programs(
    qtbot: QtBot, page: ExportPage, out: Path
) -> None:
    for name in ("xlsx", "pdf"):
        child(page, QCheckBox, f"export.{name}").setChecked(False)
    for name in ("csv", "package"):
        child(page, QCheckBox, f"export.{name}").setChecked(True)
    said = child(page, QLabel, "export.preview").text()
    assert ".csv" in said
    assert ".zip" in said
    press(page, qtbot, "start")
    written(page, qtbot)
    assert sorted({path.suffix for path in out.iterdir()}) == [".csv", ".zip"]


def test_page__of_many_files_some_are_named(
    qtbot: QtBot, page: ExportPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.files.export_page.NAMED", 1)
    child(page, QCheckBox, "export.pdf").setChecked(False)
    child(page, QCheckBox, "export.package").setChecked(True)
    press(page, qtbot, "start")
    assert "另有 1 个文件。" in written(page, qtbot)


def test_page__some_of_the_forms_for_the_screen(
    qtbot: QtBot, page: ExportPage, out: Path
) -> None:
    child(page, QCheckBox, "export.pdf").setChecked(False)
    child(page, FormsButton, "forms.choose").choose(("eci",))
    press(page, qtbot, "start")
    written(page, qtbot)
    [path] = out.iterdir()
    names = load_workbook(path).sheetnames
    assert any("养老机构" in name for name in names)
    assert not any("人口" in name for name in names)


def test_page__shows_the_way_to_other_files(qtbot: QtBot, page: ExportPage) -> None:
    for name in ("batch", "template"):
        with qtbot.waitSignal(page.work.desk.asked) as asked:
            press(page, qtbot, name)
        assert asked.args == [f"file.{name}"]
