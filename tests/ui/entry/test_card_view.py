from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.app.entry.cell_notes import comment
from desktop.app.entry.cell_notes import flag
from desktop.app.entry.edits import set_cell
from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.core.cells import Absent
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.forms.entry import format_cell
from desktop.forms.entry import parse_entry
from desktop.ui.desk import Place
from desktop.ui.entry.card_view import CardView
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.field_boxes import SeveralBox
from desktop.ui.entry.field_boxes import TextBox
from desktop.ui.entry.roster_model import RosterModel
from tests import small
from tests.kinds import TEXT_KINDS
from tests.kinds import field_of_kind
from tests.ui.desk_of import Hands
from tests.ui.desk_of import find
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import record_named
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.entry.field_boxes import Box
    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

NEXT_YEAR = Period(PeriodKind.YEAR, 2026)
REFUSING = [kind for kind, (_, bad) in TEXT_KINDS.items() if bad]


@dataclass
class Clerk:
    """A person before a card."""

    qtbot: QtBot
    work: Workplace
    card: CardView
    model: RosterModel

    def box(self, field: str) -> Box:
        [found] = [
            one
            for one in every(self.card, QWidget)
            if one.objectName() == f"card.{field}"
        ]
        assert isinstance(found, TextBox | ChoiceBox)
        return found

    def go(self, name: str, field: str) -> None:
        """Show a record at a field, as the page 填报 does."""
        record = record_named(self.work, self.model.form.id, name).id
        place = Place(self.model.form.id, record, field)
        self.work.desk.move(place)
        self.card.show_place(place)
        self.qtbot.waitUntil(lambda: self.card.ready)
        self.qtbot.waitUntil(lambda: self.said("card.title") == name)

    def enter(self, field: str, text: str) -> Box:
        """Type over a box and press Enter."""
        box = self.box(field)
        box.setFocus()
        self.qtbot.waitUntil(box.hasFocus)
        box.select_all()
        type_text(box, text)
        popup = QApplication.activePopupWidget()
        self.qtbot.keyClick(popup or box, Qt.Key.Key_Return)
        return box

    def stored(self, name: str, field: str) -> Cell:
        drain(self.work)
        return record_named(self.work, self.model.form.id, name).cell(field)

    def said(self, name: str) -> str:
        return child(self.card, QLabel, name).text()

    def texts(self) -> list[str]:
        return [one.text() for one in every(self.card, QLabel) if one.isVisible()]


def clerk_of(qtbot: QtBot, work: Workplace, form: str) -> Clerk:
    """Open the card of a form."""
    card, model = CardView(work), RosterModel(work, form, None)
    card.open(model)
    card.resize(900, 1200)
    card.show()
    card.activateWindow()
    qtbot.waitUntil(
        lambda: work.bridge.visibility.is_ready(form) and model.record_at(0) is not None
    )
    drain(work)
    return Clerk(qtbot, work, card, model)


@pytest.fixture
def kinds(qtbot: QtBot, kinds_work: Workplace) -> Clerk:
    made = clerk_of(qtbot, kinds_work, "kinds")
    qtbot.addWidget(made.card)
    made.go("甲院", "count")
    return made


@pytest.fixture
def eci(qtbot: QtBot, audited: Workplace) -> Clerk:
    made = clerk_of(qtbot, audited, "eci")
    qtbot.addWidget(made.card)
    made.go("好院", "beds_total")
    return made


# --- What is on the card -------------------------------------------------------


def test_card__a_box_for_every_field_with_its_title(kinds: Clerk) -> None:
    for field in kinds.model.fields:
        assert kinds.box(field.id).accessibleName() == field.title
    shown = kinds.texts()
    assert {"身份", "各类", "个数", "个"} <= set(shown)
    assert kinds.said("card.where") == "1 / 2"
    assert kinds.box("count").shown() == "3"
    assert kinds.box("kind").shown() == "甲类"


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("share", TextBox),
        ("kind", ChoiceBox),
        ("filed", ChoiceBox),
        ("several", SeveralBox),
        ("opened", TextBox),
    ],
)
def test_card__the_box_of_the_kind(
    kinds: Clerk, field: str, kind: type[QWidget]
) -> None:
    assert isinstance(kinds.box(field), kind)


