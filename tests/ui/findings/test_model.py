from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.app.edits import rule_topic
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.ui.findings.model import FINDING
from desktop.ui.findings.model import FindingsModel
from desktop.ui.findings.model import Grouping
from desktop.ui.findings.model import Known
from desktop.ui.look import tokens
from tests import small

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
WRONG_TOO = finding(
    "eci.wrong",
    Level.ERROR,
    record=2,
    unit=small.COUNTY,
    fields="beds_nursing beds_total",
)
ODD = finding("eci.odd", Level.WARNING, fields="price gone")
SAID = finding("eci.odd", Level.WARNING, record=2, fields="price gone")
UNIT = finding("area.hint", Level.INFO, form="area", record=None, unit="999")
ALL = (WRONG, WRONG_TOO, ODD, SAID, UNIT)
KNOWN = Known(
    {("eci", RecordId(1)): "好院", ("eci", RecordId(2)): "坏院"},
    {("eci", RecordId(2)): {rule_topic("eci.odd"): "调价"}},
)


@pytest.fixture
def model(work: Workplace, qtmodeltester: ModelTester) -> FindingsModel:
    return FindingsModel(work)


def tree(model: FindingsModel) -> list[tuple[str, list[str]]]:
    """Give every group with its findings' texts."""
    found = []
    for row in range(model.rowCount()):
        group = model.index(row, 0)
        texts = [
            str(model.index(n, 0, group).data()) for n in range(model.rowCount(group))
        ]
        found.append((str(group.data()), texts))
    return found


@pytest.mark.parametrize("grouping", Grouping)
def test_model__keeps_qts_rules(
    model: FindingsModel, qtmodeltester: ModelTester, grouping: Grouping
) -> None:
    qtmodeltester.check(model)
    model.show(ALL, KNOWN, grouping)
    model.show(ALL[:2], KNOWN, grouping)
    model.show((), KNOWN, grouping)


def test_model__begins_empty(model: FindingsModel) -> None:
    assert model.rowCount() == 0
    assert model.columnCount() == 4
    assert not model.index(0, 0).isValid()


def test_by_rule__level_form_and_items_in_words(
    model: FindingsModel, work: Workplace
) -> None:
    model.show(ALL, KNOWN, Grouping.RULE)
    titles = [title for title, _ in tree(model)]
    assert len(titles) == 3
    assert "护理型床位数、总床位数" in titles[0]
    assert titles[0].endswith("（2）")
    assert work.say("Must be corrected") in titles[0], "the level is said, not coloured"
    assert "月收费" in titles[1]
    assert "gone" not in titles[1]
    assert "area.hint" in titles[2], "no item to name: the rule's id"


def test_by_form_and_by_unit(model: FindingsModel) -> None:
    model.show(ALL, KNOWN, Grouping.FORM)
    assert [len(texts) for _, texts in tree(model)] == [2, 2, 1]
    assert "养老机构调查表" in tree(model)[0][0]
    model.show(ALL, KNOWN, Grouping.UNIT)
    titles = [title for title, _ in tree(model)]
    assert "华阳路街道" in titles[0]
    assert "长宁区" in titles[1]
    assert "999" in titles[3], "a unit nobody knows goes by its code"


def test_model__a_line_tells_record_unit_and_reason(
    model: FindingsModel, work: Workplace
) -> None:
    model.show(ALL, KNOWN, Grouping.RULE)
    wrong, odd = model.index(0, 0), model.index(1, 0)

    def line(row: int, group: QModelIndex) -> list[object]:
        return [model.index(row, column, group).data() for column in range(4)]

    assert line(1, wrong) == ["eci.wrong 不对", "坏院", "长宁区", ""]
    to_explain = work.say("To be explained")
    assert line(0, odd) == ["eci.odd 不对", "好院", "华阳路街道", to_explain]
    assert line(1, odd)[3] == "调价"
    assert line(0, model.index(2, 0)) == ["area.hint 不对", "999", "999", ""]


def test_model__explained_and_unexplained_differ_by_more_than_colour(
    model: FindingsModel,
) -> None:
    model.show(ALL, KNOWN, Grouping.RULE)
    odd = model.index(1, 0)
    cells = [model.index(row, 3, odd) for row in range(2)]
    inks = [cell.data(Role.ForegroundRole) for cell in cells]
    assert inks == [QColor(tokens.MUTED), QColor(tokens.GOOD.ink)]
    assert cells[0].data() != cells[1].data()


def test_model__a_screen_reader_hears_the_level(
    model: FindingsModel, work: Workplace
) -> None:
    model.show(ALL, KNOWN, Grouping.RULE)
    line = model.index(0, 0, model.index(0, 0))
    said = line.data(Role.AccessibleTextRole)
    assert said == f"{work.say('Must be corrected')} eci.wrong 不对"
    assert line.data(Role.ToolTipRole) == line.data()


def test_model__groups_have_an_icon_of_their_level(model: FindingsModel) -> None:
    model.show(ALL, KNOWN, Grouping.RULE)
    icons = [model.index(row, 0).data(Role.DecorationRole) for row in range(3)]
    images = [icon.pixmap(16).toImage() for icon in icons]
    assert images[0] != images[1] != images[2] != images[0]
    assert model.index(0, 0).data(Role.FontRole).bold()
    assert model.index(0, 0).data(Role.UserRole) is None
    assert model.index(0, 1).data() is None


def test_model__finding_of_a_line(model: FindingsModel) -> None:
    model.show(ALL, KNOWN, Grouping.RULE)
    group = model.index(0, 0)
    line = model.index(1, 0, group)
    assert model.finding(line) is WRONG_TOO
    assert line.data(FINDING) is WRONG_TOO
    assert line.data(Role.CheckStateRole) is None
    assert model.finding(group) is None
    assert model.finding(QModelIndex()) is None
    assert model.data(QModelIndex()) is None
    assert model.parent(line) == group
    assert model.rowCount(line) == 0


def test_model__name_and_reason_of_what_is_not_known(model: FindingsModel) -> None:
    model.show(ALL, Known({}, {}), Grouping.RULE)
    assert model.name(WRONG) == "华阳路街道"
    assert model.name(UNIT) == "999"
    assert model.reason(SAID) == ""
    assert model.reason(UNIT) == ""


def test_model__heads(model: FindingsModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    heads = [model.headerData(column, across) for column in range(5)]
    assert len(set(heads[:4])) == 4
    assert all(heads[:4])
    assert heads[4] is None
    assert model.headerData(0, down) is None
    assert model.headerData(0, across, Role.DecorationRole) is None
