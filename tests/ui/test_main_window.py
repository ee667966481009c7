"""The window on a ledger: pages, commands, what it says and what it remembers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Protocol

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QMainWindow
from PySide6.QtWidgets import QMessageBox
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.commands import COMMANDS
from desktop.app.commands import Need
from desktop.app.entry.edits import set_cell
from desktop.app.events import NotSaved
from desktop.app.opening import open_session
from desktop.core.cells import Absent
from desktop.core.messages import message
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.entry.page import EntryPage
from desktop.ui.files.export_page import ExportPage
from desktop.ui.findings.page import AuditPage
from desktop.ui.guide.field_dialog import FieldDialog
from desktop.ui.guide.handbook_window import HandbookWindow
from desktop.ui.guide.keys_dialog import KeysDialog
from desktop.ui.handover.page import HandoverPage
from desktop.ui.home.page import HomePage
from desktop.ui.indicators.page import IndicatorsPage
from desktop.ui.main_window import GEOMETRY
from desktop.ui.main_window import MainWindow
from desktop.ui.workplace import Habits
from desktop.ui.workplace import Workplace
from tests import asked
from tests.ui.desk_of import Hands
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.ui.look.icons import Icons
    from desktop.ui.workplace import UiStart

PAGES = {
    Page.HOME: HomePage,
    Page.ENTRY: EntryPage,
    Page.AUDIT: AuditPage,
    Page.INDICATORS: IndicatorsPage,
    Page.EXPORT: ExportPage,
    Page.HANDOVER: HandoverPage,
}


class OpenMain(Protocol):
    """Opens a window on a ledger, which is closed when the test ends."""

    def __call__(self, *, read_only: bool = False) -> MainWindow:
        """Open the small ledger."""
        ...


@pytest.fixture
def open_main(
    qtbot: QtBot, start: UiStart, icons: Icons, small_ledger: Path
) -> Iterator[OpenMain]:
    opened: list[MainWindow] = []

    def opener(*, read_only: bool = False) -> MainWindow:
        session = open_session(small_ledger, start.person, read_only=read_only)
        bridge = Bridge(session)
        desk = Desk(session.pack.forms[0].id, bridge)
        desk.set_need(Need.WRITABLE, holds=not read_only)
        habits = Habits(start.places.settings)
        made = MainWindow(Workplace(start, bridge, desk, icons, habits))
        assert made.menus.actions
        bridge.setParent(made)
        made.closed.connect(made.deleteLater)
        opened.append(made)
        with qtbot.waitSignal(bridge.figures_changed, timeout=30_000):
            session.refresh()
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        drain(made.work)
        return made

    yield opener
    for window in opened:
        if isValid(window):
            window.close()
            free(window)


@pytest.fixture
def main(open_main: OpenMain) -> MainWindow:
    """Open the window on the small ledger, audited."""
    return open_main()


def test_title__unit_period_and_program(main: MainWindow) -> None:
    assert main.windowTitle() == "长宁区 2025年 - 民生台账"
    below = every(main.statusBar(), QLabel)
    assert "长宁区.taizhang" in [label.text() for label in below]


def test_commands__every_one_is_an_action_with_its_keys(
    main: MainWindow, say: Words
) -> None:
    assert list(main.menus.actions) == [command.id for command in COMMANDS]
    for command in COMMANDS:
        action = main.menus.actions[command.id]
        portable = QKeySequence.SequenceFormat.PortableText
        assert action.shortcut().toString(portable) == command.shortcut
        if not command.id.startswith(("edit.undo", "edit.redo")):
            assert action.text() == say(command.title)


@pytest.mark.parametrize("page", list(Page), ids=lambda page: page.value)
def test_pages__made_when_first_opened_and_kept(
    main: MainWindow, page: Page, qtbot: QtBot
) -> None:
    before = main.page(page)
    assert (before is not None) is (page is Page.ENTRY)
    main.menus.actions[f"view.{page.value}"].trigger()
    made = main.page(page)
    assert isinstance(made, PAGES[page])
    qtbot.waitUntil(made.isVisible)
    drain(main.work)
    main.work.desk.turn_to(Page.ENTRY)
    assert made.isVisible() is (page is Page.ENTRY)
    main.work.desk.turn_to(page)
    assert main.page(page) is made


@pytest.mark.parametrize("page", list(Page), ids=lambda page: page.value)
def test_pages__a_screen_reader_has_a_name_for_all(
    main: MainWindow, page: Page
) -> None:
    main.work.desk.turn_to(page)
    drain(main.work)
    assert nameless(main) == []


class Flashes(QObject):
    """Notes windows that show themselves beside the one that should."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(  # noqa: N802 - Qt's name
        self, watched: QObject, event: QEvent
    ) -> bool:
        """Look at what is shown."""
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, QMainWindow)
        ):
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_pages__no_part_is_a_window_for_a_moment(
    open_main: OpenMain, qapp: QApplication
) -> None:
    """A part shown before it has a parent flashes, and takes the focus away."""
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    main = open_main()
    for page in Page:
        main.work.desk.turn_to(page)
        drain(main.work)
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def test_keys__lead_from_page_to_page(main: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for place, page in (*enumerate(Page, start=1), (2, Page.ENTRY)):
        key = Qt.Key(Qt.Key.Key_0.value + place)
        qtbot.keyClick(main, key, control)
        assert main.work.desk.page is page
    qtbot.keyClick(main, Qt.Key.Key_F9)
    assert main.work.desk.page is Page.AUDIT


def test_undo__by_key_and_nothing_left_to_undo(main: MainWindow, qtbot: QtBot) -> None:
    hands = Hands(main, qtbot)
    hands.go("eci", 0, "beds_nursing")
    before = hands.cell(0, "beds_nursing")
    hands.enter("7")
    undo, redo = main.menus.actions["edit.undo"], main.menus.actions["edit.redo"]
    qtbot.waitUntil(undo.isEnabled)
    hands.saved("edit.undo")
    assert hands.cell(0, "beds_nursing") == before
    qtbot.waitUntil(lambda: not undo.isEnabled())
    hands.saved("edit.redo")
    assert hands.cell(0, "beds_nursing") == 7
    qtbot.waitUntil(lambda: not redo.isEnabled())


@pytest.mark.parametrize("command", ["file.new", "file.open", "file.close"])
def test_file__what_concerns_the_program_is_passed_on(
    main: MainWindow, qtbot: QtBot, command: str
) -> None:
    with qtbot.waitSignal(main.asked) as asked:
        main.menus.actions[command].trigger()
    assert asked.args == [command]


def test_other_commands__are_not_the_windows(main: MainWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(main.asked):
        main.work.desk.asked.emit("edit.find")
    assert main.work.desk.page is Page.ENTRY


def test_help__f1_explains_the_field_and_elsewhere_the_page(
    main: MainWindow, qtbot: QtBot
) -> None:
    place = replace(main.work.desk.place, field="beds_total")
    main.work.desk.turn_to(Page.ENTRY)
    main.work.desk.move(place)
    qtbot.keyClick(main, Qt.Key.Key_F1)
    [field] = every(main, FieldDialog)
    field.close()
    main.work.desk.turn_to(Page.AUDIT)
    qtbot.keyClick(main, Qt.Key.Key_F1)
    [book] = every(main, HandbookWindow)
    assert book.page.toPlainText().startswith("审核")
    book.close()


def test_help__keys_are_shown_and_freed(main: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(main, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    [dialog] = every(main, KeysDialog)
    assert dialog.isVisible()
    dialog.reject()
    free(dialog)
    assert not isValid(dialog)


def test_not_saved__said_before_the_person_goes_on(main: MainWindow) -> None:
    bridge = main.work.bridge
    bridge.not_saved.emit(NotSaved(message("app.edit"), message("store.disk_full")))
    box = child(main, QMessageBox, "trouble")
    assert box.isVisible()
    assert box.text() == main.work.say("Not saved")
    assert box.informativeText() == main.work.say.message(message("store.disk_full"))
    box.accept()
    free(box)
    assert not isValid(box)


def test_not_saved__an_entry_somebody_else_overtook(
    main: MainWindow, qtbot: QtBot
) -> None:
    """A change made from what is no longer there is refused and told of."""
    work = main.work
    record = record_named(work, "eci", "好院")
    field = work.form("eci").by_id["beds_nursing"]
    work.session.apply(set_cell(record, field, 1)).result()
    work.session.apply(set_cell(record, field, 2)).result()
    qtbot.waitUntil(lambda: bool(every(main, QMessageBox, "trouble")))
    assert record_named(work, "eci", "好院").cell("beds_nursing") == 1
    child(main, QMessageBox, "trouble").accept()


def test_trouble__a_ledger_that_cannot_be_read(main: MainWindow) -> None:
    said = message("store.damaged", path="长宁区.taizhang", detail="x")
    main.work.bridge.courier.trouble.emit(said)
    box = child(main, QMessageBox, "trouble")
    assert box.text() == main.work.say("The ledger could not be read")
    assert "长宁区.taizhang" in box.informativeText()
    box.accept()


def test_size__first_that_of_a_small_screen_then_remembered(
    open_main: OpenMain, qtbot: QtBot
) -> None:
    main = open_main()
    assert (main.width(), main.height()) == (1366, 728)
    main.resize(1200, 700)
    with qtbot.waitSignal(main.destroyed):
        main.close()
    assert GEOMETRY in main.work.habits.now.layout
    # The screen of the tests is narrower than the window, not lower.
    assert open_main().height() == 700


@pytest.mark.parametrize("kept", ["nonsense", "////"])
def test_size__what_cannot_be_read_is_passed_over(
    open_main: OpenMain, start: UiStart, kept: str
) -> None:
    habits = Habits(start.places.settings)
    habits.keep(habits.now.arranged(GEOMETRY, kept))
    window = open_main()
    assert (window.width(), window.height()) == (1366, 728)


def test_close__what_was_entered_is_on_the_disk(
    open_main: OpenMain, qtbot: QtBot
) -> None:
    main = open_main()
    hands = Hands(main, qtbot)
    hands.go("eci", 0, "beds_nursing")
    hands.type("9")
    qtbot.keyClick(hands.editor(), Qt.Key.Key_Return)
    record = hands.model.ids[0]
    main.close()
    free(main)
    again = open_main().work.session
    rows = asked.rows(again, "eci", [record])
    assert rows[0].cell("beds_nursing") == 9


def test_close__page_and_form_are_remembered(open_main: OpenMain) -> None:
    main = open_main()
    habits, path = main.work.habits, main.work.session.path
    main.work.desk.move(Place("area"))
    main.work.desk.turn_to(Page.AUDIT)
    main.close()
    assert habits.now.left_at(path) == ("audit", "area")


def test_close__column_widths_are_kept(open_main: OpenMain, qtbot: QtBot) -> None:
    main = open_main()
    hands = Hands(main, qtbot)
    hands.go("eci", 0, "beds_nursing")
    hands.grid.setColumnWidth(2, 199)
    main.close()
    free(main)
    other = Hands(open_main(), qtbot)
    other.go("eci", 0, "beds_nursing")
    assert other.grid.columnWidth(2) == 199


def test_read_only__looks_but_changes_nothing(
    open_main: OpenMain, qtbot: QtBot
) -> None:
    window = open_main(read_only=True)
    hands = Hands(window, qtbot)
    hands.go("eci", 2, "beds_nursing")
    on = {name for name, one in window.menus.actions.items() if one.isEnabled()}
    changing = {"edit.paste", "edit.clear", "record.add", "record.remove"}
    assert not on & (changing | {"file.import", "edit.undo", "edit.unknown"})
    assert {"edit.copy", "edit.find", "view.export", "file.close"} <= on
    qtbot.keyClicks(hands.grid, "5")
    assert hands.no_editor()
    assert hands.cell(2, "beds_nursing") is Absent.BLANK


def test_texts__are_all_chinese(main: MainWindow) -> None:
    texts = [action.text() for action in main.menus.actions.values()]
    assert all(re.search("[\u4e00-\u9fff]", text) for text in texts), texts