def test_card__every_part_has_a_name(kinds: Clerk) -> None:
    assert nameless(kinds.card) == []


def test_hidden__shown_when_it_is_asked_for(kinds: Clerk) -> None:
    assert kinds.box("reason").isVisible()
    kinds.enter("kind", "乙类")
    kinds.qtbot.waitUntil(lambda: not kinds.box("reason").isVisible())
    assert "甲类说明" not in kinds.texts()
    kinds.enter("kind", "甲类")
    kinds.qtbot.waitUntil(kinds.box("reason").isVisible)


def test_hidden__one_that_holds_something_stays_to_be_seen(kinds: Clerk) -> None:
    kinds.enter("reason", "旧")
    kinds.enter("kind", "乙类")
    assert kinds.stored("甲院", "kind") == "乙类"
    assert kinds.box("reason").isVisible()
    assert kinds.box("reason").shown() == "旧"


def test_locked__computed_and_bound_cannot_be_typed(kinds: Clerk) -> None:
    kinds.qtbot.waitUntil(lambda: kinds.box("double").shown() == "6")
    for field in ("double", "area"):
        box = kinds.box(field)
        before = box.shown()
        assert box.focusPolicy() == Qt.FocusPolicy.NoFocus
        type_text(box, "7")
        assert box.shown() == before


def test_locked__the_focus_goes_to_the_first_that_can_be_typed(kinds: Clerk) -> None:
    kinds.go("甲院", "double")
    first = next(f for f in kinds.model.fields if f.id == "count")
    kinds.qtbot.waitUntil(kinds.box(first.id).hasFocus)


def test_computed__follows_an_entry(kinds: Clerk) -> None:
    kinds.enter("count", "5")
    kinds.qtbot.waitUntil(lambda: kinds.box("double").shown() == "10")


def test_reading__no_box_takes_anything(
    qtbot: QtBot, open_work: Opener, small_ledger: Path
) -> None:
    clerk = clerk_of(qtbot, open_work(small_ledger, read_only=True), "eci")
    qtbot.addWidget(clerk.card)
    clerk.go("好院", "beds_total")
    type_text(clerk.box("beds_total"), "7")
    assert clerk.box("beds_total").shown() == "100"
    assert not clerk.box("status").isEnabled()


# --- Entries -------------------------------------------------------------------


@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_entry__of_every_kind_is_saved(kinds: Clerk, kind: str) -> None:
    field, text = field_of_kind(kind), TEXT_KINDS[kind][0]
    with kinds.qtbot.waitSignal(kinds.work.bridge.saved):
        kinds.enter(field.id, text)
    name = text if field.id == "name" else "甲院"
    cell = kinds.stored(name, field.id)
    choices = kinds.model.choices[field.id]
    assert cell == parse_entry(field, text, choices)
    assert kinds.box(field.id).shown() == format_cell(field, cell)


@pytest.mark.parametrize("kind", REFUSING)
def test_entry__refused_keeps_the_typed_text_and_says_why(
    kinds: Clerk, kind: str
) -> None:
    field, text = field_of_kind(kind), TEXT_KINDS[kind][1] or ""
    before = kinds.stored("甲院", field.id)
    with kinds.qtbot.assertNotEmitted(kinds.work.bridge.saved):
        box = kinds.enter(field.id, text)
        after = kinds.stored("甲院", field.id)
    assert after == before
    assert box.shown() == text
    assert box.property("wrong") is True
    refused = parse_entry(field, text, kinds.model.choices[field.id])
    said = kinds.work.say.message(refused)  # type: ignore[arg-type]  # refused
    assert said in kinds.texts()


