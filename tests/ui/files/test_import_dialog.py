"""导入: read, planned, shown, applied and undone; what is refused is explained."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.entry.edits import set_cell
from desktop.core.messages import message
from desktop.store.errors import StoreError
from desktop.ui.files.import_dialog import ImportDialog
from tests.ui.desks import RESOURCES
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import records

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.store.records import Answer
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

SAMPLE = RESOURCES / "samples" / "shanghai" / "elderly_institutions.csv"
SLOW = 60_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(work: Workplace, window: QWidget) -> ImportDialog:
    made = ImportDialog(work, work.form("eci"), window)
    made.show()
    return made


@pytest.fixture
def dialog(work: Workplace, window: QWidget) -> ImportDialog:
    """Open the import into the small ledger."""
    return opened(work, window)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two facilities of the small ledger and a new one."""
    path = tmp_path / "机构.csv"
    path.write_text(
        "机构名称,总床位数,所在街道\n"
        "好院,100,华阳路街道\n"
        "坏院,130,华阳路街道\n"
        "新院,50,华阳路街道\n",
        encoding="utf-8",
    )
    return path


def apply_button(dialog: ImportDialog) -> QPushButton:
    return child(dialog, QPushButton, "import.apply")


def read(dialog: ImportDialog, qtbot: QtBot, path: Path) -> None:
    """Name a file and press Enter; wait until it is planned."""
    box = child(dialog, QLineEdit, "import.file")
    box.setText(str(path))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not apply_button(dialog).isEnabled()
    qtbot.waitUntil(apply_button(dialog).isEnabled, timeout=SLOW)


def refused(dialog: ImportDialog, qtbot: QtBot, path: Path) -> str:
    """Name a file that is not taken, and give what is said."""
    child(dialog, QLineEdit, "import.file").setText(str(path))
    dialog.read()
    fault = child(dialog, QLabel, "import.fault")
    qtbot.waitUntil(fault.isVisible, timeout=SLOW)
    assert not apply_button(dialog).isEnabled()
    return fault.text()


def summary(dialog: ImportDialog) -> str:
    return child(dialog, QLabel, "import.summary").text()


