"""填写官方表样: what goes where is shown first; a changed template is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QWidget

from desktop.ui.files.template_dialog import TemplateDialog
from tests.cli.test_template_fill import TEMPLATE
from tests.cli.test_template_fill import ledger_of
from tests.export.template_books import packed
from tests.export.template_books import roster_parts
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

SLOW = 60_000
COUNTY_FILE = "310105-长宁区-2025年-养老机构调查表.xlsx"


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger whose pack knows a template, with seven facilities."""
    return ledger_of(tmp_path_factory.mktemp("described"), 7)


@pytest.fixture
def template_work(open_work: Opener, described: Path, tmp_path: Path) -> Workplace:
    path = tmp_path / described.name
    path.write_bytes(described.read_bytes())
    return open_work(path)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(TEMPLATE)
    return path


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Give the template with another label over the beds."""
    parts = {
        name: data.replace("总床位数".encode(), "床位".encode())
        for name, data in roster_parts().items()
    }
    path = tmp_path / "新花名册.xlsx"
    path.write_bytes(packed(parts))
    return path


@pytest.fixture
def dialog(
    qtbot: QtBot, template_work: Workplace, tmp_path: Path
) -> Iterator[TemplateDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = TemplateDialog(template_work, parent)
    made.open()
    child(made, QLineEdit, "template.folder").setText(str(tmp_path / "out"))
    yield made
    made.progress.stop()
    qtbot.waitUntil(lambda: not made.progress.running, timeout=SLOW)


def start(dialog: TemplateDialog) -> QPushButton:
    return child(dialog, QPushButton, "template.start")


def told(qtbot: QtBot, dialog: TemplateDialog, words: str) -> None:
    label = child(dialog, QLabel, "template.said")
    qtbot.waitUntil(lambda: words in label.text(), timeout=SLOW)


def wrong(qtbot: QtBot, dialog: TemplateDialog, words: str) -> None:
    label = child(dialog, QLabel, "template.wrong")
    qtbot.waitUntil(lambda: words in label.text(), timeout=SLOW)
    assert not start(dialog).isEnabled()


def cells(dialog: TemplateDialog) -> dict[tuple[str, str], tuple[str, str]]:
    found = child(dialog, QTreeWidget, "template.cells")
    items = map(found.topLevelItem, range(found.topLevelItemCount()))
    return {
        (item.text(0), item.text(1)): (item.text(2), item.text(3)) for item in items
    }


def choose(dialog: TemplateDialog, name: str, place: int) -> None:
    box = child(dialog, QComboBox, f"template.{name}")
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_dialog__shows_what_goes_where_and_fills(
    qtbot: QtBot,
    dialog: TemplateDialog,
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert nameless(dialog) == []
    assert not start(dialog).isEnabled()
    dialog.start()
    assert not dialog.progress.running
    answers = iter([("", ""), (str(template), "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: next(answers))
    child(dialog, QPushButton, "template.choose").click()
    assert child(dialog, QLineEdit, "template.file").text() == ""
    child(dialog, QPushButton, "template.choose").click()
    told(qtbot, dialog, "就是制度包登记的表样")
    assert cells(dialog)["首页", "B4"] == ("机构名称", "0院")
    assert cells(dialog)["首页", "D4"] == ("月收费", "（留空）")
    assert "会增加 1 张续表" in child(dialog, QLabel, "template.said").text()
    start(dialog).click()
    qtbot.waitUntil(lambda: not dialog.progress.running, timeout=SLOW)
    book = load_workbook(tmp_path / "out" / COUNTY_FILE)
    assert book.worksheets[0]["B4"].value == "0院"
    dialog.progress.back.emit()
    assert start(dialog).isVisible()
    dialog.progress.left.emit()
    assert not dialog.isVisible()


def test_dialog__a_changed_template_says_what_moved(
    qtbot: QtBot, dialog: TemplateDialog, changed: Path
) -> None:
    dialog.take(changed)
    told(qtbot, dialog, "按表内项目名称自动识别")
    choose(dialog, "way", 0)
    wrong(qtbot, dialog, "应在 C3")
    assert "不能照此填写" in child(dialog, QLabel, "template.said").text()
    choose(dialog, "way", 1)
    told(qtbot, dialog, "没有找到位置")
    assert start(dialog).isEnabled()


def test_dialog__for_another_form(
    qtbot: QtBot, dialog: TemplateDialog, template: Path
) -> None:
    choose(dialog, "form", 1)
    dialog.take(template)
    told(qtbot, dialog, "就是制度包登记的表样")
    choose(dialog, "form", 1)
    wrong(qtbot, dialog, "没有找到")


def test_dialog__a_file_that_is_refused(
    qtbot: QtBot, dialog: TemplateDialog, tmp_path: Path
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"no workbook")
    dialog.take(path)
    wrong(qtbot, dialog, "坏.xlsx")


def test_dialog__only_the_last_question_is_answered(
    qtbot: QtBot, dialog: TemplateDialog, template: Path, changed: Path
) -> None:
    dialog.take(template)
    dialog.take(changed)
    told(qtbot, dialog, "按表内项目名称自动识别")
    assert child(dialog, QLineEdit, "template.file").text() == str(changed)


def test_dialog__units_that_are_ticked(
    qtbot: QtBot, dialog: TemplateDialog, template: Path, template_work: Workplace
) -> None:
    dialog.take(template)
    told(qtbot, dialog, "就是制度包登记的表样")
    choose_units = child(dialog, QComboBox, "batch.levels")
    choose_units.setCurrentIndex(2)
    choose_units.activated.emit(2)
    qtbot.waitUntil(
        lambda: cells(dialog)["首页", "B2"][1] == "华阳路街道", timeout=SLOW
    )
    choose_units.setCurrentIndex(3)
    choose_units.activated.emit(3)
    drain(template_work)
    assert not start(dialog).isEnabled()


def test_dialog__who_signs_and_another_folder(
    dialog: TemplateDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", str(tmp_path / "b")])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    for _ in range(2):
        child(dialog, QPushButton, "template.to").click()
    assert child(dialog, QLineEdit, "template.folder").text() == str(tmp_path / "b")


@pytest.mark.parametrize("way", ["esc", "close"])
def test_dialog__leaving_stops_first(
    qtbot: QtBot,
    dialog: TemplateDialog,
    template: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    from threading import Event

    from desktop.app.templates import filling as template_filling
    from desktop.app.templates import many as template_batch

    go, fill = Event(), template_filling.fill_template

    def held(*given: object) -> object:
        go.wait(60)
        return fill(*given)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(template_batch, "fill_template", held)
    dialog.take(template)
    told(qtbot, dialog, "就是制度包登记的表样")
    dialog.start()
    leave = dialog.reject if way == "esc" else dialog.close
    leave()
    assert dialog.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not dialog.progress.running, timeout=SLOW)
    leave()
    assert not dialog.isVisible()
