from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox

from desktop.app.audit.finding_list import Grouping
from desktop.app.audit.finding_list import Shown
from desktop.app.audit.finding_list import Wish
from desktop.core.findings import Level
from desktop.ui.findings.filters import FilterRow
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def filters(qtbot: QtBot, work: Workplace) -> FilterRow:
    made = FilterRow(work)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(filters: FilterRow, name: str, value: object) -> None:
    box = child(filters, QComboBox, f"audit.{name}")
    box.setCurrentIndex(box.findData(value))


def test_filters__begin_with_everything(filters: FilterRow) -> None:
    assert filters.wish(None) == Wish()
    assert not filters.narrowing
    assert nameless(filters) == []


def test_filters__make_a_wish(qtbot: QtBot, filters: FilterRow) -> None:
    with qtbot.waitSignals([filters.changed] * 5):
        filters.words.setText(" 坏院 ")
        choose(filters, "grouping", Grouping.UNIT)
        choose(filters, "level", Level.WARNING)
        choose(filters, "shown", Shown.OPEN)
        choose(filters, "form", "area")
    wish = filters.wish(None)
    unit, level = Grouping.UNIT, Level.WARNING
    assert wish == Wish(unit, "坏院", level, "area", Shown.OPEN)
    assert filters.narrowing


def test_grouping__narrows_nothing(filters: FilterRow) -> None:
    choose(filters, "grouping", Grouping.LEVEL)
    assert not filters.narrowing


def test_look_into__forgets_what_was_shown_before(filters: FilterRow) -> None:
    filters.words.setText("坏院")
    choose(filters, "shown", Shown.EXPLAINED)
    filters.look_into("eci", Level.ERROR)
    assert filters.wish(None) == Wish(level=Level.ERROR, form="eci")


def test_period__lists_its_forms_and_keeps_the_chosen(
    filters: FilterRow, work: Workplace
) -> None:
    choose(filters, "form", "area")
    work.bridge.period_changed.emit()
    assert filters.wish(None).form == "area"
    assert child(filters, QComboBox, "audit.form").count() == 3
