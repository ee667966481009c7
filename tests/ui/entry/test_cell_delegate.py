from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtGui import QColor
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtGui import QStandardItem
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QAbstractItemDelegate
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QStyleOptionViewItem
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QToolTip
from PySide6.QtWidgets import QWidget

from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.messages import Message
from desktop.forms.entry import format_cell
from desktop.forms.entry import parse_entry
from desktop.ui.entry.cell_delegate import CellDelegate
from desktop.ui.entry.cell_steps import STEP
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import SeveralBox
from desktop.ui.entry.field_boxes import TextBox
from desktop.ui.entry.roster_model import CELL_ROLE
from desktop.ui.entry.roster_model import CellLook
from desktop.ui.entry.roster_model import RosterModel
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.colours import LIGHT
from tests.kinds import TEXT_KINDS
from tests.kinds import field_of_kind
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import record_named
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace

EVERY_KIND = pytest.mark.parametrize("kind", TEXT_KINDS)
REFUSING = pytest.mark.parametrize(
    "kind", [k for k, (_, bad) in TEXT_KINDS.items() if bad]
)


class Table(QTableView):
    """A view that remembers with what step its boxes closed."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[int, int] | None] = []

    def closeEditor(  # noqa: N802 - Qt
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        step = editor.property(STEP)
        self.steps.append(None if step is None else (int(step[0]), int(step[1])))
        super().closeEditor(editor, hint)


@dataclass
class Desk:
    """A table of records, and the person before it."""

    qtbot: QtBot
    work: Workplace
    table: Table
    model: RosterModel

    def open(self, kind: str) -> TextBox | ChoiceBox:
        """Open the box of the first record's cell of a kind."""
        self.table.setCurrentIndex(self.index(kind))
        self.table.edit(self.index(kind))
        return self.box()

    def index(self, kind: str) -> QModelIndex:
        column = self.model.column_of(field_of_kind(kind).id)
        assert column is not None
        return self.model.index(0, column)

    def box(self) -> TextBox | ChoiceBox:
        boxes = every(self.table.viewport(), QWidget, "cell.editor")
        [found] = [box for box in boxes if box.isVisible()]
        assert isinstance(found, TextBox | ChoiceBox)
        return found

    def closed(self) -> bool:
        """Whether no box is open; one that closed is hidden until it is deleted."""
        found = every(self.table.viewport(), QWidget, "cell.editor")
        return not any(box.isVisible() for box in found)

    def fill(self, kind: str, text: str) -> TextBox | ChoiceBox:
        """Open a box and type over what stands in it."""
        box = self.open(kind)
        box.select_all()
        type_text(box, text)
        return box

    def stored(self, kind: str) -> Cell:
        """Give what the ledger holds, after all that was asked of it."""
        drain(self.work)
        found = record_named(self.work, "kinds", self.name)
        return found.cell(field_of_kind(kind).id)

    @property
    def name(self) -> str:
        record = self.model.record_at(0)
        assert record is not None
        return str(record.cell("name"))

    def put(self, kind: str, text: str) -> Cell:
        """Set a cell before the test begins."""
        field = field_of_kind(kind)
        cell = parse_entry(field, text, self.model.choices[field.id])
        assert not isinstance(cell, Message)
        self.model.change(self.index(kind), cell)
        drain(self.work)
        return cell


@pytest.fixture
def desk(qtbot: QtBot, kinds_work: Workplace) -> Desk:
    table = Table()
    qtbot.addWidget(table)
    model = RosterModel(kinds_work, "kinds", table)
    table.setModel(model)
    table.setItemDelegate(CellDelegate(kinds_work.say, kinds_work.look, table))
    table.resize(1200, 300)
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    drain(kinds_work)
    return Desk(qtbot, kinds_work, table, model)


# --- Every kind of field -----------------------------------------------------