def test_entry__refused_then_corrected(kinds: Clerk) -> None:
    box = kinds.enter("count", "三个")
    kinds.enter("count", "4")
    assert kinds.stored("甲院", "count") == 4
    assert box.property("wrong") is False


def test_entry__the_same_again_writes_nothing(kinds: Clerk) -> None:
    with kinds.qtbot.assertNotEmitted(kinds.work.bridge.saved):
        kinds.enter("count", "3")
        drain(kinds.work)


def test_entry__an_emptied_box_is_blank(kinds: Clerk) -> None:
    box = kinds.box("count")
    box.setFocus()
    kinds.qtbot.waitUntil(box.hasFocus)
    box.select_all()
    kinds.qtbot.keyClick(box, Qt.Key.Key_Delete)
    kinds.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert kinds.stored("甲院", "count") is Absent.BLANK


def test_enter__goes_on_and_shift_enter_back(eci: Clerk) -> None:
    eci.qtbot.waitUntil(eci.box("beds_total").hasFocus)
    eci.qtbot.keyClick(eci.box("beds_total"), Qt.Key.Key_Return)
    eci.qtbot.waitUntil(eci.box("beds_nursing").hasFocus)
    assert eci.work.desk.place.field == "beds_nursing"
    shift = Qt.KeyboardModifier.ShiftModifier
    eci.qtbot.keyClick(eci.box("beds_nursing"), Qt.Key.Key_Return, shift)
    eci.qtbot.waitUntil(eci.box("beds_total").hasFocus)


def test_finding__said_below_the_box_until_it_is_mended(eci: Clerk) -> None:
    wrong = "护理型床位数（120）不能大于总床位数（100）"
    eci.go("坏院", "beds_nursing")
    eci.qtbot.waitUntil(lambda: wrong in eci.texts())
    eci.enter("beds_nursing", "80")
    eci.qtbot.waitUntil(lambda: wrong not in eci.texts())


# --- Keys of the grid on the card ----------------------------------------------


def test_arrows__go_from_box_to_box(eci: Clerk) -> None:
    eci.qtbot.waitUntil(eci.box("beds_total").hasFocus)
    eci.qtbot.keyClick(eci.box("beds_total"), Qt.Key.Key_Down)
    eci.qtbot.waitUntil(eci.box("beds_nursing").hasFocus)
    eci.qtbot.keyClick(eci.box("beds_nursing"), Qt.Key.Key_Up)
    eci.qtbot.waitUntil(eci.box("beds_total").hasFocus)


def test_arrows__in_a_list_look_through_it(eci: Clerk) -> None:
    eci.go("好院", "status")
    box = eci.box("status")
    eci.qtbot.waitUntil(box.hasFocus)
    eci.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.hasFocus()
    assert box.shown() == "停业"


def test_escape__takes_the_typing_back(eci: Clerk) -> None:
    box = eci.box("beds_total")
    eci.qtbot.waitUntil(box.hasFocus)
    box.select_all()
    type_text(box, "七十")
    eci.qtbot.keyClick(box, Qt.Key.Key_Return)
    eci.qtbot.waitUntil(lambda: box.property("wrong") is True)
    box.setFocus()
    eci.qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.shown() == "100"
    assert box.property("wrong") is False
    assert eci.stored("好院", "beds_total") == 100
    eci.qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.shown() == "100"


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("/", Absent.NOT_APPLICABLE),
        ("、", Absent.NOT_APPLICABLE),
        ("*", Absent.UNKNOWN),
        ("?", Absent.UNKNOWN),
        ("？", Absent.UNKNOWN),
    ],
)
def test_states__one_key_is_enough(eci: Clerk, key: str, state: Absent) -> None:
    box = eci.box("beds_nursing")
    box.setFocus()
    eci.qtbot.waitUntil(box.hasFocus)
    box.select_all()
    with eci.qtbot.waitSignal(eci.work.bridge.saved):
        type_text(box, key)
    assert eci.stored("好院", "beds_nursing") is state
    assert box.shown() == format_cell(eci.model.fields[0], state)
    assert box.hasFocus()


