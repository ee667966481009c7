"""Second step: which unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QListWidget

from desktop.ui.courier import Courier
from desktop.ui.ledgers.new_ledger_unit import FOUND_SHOWN
from desktop.ui.ledgers.new_ledger_unit import UnitStep
from tests.ui.desks import child
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.forms.model import Pack
    from desktop.ui.workplace import UiStart

SLOW = 30_000


@pytest.fixture
def courier(qtbot: QtBot) -> Iterator[Courier]:
    made = Courier()
    yield made
    made.close()


@pytest.fixture
def units(qtbot: QtBot, start: UiStart, courier: Courier) -> UnitStep:
    made = UnitStep(start, courier)
    qtbot.addWidget(made)
    assert made.subtree == ()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: made.ready, timeout=SLOW)
    made.begin()
    return made


def found(step: UnitStep) -> list[str]:
    table = child(step, QListWidget, "new.units")
    return [table.item(row).text() for row in range(table.count())]


def chosen(step: UnitStep) -> str:
    assert step.unit is not None
    return step.unit.code


def test_units__begins_with_the_provinces(units: UnitStep) -> None:
    assert len(found(units)) == 34
    assert found(units)[0].startswith("北京市")
    assert units.search.hasFocus()


@pytest.mark.parametrize("text", ["cnq", "长宁", "310105", "上海 长宁", "sh cn"])
def test_units__found_by_pinyin_name_code_and_place(
    units: UnitStep, qtbot: QtBot, text: str
) -> None:
    type_text(units.search, text)
    qtbot.waitUntil(lambda: units.unit is not None and units.unit.code == "310105")
    assert found(units)[0] == "上海市 › 长宁区　310105"


def test_units__not_more_than_one_reads(units: UnitStep, qtbot: QtBot) -> None:
    type_text(units.search, "街道")
    qtbot.waitUntil(lambda: len(found(units)) == FOUND_SHOWN)


def test_units__enter_does_not_take_what_was_found_before(
    units: UnitStep, qtbot: QtBot
) -> None:
    """Whoever types fast presses Enter before the search has begun."""
    type_text(units.search, "310106")
    qtbot.keyClick(units.search, Qt.Key.Key_Return)
    assert chosen(units) == "310106"
    with qtbot.assertNotEmitted(units.changed, wait=150):
        qtbot.keyClick(units.search, Qt.Key.Key_Return)


def test_units__arrows_move_in_the_list_while_typing(
    units: UnitStep, qtbot: QtBot
) -> None:
    first = chosen(units)
    qtbot.keyClick(units.search, Qt.Key.Key_Down)
    assert chosen(units) != first
    assert units.search.hasFocus()
    qtbot.keyClick(units.search, Qt.Key.Key_Up)
    assert chosen(units) == first


def test_units__what_lies_below_is_shown(units: UnitStep, qtbot: QtBot) -> None:
    about = child(units, QLabel, "new.unit.about")
    type_text(units.search, "310105")
    qtbot.waitUntil(lambda: "长宁区" in about.text())
    assert "10" in about.text()
    assert about.text().endswith("…")
    assert [one.code for one in units.subtree[:2]] == ["310105", "310105001"]
    assert len(units.subtree) == 11
    type_text(units.search, "001")
    qtbot.waitUntil(lambda: chosen(units) == "310105001")
    assert "华阳路街道" in about.text()
    assert "　" not in about.text(), "nothing below it, nothing named"


def test_units__nothing_found_is_said(
    units: UnitStep, qtbot: QtBot, say: Words
) -> None:
    type_text(units.search, "qqqqqq")
    qtbot.waitUntil(lambda: not units.ready)
    assert found(units) == []
    assert units.subtree == ()
    about = child(units, QLabel, "new.unit.about").text()
    assert about == say("No unit is called that. Try a part of its name or its code.")


def test_units__the_region_of_the_pack_is_offered_once(
    units: UnitStep, pack: Pack
) -> None:
    units.begin_for(pack)
    assert chosen(units) == "310105"
    units.search.setText("北京")
    units.begin_for(pack)
    assert units.search.text() == "北京", "what the person typed is kept"
    units.begin_for(pack.replaced(region=None))
    assert units.search.text() == ""
    assert len(found(units)) == 34


def test_units__a_region_offered_before_the_tree_is_there(
    qtbot: QtBot, start: UiStart, courier: Courier, pack: Pack
) -> None:
    step = UnitStep(start, courier)
    qtbot.addWidget(step)
    step.begin_for(pack)
    assert not step.ready
    qtbot.waitUntil(lambda: step.ready, timeout=SLOW)
    assert chosen(step) == "310105"
