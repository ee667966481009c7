from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt

from desktop.app.audit.finding_list import FindingList
from desktop.app.audit.finding_list import Group
from desktop.app.audit.finding_list import Grouping
from desktop.app.audit.finding_list import which
from desktop.app.audit.standing import Said
from desktop.app.audit.standing import Standing
from desktop.app.entry.edits import set_cell
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.ui.findings.model import FINDING
from desktop.ui.findings.model import FindingsModel
from tests import small
from tests.ui.desks import drain
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

    from desktop.ui.workplace import Workplace

Role = Qt.ItemDataRole


def finding(
    rule: str, level: Level, *, form: str = "eci", record: int | None = 1, **more: str
) -> Finding:
    fields = tuple(more.get("fields", "").split())
    return Finding(
        rule=rule,
        level=level,
        outcome=Outcome.FAILED,
        form=form,
        unit=more.get("unit", small.STREET),
        period="2025",
        record=None if record is None else RecordId(record),
        fields=fields,
        text=f"{rule} 不对",
    )


WRONG = finding("eci.wrong", Level.ERROR, fields="beds_nursing beds_total")
WRONG_TOO = replace(WRONG, record=RecordId(2), unit=small.COUNTY)
ODD = finding("eci.odd", Level.WARNING, fields="price gone")
SAID = replace(ODD, record=RecordId(2))
UNIT = finding("area.hint", Level.INFO, form="area", record=None, unit="999")
BY_RULE = (
    Group(Level.ERROR, (WRONG, WRONG_TOO), 0),
    Group(Level.WARNING, (ODD, SAID), 1),
    Group(Level.INFO, (UNIT,), 0),
)
LIST = FindingList(BY_RULE, {which(SAID): Said(Standing.STANDS, "调价 5%")})


@pytest.fixture
def model(work: Workplace, qtmodeltester: ModelTester) -> FindingsModel:
    return FindingsModel(work)


def texts(model: FindingsModel, column: int = 0) -> list[str]:
    return [model.text(row, column) for row in range(model.rowCount())]