def test_states__words_show_them_and_not_colour_alone(eci: Clerk) -> None:
    box = eci.enter("beds_nursing", "不详")
    assert eci.stored("好院", "beds_nursing") is Absent.UNKNOWN
    assert box.shown() == "不详"
    assert box.property("absent") is True
    eci.enter("beds_nursing", "0")
    eci.qtbot.waitUntil(lambda: box.property("absent") is False)


# --- Nothing jumps -------------------------------------------------------------


def places_of(clerk: Clerk) -> dict[str, int]:
    return {
        field.id: clerk.box(field.id).mapTo(clerk.card, QPoint(0, 0)).y()
        for field in clerk.model.fields
    }


def test_places__a_finding_moves_no_box(eci: Clerk) -> None:
    before = places_of(eci)
    eci.enter("beds_nursing", "500")
    eci.qtbot.waitUntil(lambda: any("500" in text for text in eci.texts()))
    drain(eci.work)
    assert places_of(eci) == before


def test_places__a_field_that_is_not_asked_for_keeps_its_place(kinds: Clerk) -> None:
    before = places_of(kinds)
    kinds.enter("kind", "乙类")
    kinds.qtbot.waitUntil(lambda: not kinds.box("reason").isVisible())
    assert places_of(kinds) == before
    assert "甲类说明：此处不需填" in kinds.texts()


def test_letters__bigger_ones_lay_the_card_out_anew_in_one_column(eci: Clerk) -> None:
    def columns() -> int:
        boxes = [eci.box(field) for field in ("beds_total", "beds_nursing")]
        return len({box.mapTo(eci.card, QPoint(0, 0)).x() for box in boxes})

    assert columns() == 2
    eci.card.resize(760, 1200)
    eci.work.look.choose(Comfort(text=TextSize.HUGE))
    eci.qtbot.waitUntil(lambda: eci.card.ready and columns() == 1)
    assert eci.box("beds_total").shown() == "100"


# --- Last period, comments and flags -------------------------------------------


def test_last_period__beside_each_number(
    qtbot: QtBot, open_work: Opener, small_ledger: Path
) -> None:
    with small.opened(small_ledger) as ledger:
        ledger.add_period(NEXT_YEAR, small.YEAR)
    work = open_work(small_ledger)
    clerk = clerk_of(qtbot, work, "eci")
    qtbot.addWidget(clerk.card)
    record = clerk.model.ids[0]
    clerk.card.show_place(Place("eci", record, "beds_total"))
    qtbot.waitUntil(lambda: clerk.card.ready)
    qtbot.waitUntil(lambda: clerk.said("card.prior.beds_total") == "上年 100")
    clerk.enter("beds_total", "125")
    changed = "上年 100，+25（+25.0 %）"
    qtbot.waitUntil(lambda: clerk.said("card.prior.beds_total") == changed)
    assert clerk.said("card.prior.price") == "", "nothing then, nothing now"


def test_marks__stand_beside_the_title_in_words(eci: Clerk) -> None:
    record = record_named(eci.work, "eci", "好院")
    field = eci.work.form("eci").by_id["beds_total"]
    eci.work.session.apply(flag(record, field, flagged=True))
    eci.work.session.apply(comment(record, field, "", "按床位证填"))
    shown = "总床位数 〔待核〕〔批注〕"
    eci.qtbot.waitUntil(lambda: shown in eci.texts())
    [title] = [one for one in every(eci.card, QLabel) if one.text() == shown]
    assert title.toolTip() == "按床位证填"


def test_locked__said_so_in_words(kinds: Clerk) -> None:
    say = kinds.work.say
    assert kinds.said("card.said.double") == say(
        "Computed by the program; it cannot be typed."
    )
    assert kinds.said("card.said.area") == say(
        "Taken from the ledger; it is not typed."
    )


