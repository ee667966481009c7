from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton

from desktop.core.cells import Absent
from desktop.core.messages import message
from desktop.ui.desk import Place
from desktop.ui.entry.paste_preview import PastePreview
from desktop.ui.entry.unit_dialog import UnitDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import records
from tests.ui.entry.grids import Hand
from tests.ui.entry.grids import clipboard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.app.events import UndoChanged
    from desktop.ui.workplace import Workplace


@pytest.fixture
def hand(qtbot: QtBot, work: Workplace) -> Hand:
    return Hand(qtbot, work)


def press(preview: PastePreview, name: str) -> None:
    child(preview, QPushButton, name).click()
    free(preview)


# --- Copy --------------------------------------------------------------------


def test_copy__a_block_as_excel_does(hand: Hand) -> None:
    hand.choose(0, 2, "beds_total", "beds_nursing")
    hand.ask("edit.copy")
    assert clipboard() == "100\t60\n100\t120\n100\t"


def test_copy__as_a_table_too_in_which_codes_stay_texts(hand: Hand) -> None:
    hand.choose(0, 0, "code", "code")
    hand.paste("310105001")
    hand.choose(0, 0, "code", "beds_total")
    hand.ask("edit.copy")
    html = QGuiApplication.clipboard().mimeData().html()
    assert 'mso-number-format:&quot;\\@&quot;">310105001</td>' in html
    assert "<td>100</td>" in html


