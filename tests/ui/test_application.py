"""The roads through the whole window, on a real ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from desktop.app.opening import open_ledger
from desktop.core.findings import RecordId
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.indicators.figures import Status
from desktop.ui import application
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.files.export_page import ExportPage
from desktop.ui.files.import_dialog import ImportDialog
from desktop.ui.findings.model import FINDING
from desktop.ui.findings.page import AuditPage
from desktop.ui.indicators.page import IndicatorsPage
from desktop.ui.ledgers.new_ledger import NewLedger
from desktop.ui.ledgers.new_ledger_bring import TableToImport
from desktop.ui.main_window import MainWindow
from tests.ui.desk_of import Hands
from tests.ui.desk_of import find
from tests.ui.desks import RESOURCES
from tests.ui.desks import every

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.application import Shell
    from desktop.ui.workplace import UiStart
    from desktop.ui.workplace import Workplace

SAMPLE = RESOURCES / "samples" / "shanghai" / "elderly_institutions.csv"


def test_new_ledger__with_the_keyboard_alone(
    shell: Shell, start: UiStart, qtbot: QtBot
) -> None:
    shell.show_start()
    assert shell.first is not None
    shell.first.new_ledger()
    dialog = find(shell.first, NewLedger)
    qtbot.waitUntil(lambda: dialog.packs.ready, timeout=20000)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.units.ready, timeout=20000)
    dialog.units.search.clear()
    qtbot.keyClicks(dialog.units.search, "cnq")
    qtbot.waitUntil(
        lambda: dialog.units.unit is not None and dialog.units.unit.code == "310105"
    )
    qtbot.keyClick(dialog.units.search, Qt.Key.Key_Return)
    assert dialog.file.path is not None
    assert dialog.file.path.name == "310105 长宁区 2025.taizhang"
    assert dialog.height() <= 560
    qtbot.keyClick(dialog.file.period_box, Qt.Key.Key_Return)
    with qtbot.waitSignals([dialog.created, dialog.destroyed], timeout=20000):
        qtbot.keyClick(dialog.bring.ways["none"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=20000)
    assert len(shell.window.work.session.units) == 11 if shell.window else False


def test_new_ledger__a_file_that_is_there_is_said_in_the_dialog(
    shell: Shell, start: UiStart, ledger: Path, qtbot: QtBot
) -> None:
    shell.show_start()
    assert shell.first is not None
    shell.first.new_ledger()
    dialog = find(shell.first, NewLedger)
    qtbot.waitUntil(lambda: dialog.packs.ready, timeout=20000)
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.units.ready, timeout=20000)
    dialog.go_on()
    dialog.file.folder_box.setText(str(ledger.parent))
    dialog.go_on()
    dialog.go_on()
    fault = find(dialog, QLabel, "new.fault")
    qtbot.waitUntil(fault.isVisible, timeout=20000)
    assert "已经" in fault.text() or "存在" in fault.text()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()


def opened(shell: Shell, ledger: Path, qtbot: QtBot) -> MainWindow:
    """Open a ledger as a person does, and wait for its window."""
    shell.open(ledger)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=20000)
    assert shell.window is not None
    return shell.window


def test_open__what_is_left_while_it_is_built_is_not_shown(
    shell: Shell, ledger: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[MainWindow] = []

    class Built(MainWindow):
        def __init__(self, work: Workplace) -> None:
            super().__init__(work)
            built.append(self)
            QTimer.singleShot(0, lambda: shell.asked("file.close"))

    monkeypatch.setattr(application, "MainWindow", Built)
    shell.open(ledger)
    qtbot.waitUntil(lambda: bool(built) and shell.first is not None, timeout=20000)
    qtbot.waitUntil(lambda: not isValid(built[0]))
    assert shell.window is None


def test_open__the_last_one_asked_for_is_before_the_person(
    shell: Shell, ledger: Path, small_ledger: Path, qtbot: QtBot
) -> None:
    shell.open(ledger)
    shell.open(small_ledger)
    qtbot.waitUntil(
        lambda: (
            shell.window is not None and shell.window.work.session.path == small_ledger
        ),
        timeout=20000,
    )


def test_open__twice_the_same_is_once(shell: Shell, ledger: Path, qtbot: QtBot) -> None:
    shell.open(ledger)
    window = opened(shell, ledger, qtbot)
    qtbot.wait(100)
    assert shell.window is window
    assert shell.first is None or not shell.first.isVisible()


def test_open__a_new_one_at_home_and_then_where_it_was_left(
    shell: Shell, ledger: Path, qtbot: QtBot
) -> None:
    window = opened(shell, ledger, qtbot)
    assert window.work.desk.page is Page.HOME
    bridge = window.work.bridge
    qtbot.waitUntil(lambda: bridge.figures is not None, timeout=20000)
    window.work.desk.seek(Place("hcb"))
    window.close()
    again = opened(shell, ledger, qtbot)
    assert (again.work.desk.page, again.work.desk.place.form) == (Page.ENTRY, "hcb")


@pytest.mark.parametrize("page", [Page.AUDIT, Page.INDICATORS, Page.EXPORT])
def test_open__audited_whatever_page_it_was_left_at(
    shell: Shell, ledger: Path, qtbot: QtBot, page: Page
) -> None:
    shell.habits.keep(shell.habits.now.left(ledger, page.value, "no_such_form"))
    window = opened(shell, ledger, qtbot)
    desk, bridge = window.work.desk, window.work.bridge
    assert (desk.page, desk.place.form) == (page, window.work.pack.forms[0].id)
    qtbot.waitUntil(lambda: bridge.figures is not None, timeout=20000)


def test_home__another_ledger_is_one_click_away(
    shell: Shell, ledger: Path, small_ledger: Path, qtbot: QtBot
) -> None:
    shell.habits.keep(shell.habits.now.opened(small_ledger))
    window = opened(shell, ledger, qtbot)
    qtbot.mouseClick(find(window, QPushButton, "home.other"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shell.window not in (None, window), timeout=20000)
    assert shell.window is not None
    assert shell.window.work.session.path == small_ledger


def test_new_ledger__a_list_of_last_year_opens_its_import(
    shell: Shell, ledger: Path, qtbot: QtBot
) -> None:
    shell.open_and_import(ledger, TableToImport("eci", SAMPLE))
    qtbot.waitUntil(lambda: shell.window is not None, timeout=20000)
    assert shell.window is not None
    dialog = find(shell.window, ImportDialog)
    assert find(dialog, QLineEdit, "import.file").text() == str(SAMPLE)
    apply = find(dialog, QPushButton, "import.apply")
    qtbot.waitUntil(apply.isEnabled, timeout=60000)
    assert shell.window.work.desk.place.form == "eci"
    dialog.reject()


def test_locked_ledger__may_be_read(
    shell: Shell, ledger: Path, start: UiStart, qtbot: QtBot
) -> None:
    with open_ledger(ledger, start.person):
        shell.open(ledger)
        qtbot.waitUntil(lambda: shell.first is not None, timeout=20000)
        assert shell.first is not None
        read = find(shell.first, QPushButton, "start.read")
        qtbot.waitUntil(read.isVisible, timeout=20000)
        qtbot.mouseClick(read, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: shell.window is not None, timeout=20000)
        assert shell.window is not None
        assert not shell.window.menus.actions["edit.paste"].isEnabled()


def test_audit__leads_to_the_cell(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot)
    hands.go("eci", 0, "beds_nursing")
    hands.enter("9999")
    hands.ask("view.audit")
    page = find(window, AuditPage)

    def first() -> object:
        return page.model.index(1, 0).data(FINDING)

    errors = find(page, QLabel, "audit.error")
    qtbot.waitUntil(lambda: errors.text() == "强制性 1 项（1 类）", timeout=20000)
    qtbot.waitUntil(lambda: "9999" in str(getattr(first(), "text", "")), timeout=20000)
    page.list.go_to(1)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.work.desk.page is Page.ENTRY
    assert window.work.desk.place.record == hands.model.ids[0]


def test_indicators__missing_says_what_to_fill(
    window: MainWindow, qtbot: QtBot
) -> None:
    Hands(window, qtbot).ask("view.indicators")
    page = find(window, IndicatorsPage)
    rows = page.model.rows
    assert {row.status for row in rows} <= set(Status)
    missing = next(n for n, row in enumerate(rows) if row.status is Status.MISSING)
    page.table.selectRow(missing)
    qtbot.waitUntil(
        lambda: page.findChild(QPushButton, "indicator.fill") is not None,
        timeout=20000,
    )
    fill = find(page, QPushButton, "indicator.fill")
    qtbot.mouseClick(fill, Qt.MouseButton.LeftButton)
    assert window.work.desk.page is Page.ENTRY


def test_export__writes_both_files(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    Hands(window, qtbot).ask("view.export")
    page = find(window, ExportPage)
    find(page, QLineEdit, "export.folder").setText(str(tmp_path / "out"))
    qtbot.mouseClick(find(page, QPushButton, "export.start"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.findChild(QPushButton, "export.show") is not None, timeout=60000
    )
    kinds = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert kinds == [".pdf", ".xlsx"]


def test_import__planned_applied_undone(window: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot)
    hands.go("eci", 0, "beds_total")
    hands.enter("111")
    hands.ask("file.import")
    dialog = find(hands.page, ImportDialog)
    assert dialog.height() <= 560
    find(dialog, QLineEdit, "import.file").setText(str(SAMPLE))
    dialog.read()
    apply = find(dialog, QPushButton, "import.apply")
    qtbot.waitUntil(apply.isEnabled, timeout=60000)
    bridge = window.work.bridge
    with qtbot.waitSignals([bridge.saved, dialog.destroyed], timeout=20000):
        qtbot.mouseClick(apply, Qt.MouseButton.LeftButton)
    assert hands.cell(0, "beds_total") == 110
    hands.saved("edit.undo")
    assert hands.cell(0, "beds_total") == 111


def test_card__keeps_the_field_from_record_to_record(
    window: MainWindow, qtbot: QtBot
) -> None:
    hands = Hands(window, qtbot)
    hands.go("eci", 0, "beds_nursing")
    hands.ask("record.card")
    qtbot.waitUntil(
        lambda: bool(every(hands.page.card, QLineEdit, "card.beds_nursing"))
    )
    box = find(hands.page.card, QLineEdit, "card.beds_nursing")
    box.setFocus()
    box.setText("30")
    with qtbot.waitSignal(window.work.bridge.saved, timeout=20000):
        hands.ask("record.next")
    assert hands.cell(0, "beds_nursing") == 30
    desk = window.work.desk
    assert desk.place == Place("eci", RecordId(hands.model.ids[1]), "beds_nursing")


def test_period__that_goes_by_another_version_of_the_pack__has_its_own_window(
    shell: Shell, start: UiStart, ledger: Path, qtbot: QtBot
) -> None:
    after = Period(PeriodKind.YEAR, 2026)
    with open_ledger(ledger, start.person) as opened:
        opened.add_period(after)
        opened.upgrade(opened.pack().replaced(version="9.0.0"), after)
    shell.open(ledger)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=20000)
    first = shell.window
    assert first is not None
    assert first.work.pack.version == "9.0.0"

    first.work.session.choose_period(Period(PeriodKind.YEAR, 2025))
    qtbot.waitUntil(lambda: shell.window not in (None, first), timeout=20000)

    assert shell.window is not None
    assert shell.window.work.pack.version != "9.0.0"
    assert shell.window.work.period == "2025"
    shell.window.close()