def test_model__keeps_qts_rules(
    model: FindingsModel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    model.show(LIST, Grouping.RULE)
    for opened in (False, True):
        for row in reversed(model.heads):
            model.set_open(row, opened=opened)
    model.show(FindingList(), Grouping.RULE)


def test_model__begins_empty(model: FindingsModel) -> None:
    assert model.rowCount() == 0
    assert model.columnCount() == 4
    assert model.row_of_chosen() is None
    assert model.finding_at(0) is None
    assert model.data(QModelIndex()) is None
    assert model.finding(QModelIndex()) is None


def test_lines__a_head_and_its_findings(model: FindingsModel, work: Workplace) -> None:
    model.show(LIST, Grouping.RULE)
    assert model.heads == [0, 3, 6]
    found = texts(model)
    assert "护理型床位数、总床位数（2）" in found[0]
    assert work.say("Must be corrected") in found[0], "the level is said, not coloured"
    assert found[1:3] == ["eci.wrong 不对"] * 2
    assert "月收费" in found[3]
    assert "gone" not in found[3]
    assert work.say("{count} explained", count=1) in found[3]
    assert "area.hint" in found[6], "no item to name: the rule's id"
    assert model.text(0, 1) == ""
    assert [model.finding_at(row) for row in (0, 1, 2, 4)] == [
        *(None, WRONG, WRONG_TOO, ODD),
    ]


def test_groups__open_and_close(model: FindingsModel) -> None:
    model.show(LIST, Grouping.RULE)
    model.set_open(3, opened=False)
    model.set_open(3, opened=False)
    assert model.heads == [0, 3, 4]
    assert not model.is_open_at(3)
    model.show(LIST, Grouping.RULE)
    assert model.heads == [0, 3, 4], "what was closed stays closed"
    model.set_open(0, opened=False)
    model.set_open(2, opened=False)
    assert model.row_of_chosen() == 0, "all are closed: the first head"
    model.set_open(1, opened=True)
    assert model.rowCount() == 5
    assert model.is_group(1)
    assert model.group_row(3) == 1


def test_groups__only_the_first_few_are_open_at_first(model: FindingsModel) -> None:
    groups = tuple(
        Group(Level.WARNING, (replace(ODD, rule=f"eci.r{n}"),), 0) for n in range(5)
    )
    model.show(FindingList(groups), Grouping.RULE)
    assert model.rowCount() == 5 + 3


def test_chosen__is_kept_or_the_first(model: FindingsModel) -> None:
    model.show(replace(LIST, chosen=(1, 1)), Grouping.RULE)
    assert model.row_of_chosen() == 5
    model.set_open(3, opened=False)
    assert model.row_of_chosen() == 1


@pytest.mark.parametrize(
    ("grouping", "first", "word"),
    [
        (Grouping.FORM, WRONG, "养老机构调查表"),
        (Grouping.UNIT, WRONG, "华阳路街道"),
        (Grouping.UNIT, UNIT, "999"),
        (Grouping.LEVEL, WRONG, "（1）"),
    ],
)
def test_titles(
    model: FindingsModel, grouping: Grouping, first: Finding, word: str
) -> None:
    model.show(FindingList((Group(first.level, (first,), 0),)), grouping)
    assert word in model.text(0, 0)


def test_columns__unit_and_explanation_in_words(
    model: FindingsModel, work: Workplace
) -> None:
    model.show(LIST, Grouping.RULE)
    say = work.say
    assert texts(model, 2) == [
        *("", "华阳路街道", "长宁区", "", "华阳路街道", "华阳路街道", "", "999"),
    ]
    explained = texts(model, 3)
    assert explained[1] == ""
    assert explained[4:6] == [say("To be explained"), "调价 5%"]
    lapsed = {which(ODD): Said(Standing.LAPSED, "调价 5%")}
    model.show(FindingList(BY_RULE, lapsed), Grouping.RULE)
    assert model.text(4, 3) == f"{say('To be explained again')}：调价 5%"


def test_ink__explained_and_unexplained_differ_by_more_than_colour(
    model: FindingsModel, work: Workplace
) -> None:
    model.show(LIST, Grouping.RULE)
    colours = work.look.colours
    assert model.ink(4, 3) == colours.muted
    assert model.ink(5, 3) == colours.good.ink
    assert model.ink(5, 0) == model.ink(3, 3) == colours.ink
    assert model.text(4, 3) != model.text(5, 3)


def test_icons__of_their_level(model: FindingsModel) -> None:
    model.show(LIST, Grouping.RULE)
    images = [model.icon(row).pixmap(16).toImage() for row in model.heads]
    assert images[0] != images[1] != images[2] != images[0]


def test_data__for_screen_readers_and_others(
    model: FindingsModel, work: Workplace
) -> None:
    model.show(LIST, Grouping.RULE)
    line = model.index(1, 0)
    said = line.data(Role.AccessibleTextRole)
    assert said == f"{work.say('Must be corrected')} eci.wrong 不对"
    assert line.data(Role.ToolTipRole) == line.data() == "eci.wrong 不对"
    assert line.data(FINDING) is WRONG
    assert model.index(0, 0).data(FINDING) is None
    assert line.data(Role.CheckStateRole) is None


def test_names__are_read_when_a_line_is_seen(
    model: FindingsModel, work: Workplace
) -> None:
    good = record_named(work, "eci", "好院")
    gone = RecordId(99)
    there = replace(WRONG, record=good.id)
    lost = replace(WRONG, record=gone)
    model.show(FindingList((Group(Level.ERROR, (there, lost), 0),)), Grouping.RULE)
    assert texts(model, 1) == ["", "…", "…"]
    drain(work)
    assert texts(model, 1) == ["", "好院", "华阳路街道"]
    assert model.name(UNIT) == "999"
    field = work.form("eci").by_id["name"]
    work.session.apply(set_cell(good, field, "新院")).result()
    drain(work)
    assert model.name(there) == "…"
    drain(work)
    assert model.name(there) == "新院"
    work.bridge.records_changed.emit(
        type("All", (), {"form": "eci", "records": None})()
    )
    assert model.name(there) == "…"
    work.bridge.period_changed.emit()
    model.show(FindingList(), Grouping.RULE)
    drain(work)


def test_heads(model: FindingsModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    heads = [model.headerData(column, across) for column in range(5)]
    assert len(set(heads[:4])) == 4
    assert all(heads[:4])
    assert heads[4] is None
    assert model.headerData(0, down) is None
    assert model.headerData(0, across, Role.DecorationRole) is None