def choose(dialog: ImportDialog, name: str, text: str) -> None:
    """Choose an entry of a box as a person does."""
    box = child(dialog, QComboBox, f"import.{name}")
    place = box.findText(text)
    assert place >= 0, [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(place)
    box.activated.emit(place)


def tabs(dialog: ImportDialog) -> dict[str, QWidget]:
    [found] = every(dialog, QTabWidget)
    return {
        found.tabText(n).partition("（")[0]: found.widget(n)
        for n in range(found.count())
    }


def beds(work: Workplace) -> dict[object, object]:
    found = records(work, "eci")
    return {each.cell("name"): each.cell("beds_total") for each in found}


# --- The road ----------------------------------------------------------------


def test_plan__shown_before_anything_is_done(
    dialog: ImportDialog, qtbot: QtBot, work: Workplace, table: Path
) -> None:
    before = beds(work)
    read(dialog, qtbot, table)
    assert summary(dialog) == "新增 1 条，更新 1 条，相同 1 条，待处理 0 条"
    assert apply_button(dialog).text() == work.say("Import {count} rows", count=2)
    rows = tabs(dialog)[work.say("Rows")]
    assert isinstance(rows, QTreeWidget)
    lines = [rows.topLevelItem(n) for n in range(rows.topLevelItemCount())]
    assert [(line.text(1), line.text(2)) for line in lines] == [
        (work.say("As before"), "好院"),
        (work.say("Changed"), "坏院"),
        (work.say("New"), "新院"),
    ]
    assert beds(work) == before


def test_apply__then_undo(
    dialog: ImportDialog, qtbot: QtBot, work: Workplace, table: Path
) -> None:
    before = beds(work)
    read(dialog, qtbot, table)
    with qtbot.waitSignals([work.bridge.saved, dialog.destroyed], timeout=SLOW):
        qtbot.mouseClick(apply_button(dialog), LEFT)
    assert beds(work) == {**before, "坏院": 130, "新院": 50}
    work.session.undo().result()
    assert beds(work) == before
    work.session.redo().result()
    assert beds(work)["新院"] == 50


def test_apply__the_list_of_shanghai_for_one_district(
    changning_work: Workplace, window: QWidget, qtbot: QtBot
) -> None:
    work = changning_work
    record = records(work, "eci")[0]
    field = work.form("eci").by_id["beds_total"]
    work.session.apply(set_cell(record, field, 111)).result()
    dialog = opened(work, window)
    read(dialog, qtbot, SAMPLE)
    everything = summary(dialog)
    choose(dialog, "column", "district")
    choose(dialog, "value", "长宁区")
    one = work.say("Import {count} rows", count=1)
    qtbot.waitUntil(lambda: apply_button(dialog).text() == one, timeout=SLOW)
    assert summary(dialog) != everything
    assert "；" in summary(dialog), "says how many rows were left out"
    with qtbot.waitSignal(dialog.destroyed, timeout=SLOW):
        dialog.apply()
    assert records(work, "eci")[0].cell("beds_total") == 110
    work.session.undo().result()
    assert records(work, "eci")[0].cell("beds_total") == 111


def test_condition__taken_off_again(
    dialog: ImportDialog, qtbot: QtBot, work: Workplace, table: Path
) -> None:
    read(dialog, qtbot, table)
    everything = summary(dialog)
    choose(dialog, "column", "机构名称")
    choose(dialog, "value", "新院")
    one = work.say("Import {count} rows", count=1)
    qtbot.waitUntil(lambda: apply_button(dialog).text() == one, timeout=SLOW)
    choose(dialog, "column", work.say("All rows"))
    qtbot.waitUntil(lambda: summary(dialog) == everything, timeout=SLOW)


def test_nothing_new__nothing_to_apply(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "same.csv"
    path.write_text(
        "机构名称,总床位数,所在街道\n好院,100,华阳路街道\n", encoding="utf-8"
    )
    child(dialog, QLineEdit, "import.file").setText(str(path))
    dialog.read()
    qtbot.waitUntil(lambda: summary(dialog) != "", timeout=SLOW)
    assert not apply_button(dialog).isEnabled()


def test_sheets__one_is_chosen_though_the_first_is_no_table(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    """A cover sheet before the table must not be the end of the road."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "封面"
    cover["A1"] = "填表说明"
    sheet = book.create_sheet("名册")
    sheet.append(["机构名称", "总床位数"])
    sheet.append(["新院", 50])
    path = tmp_path / "两张.xlsx"
    book.save(path)
    assert refused(dialog, qtbot, path)
    assert child(dialog, QComboBox, "import.sheet").isVisible()
    choose(dialog, "sheet", "名册")
    qtbot.waitUntil(apply_button(dialog).isEnabled, timeout=SLOW)
    assert child(dialog, QLabel, "import.fault").isHidden()
    assert child(dialog, QComboBox, "import.column").findText("总床位数") > 0


# --- What goes wrong ---------------------------------------------------------


def test_refused__explained_and_nothing_taken(
    dialog: ImportDialog, qtbot: QtBot, work: Workplace, tmp_path: Path
) -> None:
    before = beds(work)
    path = tmp_path / "网页.xlsx"
    path.write_text("<html><body>x</body></html>", encoding="utf-8")
    said = refused(dialog, qtbot, path)
    assert "网页.xlsx" in said
    dialog.apply()
    drain(work)
    assert beds(work) == before


def test_refused__a_file_that_is_not_there(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    assert "没有.csv" in refused(dialog, qtbot, tmp_path / "没有.csv")


def test_refused__after_a_good_one_leaves_nothing_to_apply(
    dialog: ImportDialog, qtbot: QtBot, work: Workplace, table: Path, tmp_path: Path
) -> None:
    """The plan of the first file must not be applied under the second's name."""
    before = beds(work)
    read(dialog, qtbot, table)
    refused(dialog, qtbot, tmp_path / "没有.csv")
    assert summary(dialog) == ""
    assert not child(dialog, QComboBox, "import.column").isVisible()
    dialog.apply()
    drain(work)
    assert beds(work) == before


def test_read_only__is_planned_but_not_applied(
    open_work: Opener, small_ledger: Path, window: QWidget, qtbot: QtBot, table: Path
) -> None:
    dialog = opened(open_work(small_ledger, read_only=True), window)
    child(dialog, QLineEdit, "import.file").setText(str(table))
    dialog.read()
    qtbot.waitUntil(lambda: summary(dialog) != "", timeout=SLOW)
    assert not apply_button(dialog).isEnabled()


# --- The dialog --------------------------------------------------------------


def test_choose__a_file_is_read_at_once_none_changes_nothing(
    dialog: ImportDialog, qtbot: QtBot, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = child(dialog, QPushButton, "import.choose")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    qtbot.mouseClick(button, LEFT)
    assert child(dialog, QLineEdit, "import.file").text() == ""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(apply_button(dialog).isEnabled, timeout=SLOW)


def test_dialog__says_where_to_fits_and_speaks(
    dialog: ImportDialog, qtbot: QtBot, work: Workplace, table: Path
) -> None:
    assert work.form("eci").title in dialog.windowTitle()
    assert dialog.height() <= 560
    read(dialog, qtbot, table)
    assert dialog.height() <= 560
    # A list and the frame of the lists are named by the tab that is read out.
    named_by_tab = ("QTreeWidget", "QTabWidget")
    silent = nameless(dialog)
    assert [one for one in silent if not one.startswith(named_by_tab)] == []


@pytest.mark.parametrize("busy", [False, True])
def test_cancel__frees_the_dialog_whatever_it_is_doing(
    dialog: ImportDialog, qtbot: QtBot, work: Workplace, table: Path, busy: bool
) -> None:
    before = beds(work)
    if busy:
        child(dialog, QLineEdit, "import.file").setText(str(table))
        dialog.read()
    else:
        read(dialog, qtbot, table)
    qtbot.mouseClick(child(dialog, QPushButton, "import.cancel"), LEFT)
    free(dialog)
    assert not isValid(dialog)
    drain(work)
    assert beds(work) == before


def test_begin_with__a_file_that_was_dropped_elsewhere(
    dialog: ImportDialog, qtbot: QtBot, table: Path
) -> None:
    dialog.begin_with(table)
    qtbot.waitUntil(apply_button(dialog).isEnabled, timeout=SLOW)
    assert child(dialog, QLineEdit, "import.file").text() == str(table)


def test_apply__refused_by_the_disk_can_be_tried_again(
    dialog: ImportDialog,
    qtbot: QtBot,
    work: Workplace,
    table: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = beds(work)
    read(dialog, qtbot, table)
    full = StoreError(message("store.disk_full"))

    def refuse(_: object) -> Future[Answer]:
        answer: Future[Answer] = Future()
        answer.set_exception(full)
        return answer

    monkeypatch.setattr(work.session, "apply", refuse)
    qtbot.mouseClick(apply_button(dialog), LEFT)
    assert not apply_button(dialog).isEnabled()
    qtbot.waitUntil(apply_button(dialog).isEnabled)
    assert dialog.isVisible()
    assert beds(work) == before


def test_apply__to_a_ledger_that_has_moved_on_shows_the_plan_anew(
    dialog: ImportDialog, qtbot: QtBot, work: Workplace, table: Path
) -> None:
    read(dialog, qtbot, table)
    bad = next(each for each in records(work, "eci") if each.cell("name") == "坏院")
    field = work.form("eci").by_id["beds_total"]
    work.session.apply(set_cell(bad, field, 130)).result()

    qtbot.mouseClick(apply_button(dialog), LEFT)

    again = "新增 1 条，更新 0 条，相同 2 条，待处理 0 条"
    qtbot.waitUntil(lambda: summary(dialog) == again, timeout=SLOW)
    assert dialog.isVisible()
    qtbot.waitUntil(apply_button(dialog).isEnabled, timeout=SLOW)
    dialog.reject()
