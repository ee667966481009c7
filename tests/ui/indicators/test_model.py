from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTableView

from desktop.app.entry.edits import set_cell
from desktop.core.cells import Absent
from desktop.indicators.figures import Judgement
from desktop.indicators.figures import Path
from desktop.indicators.figures import Status
from desktop.ui.indicators.bar_pictures import BarPictures
from desktop.ui.indicators.model import BAR
from desktop.ui.indicators.model import GAP
from desktop.ui.indicators.model import LINE
from desktop.ui.indicators.model import STATUS
from desktop.ui.indicators.model import TARGET
from desktop.ui.indicators.model import TITLE
from desktop.ui.indicators.model import VALUE
from desktop.ui.indicators.model import BarDelegate
from desktop.ui.indicators.model import IndicatorsModel
from desktop.ui.indicators.model import Shown
from desktop.ui.indicators.model import standing_text
from desktop.ui.indicators.model import value_text
from desktop.ui.look import labels
from desktop.ui.look.colours import LIGHT
from tests.small import INDICATORS
from tests.small import make_ledger
from tests.small import pack_data
from tests.small import pack_of
from tests.ui.desks import every
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

Role = Qt.ItemDataRole
SHARE, YEARS = 0, 1


@pytest.fixture
def model(audited: Workplace) -> IndicatorsModel:
    return IndicatorsModel(audited)


def row(model: IndicatorsModel, number: int) -> list[str]:
    return [str(model.index(number, column).data()) for column in range(BAR + 1)]


def fall_short(qtbot: QtBot, work: Workplace) -> None:
    """Leave 70 nursing beds of 300: 95 fewer than 55 %."""
    field = work.form("eci").by_id["beds_nursing"]
    action = set_cell(record_named(work, "eci", "坏院"), field, 10)
    with qtbot.waitSignal(work.bridge.figures_changed):
        work.session.apply(action)


def test_model__keeps_qts_rules(
    qtbot: QtBot, work: Workplace, qtmodeltester: ModelTester
) -> None:
    model = IndicatorsModel(work)
    qtmodeltester.check(model)
    with qtbot.waitSignal(work.bridge.figures_changed):
        work.session.refresh()
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.read()
    assert changed.args == [model.index(0, 0), model.index(YEARS, BAR), []]


def test_row__says_value_target_and_standing(
    model: IndicatorsModel, audited: Workplace
) -> None:
    assert row(model, SHARE) == [
        labels.status(audited.say, Status.REACHED),
        "护理型床位占比",
        "60.00%",
        "≥55%（2025年）",
        "",
        "",
    ]


def test_row__without_a_target_in_figures(
    model: IndicatorsModel, audited: Workplace
) -> None:
    said = row(model, YEARS)
    assert said[STATUS] == labels.status(audited.say, Status.NO_TARGET)
    assert said[VALUE] == "300.00 张"
    assert said[GAP] == ""


def test_gap__in_words_and_whole_things(
    qtbot: QtBot, model: IndicatorsModel, audited: Workplace
) -> None:
    fall_short(qtbot, audited)
    model.read()
    said = row(model, SHARE)
    assert said[STATUS] == labels.status(audited.say, Status.NOT_REACHED)
    assert said[VALUE] == "23.33%"
    assert said[GAP] == "还差 95 张"


def test_row__before_anything_is_computed(work: Workplace) -> None:
    model = IndicatorsModel(work)
    missing = labels.status(work.say, Status.MISSING)
    assert [row(model, n)[STATUS] for n in range(2)] == [missing, missing]
    assert row(model, SHARE)[VALUE] == "—"


def test_standing__icon_and_word_tell_without_colour(
    qtbot: QtBot, model: IndicatorsModel, audited: Workplace
) -> None:
    def seen() -> tuple[QImage, str, QColor]:
        index = model.index(SHARE, STATUS)
        icon = index.data(Role.DecorationRole)
        image: QImage = icon.pixmap(17).toImage()
        return image, str(index.data()), index.data(Role.ForegroundRole)

    good = seen()
    fall_short(qtbot, audited)
    model.read()
    bad = seen()
    assert good[0] != bad[0]
    assert not bad[0].isNull()
    assert good[1] != bad[1]
    assert [good[2], bad[2]] == [QColor(LIGHT.good.ink), QColor(LIGHT.error.ink)]


def test_data__only_where_it_belongs(model: IndicatorsModel) -> None:
    title, value = model.index(SHARE, TITLE), model.index(SHARE, VALUE)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert value.data(Role.TextAlignmentRole) == right
    assert value.data(Role.FontRole).bold()
    assert title.data(Role.ToolTipRole) == title.data()
    assert model.index(SHARE, BAR).data(Role.ToolTipRole) is None
    assert model.index(SHARE, GAP).data(Role.ForegroundRole) is not None
    for role in (Role.DecorationRole, Role.ForegroundRole, Role.TextAlignmentRole):
        assert title.data(role) is None
    assert title.data(Role.CheckStateRole) is None
    assert model.data(QModelIndex()) is None
    assert title.data(LINE) is model.rows[SHARE]