@EVERY_KIND
def test_open__the_box_lies_over_the_cell_with_its_text_chosen(
    desk: Desk, kind: str
) -> None:
    text = TEXT_KINDS[kind][0]
    desk.put(kind, text)
    box = desk.open(kind)
    assert box.shown() == text
    line = box.lineEdit() if isinstance(box, ChoiceBox) else box
    assert line is not None
    assert line.selectedText() == text
    rect = desk.table.visualRect(desk.index(kind))
    assert box.geometry().topLeft() == rect.topLeft()
    assert box.width() >= rect.width()
    assert box.place is not None
    assert box.place.column() == desk.index(kind).column()


@EVERY_KIND
def test_enter__commits_what_was_typed_and_goes_down(desk: Desk, kind: str) -> None:
    text = TEXT_KINDS[kind][0]
    box = desk.fill(kind, text)
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert desk.closed()
    assert desk.table.steps == [(1, 0)]
    expected = text
    if kind == "text":
        drain(desk.work)
        assert desk.name == expected
    else:
        assert format_cell(field_of_kind(kind), desk.stored(kind)) == expected


@REFUSING
def test_enter__what_is_refused_stays_with_the_reason_in_words(
    desk: Desk, kind: str
) -> None:
    before = desk.stored(kind)
    bad = TEXT_KINDS[kind][1]
    assert bad is not None
    box = desk.fill(kind, bad)
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not desk.closed()
    assert box.shown() == bad
    assert box.property("wrong") is True
    refused = parse_entry(
        field_of_kind(kind), bad, desk.model.choices[field_of_kind(kind).id]
    )
    assert isinstance(refused, Message)
    assert QToolTip.text() == desk.work.say.message(refused)
    assert desk.table.steps == []
    assert desk.stored(kind) == before
    box.select_all()
    type_text(box, TEXT_KINDS[kind][0])
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert desk.closed()
    assert desk.stored(kind) != before


@EVERY_KIND
def test_escape__leaves_the_cell_as_it_was(desk: Desk, kind: str) -> None:
    before = desk.stored(kind)
    box = desk.fill(kind, "不详")
    desk.qtbot.keyClick(box, Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(desk.closed)
    assert desk.stored(kind) == before
    assert desk.table.steps == [None]


@EVERY_KIND
def test_empty__an_emptied_box_makes_the_cell_blank(desk: Desk, kind: str) -> None:
    if kind != "text":
        desk.put(kind, TEXT_KINDS[kind][0])
        box = desk.open(kind)
        box.select_all()
        desk.qtbot.keyClick(box, Qt.Key.Key_Delete)
        desk.qtbot.keyClick(box, Qt.Key.Key_Return)
        assert desk.stored(kind) is Absent.BLANK
    else:
        box = desk.fill(kind, "")
        box.show_text("")
        desk.qtbot.keyClick(box, Qt.Key.Key_Return)
        drain(desk.work)
        assert desk.index(kind).data() == ""


@EVERY_KIND
def test_focus__leaving_the_box_commits_once(desk: Desk, kind: str) -> None:
    text = "丙院" if kind == "text" else TEXT_KINDS[kind][0]
    finder = desk.fill(kind, text).completer()
    if finder is not None:
        finder.popup().hide()  # the first click beside an open list only closes it
    desk.table.setFocus(Qt.FocusReason.MouseFocusReason)
    desk.qtbot.waitUntil(desk.closed)
    drain(desk.work)
    assert desk.index(kind).data() == text
    assert desk.table.steps == [(0, 0)]


@REFUSING
def test_focus__leaving_a_refused_box_keeps_it(desk: Desk, kind: str) -> None:
    bad = TEXT_KINDS[kind][1]
    assert bad is not None
    box = desk.fill(kind, bad)
    desk.table.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not desk.closed()
    assert box.shown() == bad
    desk.qtbot.waitUntil(box.hasFocus)


@EVERY_KIND
@pytest.mark.parametrize(
    "reason",
    [
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    ],
)
def test_focus__another_window_or_a_menu_leaves_the_box_open(
    desk: Desk, kind: str, reason: Qt.FocusReason
) -> None:
    box = desk.fill(kind, "不详")
    QApplication.sendEvent(box, QFocusEvent(QEvent.Type.FocusOut, reason))
    assert not desk.closed()
    assert box.shown() == "不详"


@EVERY_KIND
def test_repaint__what_is_being_typed_outlives_news_of_the_cell(
    desk: Desk, kind: str
) -> None:
    """A finding arrives while the person types: Qt fills the box anew, we do not."""
    box = desk.fill(kind, "不详")
    first, last = desk.model.index(0, 0), desk.model.index(1, 3)
    desk.model.dataChanged.emit(first, last)
    desk.model.dataChanged.emit(desk.index(kind), desk.index(kind))
    assert box.shown() == "不详"


# --- Keys --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "with_", "step"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, (1, 0)),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, (1, 0)),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, (-1, 0)),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, (0, 1)),
        (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier, (0, -1)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, (1, 0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, (-1, 0)),
    ],
)
def test_keys__where_each_leads(
    desk: Desk, key: Qt.Key, with_: Qt.KeyboardModifier, step: tuple[int, int]
) -> None:
    box = desk.fill("integer", "7")
    desk.qtbot.keyClick(box, key, with_)
    assert desk.table.steps == [step]
    assert desk.stored("integer") == 7