def test_copy__with_headings(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total", "beds_nursing")
    hand.ask("edit.copy_headed")
    assert clipboard() == "总床位数（张）\t护理型床位数（张）\n100\t60"


def test_copy__what_lies_apart_leaves_gaps(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    hand.choose_too(1, "beds_nursing")
    hand.ask("edit.copy")
    assert clipboard() == "100\t\n\t120"


def test_copy__columns_one_does_not_see_are_left_out(hand: Hand) -> None:
    hand.choose(0, 0, "status", "beds_nursing")
    hand.grid.setColumnHidden(hand.column("beds_total"), True)
    hand.ask("edit.copy")
    assert clipboard() == "运营\t60"


def test_copy__nothing_chosen_leaves_the_clipboard(hand: Hand) -> None:
    QGuiApplication.clipboard().setText("before")
    hand.grid.clearSelection()
    hand.ask("edit.copy")
    assert clipboard() == "before"


def test_copy__rows_that_were_never_looked_at(hand: Hand) -> None:
    hand.grow(900)
    hand.choose(0, 902, "name", "name")
    assert hand.model.record_at(800) is None
    hand.ask("edit.copy")
    hand.qtbot.waitUntil(lambda: clipboard().count("\n") == 902)
    assert clipboard().split("\n")[-1] == "第899院"


def test_cut__copies_and_empties_in_one_step(hand: Hand) -> None:
    before = hand.cells("beds_nursing")
    heard: list[UndoChanged] = []
    hand.work.bridge.undo_changed.connect(heard.append)
    hand.choose(0, 1, "beds_total", "beds_nursing")
    hand.ask("edit.cut")
    assert clipboard() == "100\t60\n100\t120"
    assert hand.cells("beds_nursing") == [Absent.BLANK] * 3
    assert heard[-1].undo == message("app.cut", count=4)
    hand.undo()
    assert hand.cells("beds_nursing") == before


# --- Paste ---------------------------------------------------------------------


def test_paste__a_block_is_one_step_to_undo_with_its_size(hand: Hand) -> None:
    heard: list[UndoChanged] = []
    hand.work.bridge.undo_changed.connect(heard.append)
    total, nursing = hand.cells("beds_total"), hand.cells("beds_nursing")
    hand.choose(0, 0, "beds_total")
    hand.paste("200\t20\n300\t30\n400\t40\n")
    assert hand.cells("beds_total") == [200, 300, 400]
    assert hand.cells("beds_nursing") == [20, 30, 40]
    assert every(hand.page, PastePreview) == []
    assert heard[-1].undo == message("app.paste", count=6)
    hand.undo()
    assert hand.cells("beds_total") == total
    assert hand.cells("beds_nursing") == nursing
    assert hand.work.session.undo().result() is None, "it was one step"


def test_paste__chooses_what_was_pasted(hand: Hand) -> None:
    hand.choose(0, 0, "beds_total")
    hand.paste("1\t2\n3\t4")
    hand.ask("edit.copy")
    assert clipboard() == "1\t2\n3\t4"


def test_paste__one_cell_fills_what_is_chosen(hand: Hand) -> None:
    hand.choose(0, 2, "beds_nursing")
    hand.paste("5")
    assert hand.cells("beds_nursing") == [5, 5, 5]


def test_paste__what_was_copied_comes_back_as_it_was(hand: Hand) -> None:
    hand.choose(0, 2, "name", "price")
    hand.ask("edit.copy")
    before = records(hand.work, "eci")
    hand.ask("edit.clear")
    assert set(hand.cells("beds_nursing")) == {Absent.BLANK}
    hand.ask("edit.paste")
    after = records(hand.work, "eci")
    assert [one.cells for one in after] == [one.cells for one in before]


def test_paste__what_does_not_fit_is_shown_before_anything_is_changed(
    hand: Hand,
) -> None:
    before = hand.cells("beds_total")
    hand.choose(1, 1, "beds_total")
    hand.paste("九十\t80\n70\tx")
    [preview] = every(hand.page, PastePreview)
    assert hand.cells("beds_total") == before
    press(preview, "paste.fitting")
    drain(hand.work)
    assert hand.cells("beds_total") == [100, 100, 70]
    assert hand.cells("beds_nursing") == [60, 80, Absent.BLANK]
    hand.undo()
    assert hand.cells("beds_total") == before


def test_paste__nothing_happens_where_it_is_called_off(hand: Hand) -> None:
    before = hand.cells("beds_total")
    hand.choose(1, 1, "beds_total")
    hand.paste("九十\n70")
    [preview] = every(hand.page, PastePreview)
    press(preview, "paste.cancel")
    drain(hand.work)
    assert hand.cells("beds_total") == before
    assert hand.work.session.undo().result() is None


def test_paste__rows_below_the_last_can_be_added_as_records(hand: Hand) -> None:
    hand.choose(2, 2, "name")
    hand.paste("改院\n丁院\n戊院")
    [preview] = every(hand.page, PastePreview)
    press(preview, "paste.adding")
    [dialog] = every(hand.page, UnitDialog)
    units = child(dialog, QListWidget, "unit.list")
    [street] = units.findItems("华阳路街道", Qt.MatchFlag.MatchExactly)
    units.setCurrentItem(street)
    dialog.accept()
    free(dialog)
    drain(hand.work)
    assert hand.cells("name")[2:] == ["改院", "丁院", "戊院"]
    assert [one.unit for one in records(hand.work, "eci")][3:] == ["310105001"] * 2
    hand.undo()
    assert len(hand.cells("name")) == 3


def test_paste__in_a_unit_form_surplus_rows_are_refused(hand: Hand) -> None:
    hand.work.desk.move(Place("area"))
    drain(hand.work)
    rows = len(hand.model.ids)
    hand.grid.choose(rows - 1, hand.column("pop_60plus"))
    hand.paste("1\n2")
    [preview] = every(hand.page, PastePreview)
    assert every(preview, QPushButton, "paste.adding") == []
    press(preview, "paste.fitting")
    drain(hand.work)
    assert records(hand.work, "area")[-1].cell("pop_60plus") == 1


@pytest.mark.parametrize("text", ["", "chosen"])
def test_paste__nothing_to_paste_or_nowhere(hand: Hand, text: str) -> None:
    before = hand.cells("beds_total")
    hand.choose(0, 0, "beds_total")
    if text:
        hand.grid.clearSelection()
    hand.paste(text)
    assert hand.cells("beds_total") == before
    assert every(hand.page, PastePreview) == []


def test_paste__thousands_of_cells_the_grid_has_never_read(hand: Hand) -> None:
    hand.grow(1200)
    hand.choose(3, 3, "beds_total")
    hand.paste("\n".join(f"{n + 5}\t{n}" for n in range(1200)))
    hand.qtbot.waitUntil(lambda: hand.cells("beds_nursing")[-1] == 1199)
    drain(hand.work)
    assert hand.cells("beds_total")[3:] == list(range(5, 1205))
    assert every(hand.page, PastePreview) == []
    hand.undo()
    assert hand.cells("beds_total")[3:] == list(range(1200))


def test_paste__on_the_card_into_its_field(hand: Hand) -> None:
    hand.choose(1, 1, "beds_nursing")
    hand.ask("record.card")
    hand.paste("33")
    assert hand.cells("beds_nursing")[1] == 33
