"""What stands beside the rows of a grid is read for the rows that are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.cell_notes import comment
from desktop.app.entry.cell_notes import flag
from desktop.app.entry.edits import set_cell
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.ui.entry import beside_rows
from desktop.ui.entry.beside_rows import BesideRows
from desktop.ui.entry.beside_rows import beside_of
from desktop.ui.entry.roster_model import RosterModel
from tests.ui.desks import drain
from tests.ui.desks import records

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


class Rows:
    """The rows of the facilities in the second year."""

    def __init__(self, qtbot: QtBot, work: Workplace) -> None:
        self.qtbot, self.work = qtbot, work
        self.model = RosterModel(work, "eci", work.bridge)
        drain(work)
        self.beside = beside_of(self.model)

    def index(self, row: int, field: str) -> QModelIndex:
        column = self.model.column_of(field)
        assert column is not None
        return self.model.index(row, column)

    def words(self, row: int, field: str) -> list[str]:
        """Wait until a row is there, and give its words."""
        self.qtbot.waitUntil(lambda: self.beside.at(self.index(row, field)) is not None)
        return self.beside.words(self.index(row, field))


@pytest.fixture
def rows(qtbot: QtBot, second_year: Workplace) -> Rows:
    return Rows(qtbot, second_year)


def test_beside_of__there_is_one_a_model(rows: Rows) -> None:
    assert beside_of(rows.model) is rows.beside
    assert isinstance(rows.beside, BesideRows)


def test_words__come_when_they_are_asked_for(rows: Rows) -> None:
    index = rows.index(0, "beds_total")
    assert rows.beside.words(index) == []
    with rows.qtbot.waitSignal(rows.beside.changed):
        rows.beside.at(index)
    assert rows.beside.words(index) == ["上年 100"]
    assert rows.words(0, "name") == [], "names are not compared"
    assert rows.beside.field_at(index).id == "beds_total"


def test_words__follow_an_edit(rows: Rows) -> None:
    rows.words(0, "beds_total")
    record = records(rows.work, "eci")[0]
    field = rows.work.form("eci").by_id["beds_total"]
    rows.work.session.apply(set_cell(record, field, 125)).result()
    said = ["上年 100 → 本年 125，+25（+25.0 %）"]
    rows.qtbot.waitUntil(lambda: rows.words(0, "beds_total") == said)


def test_words__comments_and_flags(rows: Rows) -> None:
    rows.words(0, "name")
    record = records(rows.work, "eci")[0]
    field = rows.work.form("eci").by_id["name"]
    for action in (
        comment(record, field, "", "改过名"),
        flag(record, field, flagged=True),
    ):
        rows.work.session.apply(action).result()
    said = ["待核：还要再看", "批注：改过名"]
    rows.qtbot.waitUntil(lambda: rows.words(0, "name") == said)


def test_rows__many_changed_at_once_are_read_again(rows: Rows) -> None:
    from desktop.app.events import RecordsChanged

    rows.words(0, "beds_total")
    bridge = rows.work.bridge
    bridge.records_changed.emit(RecordsChanged("area", None, listed=False))
    assert rows.beside.at(rows.index(0, "beds_total")) is not None
    bridge.records_changed.emit(RecordsChanged("eci", frozenset(), listed=False))
    assert rows.beside.at(rows.index(0, "beds_total")) is not None
    bridge.records_changed.emit(RecordsChanged("eci", None, listed=False))
    assert rows.beside.at(rows.index(0, "beds_total")) is None
    assert rows.words(0, "beds_total") == ["上年 100"]


def test_rows__are_forgotten_when_there_are_too_many(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_rows, "KEPT", 0)
    rows.words(0, "beds_total")
    rows.words(1, "beds_total")
    assert rows.beside.at(rows.index(0, "beds_total")) is None


def test_rows__outside_the_list_there_is_nothing(rows: Rows) -> None:
    assert rows.beside.at(rows.model.index(99, 0)) is None


def finding(rule: str) -> Finding:
    level, outcome = Level.WARNING, Outcome.FAILED
    record, fields = RecordId(1), ("price",)
    return Finding(rule, level, outcome, "eci", "u", "2026", record, fields, "")


def test_asks__the_rules_of_the_pack_that_look_back(rows: Rows) -> None:
    assert not rows.beside.asks(finding("eci.price_jump")), "not known yet"
    rows.qtbot.waitUntil(lambda: rows.beside.asks(finding("eci.price_jump")))
    assert not rows.beside.asks(finding("eci.nursing_within_total"))


def test_toggle__is_remembered(rows: Rows) -> None:
    for shown in (True, False):
        with rows.qtbot.waitSignal(rows.beside.changed):
            rows.beside.toggle()
        assert rows.beside.shows_prior is shown
