from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QWidget

from desktop.core.cells import BLANK
from desktop.store.conditions import Between
from desktop.store.conditions import Condition
from desktop.store.conditions import Contains
from desktop.store.conditions import Not
from desktop.store.conditions import OneOf
from desktop.ui.entry import filter_dialog
from desktop.ui.entry.filter_dialog import FilterDialog
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def ask(
    work: Workplace, host: QWidget, field: str, now: Condition | None = None
) -> FilterDialog:
    form = work.form("kinds")
    made = FilterDialog(work, form, form.by_id[field], now, host)
    made.open()
    drain(work)
    return made


def contents(dialog: FilterDialog) -> list[str]:
    found = child(dialog, QListWidget, "filter.list")
    return [found.item(row).text() for row in range(found.count())]


def fill(dialog: FilterDialog, **texts: str) -> None:
    for name, text in texts.items():
        child(dialog, QLineEdit, f"filter.{name}").setText(text)


def kept(qtbot: QtBot, dialog: FilterDialog, button: str = "filter.keep") -> object:
    told: list[object] = []
    dialog.chosen.connect(told.append)
    with qtbot.waitSignal(dialog.destroyed):
        child(dialog, QPushButton, button).click()
    [condition] = told
    return condition


@pytest.mark.parametrize(
    ("field", "texts", "condition"),
    [
        ("name", {"text": " 甲 "}, Contains("name", "甲")),
        ("count", {"low": "2", "high": "9"}, Between("count", 2, 9)),
        ("share", {"low": "1.5"}, Between("share", Decimal("1.5"))),
        (
            "opened",
            {"high": "2024-12-31"},
            Between("opened", None, date(2024, 12, 31)),
        ),
        ("count", {"low": "不详"}, None),
        ("count", {}, None),
    ],
)
def test_keep__a_text_or_bounds(
    kinds_work: Workplace,
    host: QWidget,
    qtbot: QtBot,
    field: str,
    texts: dict[str, str],
    condition: Condition | None,
) -> None:
    dialog = ask(kinds_work, host, field)
    fill(dialog, **texts)
    assert child(dialog, QListWidget, "filter.list").isEnabled() is not bool(texts)
    assert kept(qtbot, dialog) == condition


def test_keep__what_is_no_number_is_said(
    kinds_work: Workplace, host: QWidget, qtbot: QtBot
) -> None:
    dialog = ask(kinds_work, host, "count")
    fill(dialog, low="3", high="九")
    with qtbot.assertNotEmitted(dialog.chosen):
        child(dialog, QPushButton, "filter.keep").click()
    said = child(dialog, QLabel, "filter.said")
    assert said.isVisible()
    assert said.text()
    fill(dialog, high="9")
    assert not said.isVisible()


def test_list__contents_with_how_often_what_is_not_there_first(
    kinds_work: Workplace, host: QWidget, qtbot: QtBot
) -> None:
    dialog = ask(kinds_work, host, "kind")
    assert contents(dialog) == ["（空白）　1", "甲类　1"]
    listed = child(dialog, QListWidget, "filter.list")
    for row in range(2):
        listed.item(row).setCheckState(Qt.CheckState.Checked)
    assert kept(qtbot, dialog) == OneOf("kind", (BLANK, "甲类"))


def test_list__units_by_name_and_enter_ticks(
    kinds_work: Workplace, host: QWidget, qtbot: QtBot
) -> None:
    dialog = ask(kinds_work, host, "area")
    assert contents(dialog) == ["华阳路街道　2"]
    listed = child(dialog, QListWidget, "filter.list")
    item = listed.item(0)
    for state in (Qt.CheckState.Checked, Qt.CheckState.Unchecked):
        listed.itemActivated.emit(item)
        assert item.checkState() == state


def test_list__says_when_there_is_more(
    kinds_work: Workplace, host: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filter_dialog, "LISTED", 1)
    dialog = ask(kinds_work, host, "name")
    assert len(contents(dialog)) == 1
    assert child(dialog, QLabel, "filter.said").text().startswith("内容较多")


@pytest.mark.parametrize(
    ("button", "condition"),
    [
        ("filter.blank", OneOf("count", (BLANK,))),
        ("filter.filled", Not(OneOf("count", (BLANK,)))),
    ],
)
def test_quick__blank_or_not(
    kinds_work: Workplace,
    host: QWidget,
    qtbot: QtBot,
    button: str,
    condition: Condition,
) -> None:
    assert kept(qtbot, ask(kinds_work, host, "count"), button) == condition


@pytest.mark.parametrize(
    ("field", "now"),
    [
        ("name", Contains("name", "甲")),
        ("count", Between("count", 2, 9)),
        ("count", Between("count", None, 9)),
        ("kind", OneOf("kind", ("甲类",))),
    ],
)
def test_now__begins_with_it_and_takes_it_off(
    kinds_work: Workplace, host: QWidget, qtbot: QtBot, field: str, now: Condition
) -> None:
    assert kept(qtbot, ask(kinds_work, host, field, now)) == now
    assert kept(qtbot, ask(kinds_work, host, field, now), "filter.off") is None


def test_dialog__not_blank_begins_empty_and_parts_have_names(
    kinds_work: Workplace, host: QWidget
) -> None:
    now = Not(OneOf("count", (BLANK,)))
    dialog = ask(kinds_work, host, "count", now)
    assert child(dialog, QLineEdit, "filter.low").text() == ""
    assert child(dialog, QPushButton, "filter.off").isEnabled()
    assert nameless(dialog) == []
