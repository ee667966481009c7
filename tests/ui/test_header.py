from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.entry.edits import set_cell
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.records import Applied
from desktop.ui.header import Header
from desktop.ui.look.parts import Picture
from tests import small
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def shown(qtbot: QtBot, work: Workplace) -> Header:
    made = Header(work)
    qtbot.addWidget(made)
    made.show()
    return made


def state(header: Header) -> QLabel:
    return child(header, QLabel, "saved")


def icon(header: Header) -> QImage:
    [found] = every(header, Picture)
    return found.grab().toImage()


@pytest.fixture
def two_years(open_work: Opener, small_ledger: Path) -> Workplace:
    with small.opened(small_ledger) as ledger:
        assert isinstance(ledger.add_period(Period(PeriodKind.YEAR, 2026)), Applied)
    return open_work(small_ledger)


def test_header__says_whose_ledger_this_is(qtbot: QtBot, work: Workplace) -> None:
    header = shown(qtbot, work)
    assert child(header, QLabel, "unit").text() == "长宁区"
    texts = [label.text() for label in every(header, QLabel)]
    assert "小制度" in texts
    assert nameless(header) == []


def test_header__newest_period_first_and_chosen(
    qtbot: QtBot, two_years: Workplace
) -> None:
    header = shown(qtbot, two_years)
    periods = child(header, QComboBox, "period")
    assert [periods.itemText(n) for n in range(2)] == ["2026年", "2025年"]
    assert periods.currentText() == two_years.session.period.title == "2026年"


def test_header__another_period_is_chosen(qtbot: QtBot, two_years: Workplace) -> None:
    header = shown(qtbot, two_years)
    periods = child(header, QComboBox, "period")
    with qtbot.waitSignal(two_years.bridge.period_changed):
        periods.setCurrentIndex(1)
        periods.activated.emit(1)
    assert two_years.period == "2025"


def test_header__choosing_the_same_period_changes_nothing(
    qtbot: QtBot, two_years: Workplace
) -> None:
    header = shown(qtbot, two_years)
    periods = child(header, QComboBox, "period")
    with qtbot.assertNotEmitted(two_years.bridge.period_changed):
        periods.activated.emit(0)
        drain(two_years)


def test_header__saved_with_the_time_only_after_the_commit(
    qtbot: QtBot, work: Workplace
) -> None:
    header = shown(qtbot, work)
    before = state(header).text()
    record = record_named(work, "eci", "好院")
    field = work.form("eci").by_id["beds_nursing"]
    saved = work.session.apply(set_cell(record, field, 61))
    assert state(header).text() == before
    assert isinstance(saved.result(), Applied)
    drain(work)
    assert "09:30:05" in state(header).text()


def test_header__not_saved_is_said_in_words_with_another_icon(
    qtbot: QtBot, work: Workplace
) -> None:
    header = shown(qtbot, work)
    good = icon(header)
    record = record_named(work, "eci", "好院")
    field = work.form("eci").by_id["beds_nursing"]
    work.session.apply(set_cell(record, field, 61)).result()
    drain(work)
    said = state(header).text()
    work.session.apply(set_cell(record, field, 62)).result()
    drain(work)
    assert state(header).text() not in {"", said}
    assert state(header).toolTip(), "the reason"
    assert icon(header) != good
    assert state(header).property("role") == "bad"
    again = record_named(work, "eci", "好院")
    work.session.apply(set_cell(again, field, 63)).result()
    drain(work)
    assert state(header).text() == said
    assert state(header).toolTip() == ""


def test_header__a_ledger_opened_for_reading_says_so(
    qtbot: QtBot, open_work: Opener, small_ledger: Path, work: Workplace
) -> None:
    writable = shown(qtbot, work)
    reading = shown(qtbot, open_work(small_ledger, read_only=True))
    assert state(reading).text() != state(writable).text()
    assert icon(reading) != icon(writable)
    badge = child(reading, QLabel, "reading")
    assert badge.isVisible()
    assert badge.text() == "只读"
    assert not child(writable, QLabel, "reading").isVisible()


def test_header__says_who_works_and_leads_to_somebody_else(
    qtbot: QtBot, work: Workplace
) -> None:
    header = shown(qtbot, work)
    who = child(header, QPushButton, "person")
    assert who.text() == "李芳"
    assert "李芳" in who.accessibleName()
    with qtbot.waitSignal(work.desk.asked) as asked:
        qtbot.mouseClick(who, Qt.MouseButton.LeftButton)
    assert asked.args == ["file.person"]
