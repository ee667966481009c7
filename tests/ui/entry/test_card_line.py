"""One line of the card by itself; what a person meets stands in test_card_view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QToolTip

from desktop.app.entry.beside import Beside
from desktop.app.entry.cell_notes import CellMarks
from desktop.app.entry.prior_values import Prior
from desktop.core.cells import Absent
from desktop.ui.entry.card_line import CardLine
from desktop.ui.entry.field_boxes import ChoiceBox
from desktop.ui.entry.roster_model import CellLook
from tests import small
from tests.ui.desks import child
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

LOOK = CellLook("100", 100, numeric=True, locked=False, hidden=False, findings=())


@pytest.fixture
def line(qtbot: QtBot, work: Workplace) -> CardLine:
    made = CardLine(work, work.form("eci").by_id["beds_total"], ())
    qtbot.addWidget(made)
    made.show()
    return made


def said(line: CardLine, what: str = "said") -> str:
    return child(line, QLabel, f"card.{what}.beds_total").text()


def test_take_back__only_what_was_typed(line: CardLine) -> None:
    line.show_look(1, LOOK)
    assert not line.take_back()
    line.box.show_text("7")
    assert line.take_back()
    assert line.box.shown() == "100"


def test_complain__stays_until_another_text_comes(line: CardLine) -> None:
    line.show_look(1, LOOK)
    line.box.setProperty("wrong", True)
    line.complain("不是整数")
    assert QToolTip.text() == "不是整数"
    line.show_look(1, LOOK)
    assert said(line) == "不是整数", "news of the record does not wipe it"
    line.show_look(2, LOOK)
    assert said(line) == ""


def test_beside__change_marks_and_the_tint_of_a_rule(
    line: CardLine, work: Workplace
) -> None:
    record = record_named(work, "eci", "好院")
    prior = Prior(small.YEAR.previous(), {"beds_total": 80})
    marks = {"beds_total": CellMarks("按床位证填", flagged=True)}
    line.show_beside(Beside(record, (prior,), {}, marks), jump=True)
    assert said(line, "prior") == "上年 80，+20（+25.0 %）"
    label = child(line, QLabel, "card.prior.beds_total")
    assert label.property("tone") == work.look.colours.warning.icon
    line.show_beside(Beside(record, (prior,), {}, {}), jump=False)
    assert label.property("tone") == ""
    line.show_beside(None, jump=False)
    assert said(line, "prior") == ""


def test_states__the_box_says_the_keys(line: CardLine) -> None:
    assert "按 / 不适用" in line.box.toolTip()


def test_absent__is_a_state_of_the_box(line: CardLine) -> None:
    unknown = CellLook(
        "不详", Absent.UNKNOWN, numeric=True, locked=False, hidden=False, findings=()
    )
    line.show_look(1, unknown)
    assert line.box.property("absent") is True
    line.show_look(1, LOOK)
    assert line.box.property("absent") is False


def test_reading__a_list_is_locked_too(
    qtbot: QtBot, open_work: Opener, small_ledger: object, work: Workplace
) -> None:
    path = work.session.path
    work.bridge.close()
    reading = open_work(path, read_only=True)
    made = CardLine(reading, reading.form("eci").by_id["status"], ("运营", "停业"))
    qtbot.addWidget(made)
    assert isinstance(made.box, ChoiceBox)
    assert made.locked
    assert not made.box.isEnabled()
