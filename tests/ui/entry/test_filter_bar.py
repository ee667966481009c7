from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.app.entry.listing import Listing
from desktop.app.entry.listing import Marked
from desktop.store.conditions import Contains
from desktop.store.records import Order
from desktop.ui.entry.filter_bar import FilterBar
from tests import small
from tests.ui.desks import every
from tests.ui.desks import free

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

ORDER = Order("name")
FULL = Listing("好", small.STREET, Marked.ERRORS, (), ORDER).filtered(
    "name", Contains("name", "院" * 40)
)


@pytest.fixture
def bar(qtbot: QtBot, work: Workplace) -> FilterBar:
    made = FilterBar(work)
    qtbot.addWidget(made)
    made.resize(700, 40)
    return made


def buttons(bar: FilterBar) -> list[QPushButton]:
    # A layout shows what it is given when control is back with Qt.
    free(bar)
    return [each for each in every(bar, QPushButton) if not each.isHidden()]


def test_bar__one_button_a_filter_and_one_for_all(
    bar: FilterBar, work: Workplace
) -> None:
    bar.show_listing(work.form("eci"), FULL)
    unit, marked, name, off = buttons(bar)
    assert (unit.text(), marked.text(), off.text()) == (
        "单位：华阳路街道",
        "有强制性错误",
        "清除全部",
    )
    assert name.text().endswith("…")
    assert "院" * 40 in name.toolTip()
    assert name.accessibleName() == name.toolTip()
    assert not bar.isHidden()


def test_bar__each_leaves_the_others(
    bar: FilterBar, work: Workplace, qtbot: QtBot
) -> None:
    left = []
    for place in range(4):
        bar.show_listing(work.form("eci"), FULL)
        with qtbot.waitSignal(bar.wanted) as told:
            buttons(bar)[place].click()
        left.append(told.args[0])
    assert [one.unit for one in left] == [None, small.STREET, small.STREET, None]
    assert [one.marked is None for one in left] == [False, True, False, True]
    assert [len(one.columns) for one in left] == [1, 1, 0, 0]
    assert {one.text for one in left} == {"好"}
    assert {one.order for one in left} == {ORDER}


def test_bar__without_filters_there_is_none(bar: FilterBar, work: Workplace) -> None:
    bar.show_listing(work.form("eci"), FULL)
    bar.show_listing(work.form("eci"), Listing("好", order=ORDER))
    assert bar.isHidden()
    assert buttons(bar) == []


def test_bar__a_unit_that_is_gone_by_its_code(bar: FilterBar, work: Workplace) -> None:
    bar.show_listing(work.form("eci"), Listing(unit="99"))
    assert buttons(bar)[0].text() == "单位：99"