def test_keys__alt_down_opens_the_list_to_tick(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(SeveralBox, "open_list", lambda box: opened.append(box.shown()))
    box = desk.open("choices")
    desk.qtbot.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert opened == [""]
    assert not desk.closed()


NOT_TEXT = [kind for kind in TEXT_KINDS if kind != "text"]


@pytest.mark.parametrize("kind", NOT_TEXT)
@pytest.mark.parametrize(
    ("key", "state"), [("/", Absent.NOT_APPLICABLE), ("*", Absent.UNKNOWN)]
)
def test_states__one_key_in_the_grid_and_no_box_stays_open(
    desk: Desk, kind: str, key: str, state: Absent
) -> None:
    desk.table.setCurrentIndex(desk.index(kind))
    desk.qtbot.keyClicks(desk.table, key)
    assert desk.closed()
    assert desk.table.steps == [(0, 0)]
    assert desk.stored(kind) is state


def test_states__in_a_text_the_key_is_a_letter(desk: Desk) -> None:
    desk.table.setCurrentIndex(desk.index("text"))
    desk.qtbot.keyClicks(desk.table, "/")
    assert desk.box().shown() == "/"


def test_states__a_key_within_a_text_is_no_state(desk: Desk) -> None:
    box = desk.fill("date", "2025/")
    assert box.shown() == "2025/"
    assert not desk.closed()


def test_keys__letters_are_typed(desk: Desk) -> None:
    box = desk.open("integer")
    desk.qtbot.keyClicks(box, "45")
    assert box.shown() == "45"


def test_choice__picking_is_enough(desk: Desk) -> None:
    box = desk.open("choice")
    assert isinstance(box, ChoiceBox)
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert desk.closed()
    assert desk.table.steps == [(1, 0)]
    assert desk.stored("choice") == "丙类"


def test_choice__a_narrow_column_still_shows_the_choice(desk: Desk) -> None:
    column = desk.index("choice").column()
    desk.table.setColumnWidth(column, 30)
    assert desk.open("choice").width() > 60
    desk.qtbot.keyClick(desk.box(), Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(desk.closed)
    desk.table.setColumnWidth(desk.index("integer").column(), 30)
    number = desk.open("integer")
    assert number.width() < 60


def test_commit__nothing_typed_nothing_saved(desk: Desk) -> None:
    desk.put("integer", "3")
    box = desk.open("integer")
    with desk.qtbot.assertNotEmitted(desk.work.bridge.saved):
        desk.qtbot.keyClick(box, Qt.Key.Key_Return)
        drain(desk.work)


def test_commit__a_cell_that_went_away_takes_nothing(desk: Desk) -> None:
    """The record was removed while its box was open."""
    box = desk.fill("integer", "十")
    delegate = desk.table.itemDelegate()
    assert isinstance(delegate, CellDelegate)
    box.place = None
    delegate.setModelData(box, desk.model, desk.index("integer"))
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert desk.closed()
    assert desk.stored("integer") == 3


def test_events__others_are_left_to_qt(desk: Desk) -> None:
    box = desk.open("integer")
    delegate = desk.table.itemDelegate()
    assert delegate.eventFilter(box, QEvent(QEvent.Type.Enter)) is False


# --- Painting ----------------------------------------------------------------

PLAIN = CellLook("字", "字", numeric=False, locked=False, hidden=False, findings=())
SIZE = (90, 30)


def finding(level: Level) -> Finding:
    return Finding("r", level, Outcome.FAILED, "f", "u", "2025", None, ("x",), "说明")


def painted(
    say: Words, look: CellLook, *, chosen: bool = False, current: str = ""
) -> QImage:
    """Paint a cell as a view does; the current one may have the focus or not."""
    model, item = QStandardItemModel(1, 1), QStandardItem()
    item.setData(look, CELL_ROLE)
    model.setItem(0, 0, item)
    view = QTableView()
    view.setModel(model)
    if current:
        view.setCurrentIndex(model.index(0, 0))
    if not chosen:
        view.clearSelection()
    else:
        view.selectAll()
    if current == "focus":
        view.show()
        view.setFocus()
        view.activateWindow()
        QApplication.processEvents()
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    option = QStyleOptionViewItem()
    setattr(option, "rect", image.rect())  # noqa: B010 - the stubs lack it
    painter = QPainter(image)
    CellDelegate(say, Appearance(), view).paint(painter, option, model.index(0, 0))
    painter.end()
    return image


def ground(image: QImage) -> QColor:
    return image.pixelColor(3, SIZE[1] - 4)


def ink_box(image: QImage, ink: str) -> tuple[int, int]:
    """Give the first and last column that holds an ink."""
    wanted = QColor(ink)
    columns = [
        x
        for x in range(image.width() - 10)
        for y in range(image.height())
        if image.pixelColor(x, y) == wanted
    ]
    return (min(columns), max(columns)) if columns else (-1, -1)


@pytest.mark.parametrize("level", Level)
def test_paint__a_finding_has_a_tint_and_a_corner(say: Words, level: Level) -> None:
    look = replace(PLAIN, findings=(finding(level),))
    image, tone = painted(say, look), LIGHT.of_level(level)
    assert ground(image) == QColor(tone.tint)
    assert image.pixelColor(SIZE[0] - 2, 1) == QColor(tone.ink)
    assert painted(say, PLAIN).pixelColor(SIZE[0] - 2, 1) == QColor(LIGHT.paper)


def test_paint__the_corner_is_seen_in_a_chosen_cell_too(say: Words) -> None:
    look = replace(PLAIN, findings=(finding(Level.WARNING),))
    image = painted(say, look, chosen=True)
    assert ground(image) != ground(painted(say, look)), "it is seen to be chosen"
    assert image.pixelColor(SIZE[0] - 2, 1) == QColor(LIGHT.warning.ink)


def test_paint__the_corner_tells_the_level_by_its_shape_too(say: Words) -> None:
    """full_hollow_small: whoever sees no colours counts the points of the corner."""

    def points(level: Level) -> int:
        image = painted(say, replace(PLAIN, findings=(finding(level),)))
        ink = QColor(LIGHT.of_level(level).ink)
        right = range(SIZE[0] - 10, SIZE[0])
        return sum(image.pixelColor(x, y) == ink for x in right for y in range(10))

    error, warning, info = (points(level) for level in Level)
    assert error > warning > info > 0


def test_paint__of_several_findings_the_hardest_shows(say: Words) -> None:
    levels = (Level.INFO, Level.ERROR, Level.WARNING)
    look = replace(PLAIN, findings=tuple(finding(level) for level in levels))
    assert ground(painted(say, look)) == QColor(LIGHT.error.tint)


@pytest.mark.parametrize(
    "look", [replace(PLAIN, locked=True), replace(PLAIN, hidden=True)]
)
def test_paint__what_is_not_asked_for_is_sunken(say: Words, look: CellLook) -> None:
    assert ground(painted(say, look)) == QColor(LIGHT.sunken)


def test_paint__an_empty_hidden_cell_is_hatched_a_filled_one_is_not(say: Words) -> None:
    empty = replace(PLAIN, text="", cell=Absent.BLANK, hidden=True)
    colours = {painted(say, empty).pixelColor(x, 15).name() for x in range(SIZE[0])}
    assert colours >= {QColor(LIGHT.line).name(), QColor(LIGHT.sunken).name()}
    filled = painted(say, replace(PLAIN, hidden=True))
    assert ink_box(filled, LIGHT.line) == (-1, -1)


def test_paint__the_current_cell_has_a_ring_paler_without_focus(say: Words) -> None:
    image = painted(say, PLAIN, current="focus")
    accent = QColor(LIGHT.accent)
    pale = painted(say, PLAIN, current="elsewhere")
    assert pale.pixelColor(1, SIZE[1] // 2) == QColor(LIGHT.faint)
    middle = SIZE[1] // 2
    assert image.pixelColor(1, middle) == accent
    assert image.pixelColor(SIZE[0] - 2, middle) == accent
    assert painted(say, PLAIN).pixelColor(1, middle) == QColor(LIGHT.paper)


def test_paint__without_a_view_no_cell_is_current(say: Words) -> None:
    model, item = QStandardItemModel(1, 1), QStandardItem()
    item.setData(PLAIN, CELL_ROLE)
    model.setItem(0, 0, item)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    setattr(option, "rect", image.rect())  # noqa: B010 - the stubs lack it
    painter = QPainter(image)
    CellDelegate(say, Appearance(), model).paint(painter, option, model.index(0, 0))
    painter.end()
    assert image.pixelColor(1, SIZE[1] // 2) == QColor(LIGHT.paper)


def test_paint__numbers_to_the_right_words_to_the_left(say: Words) -> None:
    """Columns of figures can only be compared when they end at one line."""
    word = painted(say, replace(PLAIN, text="11"))
    number = painted(say, replace(PLAIN, text="11", numeric=True))
    background = QColor(LIGHT.paper)

    def span(image: QImage) -> tuple[int, int]:
        found = [
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y) != background
        ]
        return min(found), max(found)

    assert span(word)[0] < 12
    assert span(number)[1] > SIZE[0] - 12


def test_paint__a_long_text_ends_inside_its_cell(say: Words) -> None:
    image = painted(say, replace(PLAIN, text="长" * 60))
    background = QColor(LIGHT.paper)
    edge = {image.pixelColor(SIZE[0] - 3, y).name() for y in range(SIZE[1])}
    assert edge == {background.name()}


def test_paint__an_absence_looks_different_from_the_same_word(say: Words) -> None:
    word = painted(say, replace(PLAIN, text="不适用", cell="不适用"))
    meant = painted(say, replace(PLAIN, text="不适用", cell=Absent.NOT_APPLICABLE))
    mono = QImage.Format.Format_Mono
    assert word.convertToFormat(mono) != meant.convertToFormat(mono)


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up])
def test_keys__the_arrows_look_through_a_list_and_commit_nothing(
    desk: Desk, key: Qt.Key
) -> None:
    box = desk.open("choice")
    desk.qtbot.keyClick(box, key)
    assert not desk.closed()
    assert desk.stored("choice") == "甲类"


@EVERY_KIND
def test_open__a_screen_reader_hears_which_item_it_is(desk: Desk, kind: str) -> None:
    box = desk.open(kind)
    line = box.lineEdit() if isinstance(box, ChoiceBox) else box
    assert line is not None
    interface = QAccessible.queryAccessibleInterface(line)
    assert interface.text(QAccessible.Text.Name) == field_of_kind(kind).title