def test_heads__titled_and_aligned_as_the_column(model: IndicatorsModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    heads = [model.headerData(column, across) for column in range(BAR + 2)]
    assert len(set(heads[:-1])) == BAR + 1
    assert all(heads[:-1])
    assert heads[-1] is None
    assert model.headerData(0, down) is None
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert model.headerData(VALUE, across, Role.TextAlignmentRole) == right
    assert model.headerData(TARGET, across, Role.TextAlignmentRole) is None


def test_size__a_table_has_no_branches(model: IndicatorsModel) -> None:
    inside = model.index(0, 0)
    assert (model.rowCount(), model.columnCount()) == (2, BAR + 1)
    assert (model.rowCount(inside), model.columnCount(inside)) == (0, 0)


def test_formulas__taken_when_they_come(model: IndicatorsModel) -> None:
    model.take_formulas({"nursing_share": "护理型 ÷ 全部"})
    assert model.rows[SHARE].line.formula == "护理型 ÷ 全部"
    assert model.rows[YEARS].line.formula == "床位"


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [
        (Decimal("60.5"), "%", "60.50%"),
        (Decimal(3), "‰", "3.00‰"),
        (Decimal(1100), "张", "1100.00 张"),
        (Decimal(2), "", "2.00"),
        (Absent.NOT_APPLICABLE, "张", "不适用"),
        (Absent.BLANK, "张", "—"),
    ],
)
def test_value_text(
    model: IndicatorsModel, value: Cell, measure: str, said: str
) -> None:
    line = replace(model.rows[SHARE].line, value=value, measure=measure)
    assert value_text(line) == said


def test_row__judged_in_the_words_of_those_who_did(
    model: IndicatorsModel, audited: Workplace
) -> None:
    judgement = Judgement((("基本实现", 2),), 0)
    shown = changed(model, audited, status=Status.JUDGED, judgement=judgement)
    assert standing_text(audited.say, shown) == "基本实现"
    assert row(model, SHARE)[STATUS] == "基本实现"


def changed(model: IndicatorsModel, work: Workplace, **figure: object) -> Shown:
    """Give the first indicator another figure."""
    assert work.bridge.figures is not None
    first, *rest = work.bridge.figures
    other = replace(first, **figure)  # type: ignore[arg-type]  # any part of a figure
    work.bridge.figures = (other, *rest)
    model.read()
    return model.rows[SHARE]


def test_hint__says_what_is_expected_at_the_target_and_the_bar(
    model: IndicatorsModel, audited: Workplace
) -> None:
    path = Path(Decimal(48), Decimal(30), 2020, assumed=False)
    changed(model, audited, status=Status.ON_PATH, path=path)
    due = "按直线进度，本年应达 48%"
    target = model.index(SHARE, TARGET)
    assert target.data(Role.ToolTipRole) == f"≥55%（2025年）\n{due}"
    assert model.index(SHARE, BAR).data(Role.ToolTipRole) == due


# --- The bar -------------------------------------------------------------------


@pytest.fixture
def bars(table: QTableView) -> BarPictures:
    [found] = every(table, BarPictures)
    return found


@pytest.fixture
def table(qtbot: QtBot, model: IndicatorsModel, audited: Workplace) -> QTableView:
    made = QTableView()
    qtbot.addWidget(made)
    made.setModel(model)
    made.setItemDelegateForColumn(BAR, BarDelegate(BarPictures(audited, made), made))
    made.resize(900, 200)
    return made


def drawn(table: QTableView, number: int) -> QImage:
    rect = table.visualRect(table.model().index(number, BAR))
    return table.viewport().grab(rect).toImage()


def test_bar__comes_and_changes_with_the_standing(
    qtbot: QtBot,
    table: QTableView,
    bars: BarPictures,
    model: IndicatorsModel,
    audited: Workplace,
) -> None:
    empty = drawn(table, SHARE)
    with qtbot.waitSignal(bars.drawn):
        drawn(table, SHARE)
    good = drawn(table, SHARE)
    assert good != empty
    fall_short(qtbot, audited)
    model.read()
    with qtbot.waitSignal(bars.drawn):
        drawn(table, SHARE)
    assert drawn(table, SHARE) not in (good, empty)


def test_bar__none_before_anything_is_computed(qtbot: QtBot, work: Workplace) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    bars = BarPictures(work, table)
    table.setModel(IndicatorsModel(work, table))
    table.setItemDelegateForColumn(BAR, BarDelegate(bars, table))
    with qtbot.assertNotEmitted(bars.drawn, wait=50):
        drawn(table, SHARE)


def test_spoken__an_indicator_in_one_breath(
    qtbot: QtBot, model: IndicatorsModel, audited: Workplace
) -> None:
    fall_short(qtbot, audited)
    model.read()
    said = model.index(SHARE, STATUS).data(Role.AccessibleTextRole)
    assert said == "护理型床位占比，23.33%，未达标，还差 95 张"


def test_order__fields_of_work_stay_together(
    open_work: Opener, tmp_path: FilePath
) -> None:
    first, second = INDICATORS
    between = {**first, "id": "between", "title": "其他", "domain": "health"}
    data = {**pack_data(), "indicators": [first, between, second]}
    model = IndicatorsModel(open_work(make_ledger(tmp_path, pack_of(data))))
    assert [shown.line.title for shown in model.rows] == [
        "护理型床位占比",
        "历年床位",
        "其他",
    ]