# --- From record to record -----------------------------------------------------


def test_step__keeps_the_field_and_stops_at_the_ends(eci: Clerk) -> None:
    eci.go("好院", "beds_nursing")
    for rows, name, where in (
        (-1, "好院", "1 / 3"),
        (1, "坏院", "2 / 3"),
        (1, "缺院", "3 / 3"),
        (1, "缺院", "3 / 3"),
        (-1, "坏院", "2 / 3"),
    ):
        eci.card.step(rows)
        assert (eci.said("card.title"), eci.said("card.where")) == (name, where)
        eci.qtbot.waitUntil(eci.box("beds_nursing").hasFocus)
        record = record_named(eci.work, "eci", name).id
        assert eci.work.desk.place == Place("eci", record, "beds_nursing")
    assert eci.box("beds_nursing").shown() == "120"


def test_step__saves_what_stands_in_the_box_first(eci: Clerk) -> None:
    box = eci.box("beds_total")
    eci.qtbot.waitUntil(box.hasFocus)
    box.select_all()
    type_text(box, "90")
    with eci.qtbot.waitSignal(eci.work.bridge.saved):
        eci.card.step(1)
    assert eci.stored("好院", "beds_total") == 90
    assert eci.stored("坏院", "beds_total") == 100
    assert box.shown() == "100"


def test_step__a_refused_text_is_not_taken_to_the_next_record(eci: Clerk) -> None:
    box = eci.box("beds_total")
    eci.qtbot.waitUntil(box.hasFocus)
    box.select_all()
    type_text(box, "九十")
    eci.card.step(1)
    drain(eci.work)
    assert box.shown() == "100"
    assert box.property("wrong") is not True
    assert eci.stored("坏院", "beds_total") == 100


def test_typing__is_not_wiped_by_what_arrives_meanwhile(eci: Clerk) -> None:
    box = eci.box("price")
    eci.go("好院", "price")
    eci.qtbot.waitUntil(box.hasFocus)
    type_text(box, "12")
    record = record_named(eci.work, "eci", "好院")
    field = eci.work.form("eci").by_id["beds_nursing"]
    eci.work.session.apply(set_cell(record, field, 61))
    eci.qtbot.waitUntil(lambda: eci.box("beds_nursing").shown() == "61")
    assert box.shown() == "12"


def test_buttons__ask_for_the_records_beside(eci: Clerk) -> None:
    for name, command in (
        ("card.previous", "record.previous"),
        ("card.next", "record.next"),
    ):
        with eci.qtbot.waitSignal(eci.work.desk.asked) as asked:
            button = child(eci.card, QPushButton, name)
            eci.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert asked.args == [command]


def test_window__card_and_grid_at_the_same_field(
    window: MainWindow, qtbot: QtBot
) -> None:
    hands = Hands(window, qtbot)
    hands.go("eci", 1, "beds_nursing")
    hands.ask("record.card")
    card = find(window, CardView)
    qtbot.waitUntil(card.isVisible)
    hands.ask("record.next")
    record = hands.model.ids[2]
    assert window.work.desk.place == Place("eci", record, "beds_nursing")
    hands.ask("record.card")
    qtbot.waitUntil(hands.grid.isVisible)
    column = hands.model.column_of("beds_nursing")
    assert (hands.grid.currentIndex().row(), column) == (
        2,
        hands.grid.currentIndex().column(),
    )


def test_card__freed_with_what_it_asked_on_its_way(
    qtbot: QtBot, audited: Workplace
) -> None:
    clerk = clerk_of(qtbot, audited, "eci")
    clerk.go("好院", "beds_total")
    clerk.enter("beds_total", "90")
    clerk.card.close()
    clerk.card.deleteLater()
    free(clerk.card)
    assert not isValid(clerk.card)
    assert clerk.stored("好院", "beds_total") == 90
