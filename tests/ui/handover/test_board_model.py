from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.app.handover.board.board_lines import FormCell
from desktop.app.handover.board.board_lines import FormState
from desktop.ui.handover.board_model import FIRST_FORM
from desktop.ui.handover.board_model import BoardModel
from desktop.ui.handover.board_model import Column
from desktop.ui.handover.board_model import Only
from desktop.ui.look import parts
from desktop.ui.look import tables
from tests.ui.handover.board_desks import BACK
from tests.ui.handover.board_desks import BLANK
from tests.ui.handover.board_desks import EXCUSED
from tests.ui.handover.board_desks import HERE
from tests.ui.handover.board_desks import LATE
from tests.ui.handover.board_desks import MISSING
from tests.ui.handover.board_desks import NIL
from tests.ui.handover.board_desks import OTHERS
from tests.ui.handover.board_desks import STREETS
from tests.ui.handover.board_desks import TYPED
from tests.ui.handover.board_desks import busy_county
from tests.ui.handover.board_desks import told

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.ui.workplace import Workplace

ROLE = Qt.ItemDataRole


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> ScoredBoard:
    return told(busy_county(tmp_path_factory.mktemp("county")))


@pytest.fixture
def model(work: Workplace, scored: ScoredBoard) -> BoardModel:
    made = BoardModel(work, work.desk)
    made.take(scored, Only.ALL)
    return made


def texts(model: BoardModel, unit: str) -> list[object]:
    row = model.row_of(unit)
    return [model.index(row, column).data() for column in range(1, 7)]


def test_model__is_sound(model: BoardModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_model__before_the_board_came(work: Workplace) -> None:
    made = BoardModel(work, work.desk)
    assert (made.rowCount(), made.columnCount()) == (0, 0)
    assert made.headerData(0, Qt.Orientation.Horizontal) is None
    assert made.row_of(HERE) == -1
    assert made.data(QModelIndex()) is None


def test_model__every_state_by_words_and_signs(model: BoardModel) -> None:
    at = "2026-01-02 03:04"
    late = "迟报 43 天"
    assert texts(model, HERE) == ["已接收", late, at, "50", "1", "1"]
    assert texts(model, NIL) == ["已接收", late, at, "50", "〇", "1"]
    assert texts(model, BLANK) == ["已接收", late, at, "45", "空", "1"]
    assert texts(model, BACK) == ["退回", late, at, "40", "1", "1"]
    assert texts(model, OTHERS) == ["已接收（代报）", late, at, "50", "1", "1"]
    assert texts(model, TYPED) == ["本级代录", "不计及时", "", "", "1", "✕"]
    assert texts(model, EXCUSED) == ["免报", "", "", "", "", ""]
    assert texts(model, LATE) == ["未报", "未到期", "", "", "✕", "✕"]
    assert texts(model, MISSING) == ["未报", "已逾期 2 天", "", "0", "✕", "✕"]


def test_model__heads_say_how_forms_are_covered(model: BoardModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert model.headerData(0, across) == "单位"
    assert model.headerData(FIRST_FORM, across) == "养老机构调查\n表\n5/8"
    hint = model.headerData(FIRST_FORM, across, ROLE.ToolTipRole)
    assert hint == "养老机构调查表：应报 8 个，已报 5 个（62.5%），其中零报告 1 个"
    assert model.headerData(1, across, ROLE.AccessibleTextRole) == "状态"
    assert model.headerData(0, across, ROLE.DecorationRole) is None
    assert model.headerData(0, down) is None
    assert model.headerData(99, across) is None


def test_model__words_left_scores_right_signs_in_the_middle(model: BoardModel) -> None:
    across, how = Qt.Orientation.Horizontal, ROLE.TextAlignmentRole
    heads = [model.headerData(at, across, how) for at in range(FIRST_FORM + 1)]
    assert heads[: Column.SCORE] == [tables.LEFT] * Column.SCORE
    assert heads[Column.SCORE] == parts.RIGHT
    assert heads[FIRST_FORM] == Qt.AlignmentFlag.AlignCenter
    cells = [model.index(0, at).data(how) for at in range(FIRST_FORM + 1)]
    assert cells == heads


def test_model__a_long_title_ends_in_dots(work: Workplace, scored: ScoredBoard) -> None:
    board = scored.board
    first = board.coverage[0]
    form = first.form.replaced(title="全市养老服务机构基本情况年度调查表")
    coverage = (replace(first, form=form), *board.coverage[1:])
    made = BoardModel(work, work.desk)
    told_ = replace(scored, board=replace(board, coverage=coverage))
    made.take(told_, Only.ALL)
    head = made.headerData(FIRST_FORM, Qt.Orientation.Horizontal)
    assert head == "全市养老服务\n机构基本情…\n5/8"


def test_model__what_is_heard(model: BoardModel) -> None:
    index = model.index(model.row_of(BLANK), FIRST_FORM)
    heard = index.data(ROLE.AccessibleTextRole)
    assert heard == "新街道，养老机构调查表：交来是空表，没有作零报告"
    state = model.index(model.row_of(HERE), Column.STATE)
    assert state.data(ROLE.ToolTipRole) == "华阳路街道，状态：已接收"
    excused = model.index(model.row_of(EXCUSED), FIRST_FORM)
    assert excused.data(ROLE.AccessibleTextRole) == "新街道，得分："


@pytest.mark.parametrize(
    ("only", "units"),
    [
        (Only.ALL, STREETS),
        (Only.MISSING, (HERE, NIL, BLANK, BACK, OTHERS, LATE, MISSING)),
        (Only.RETURNED, (BACK,)),
        (Only.OTHERS, (OTHERS, TYPED)),
        (Only.LACKING, (BLANK, BACK, LATE, MISSING)),
        (Only.EXCUSED, (EXCUSED,)),
    ],
)
def test_model__only_some(
    model: BoardModel, scored: ScoredBoard, only: Only, units: tuple[str, ...]
) -> None:
    model.take(scored, only)
    assert tuple(line.unit.code for line in model.lines) == units


def test_model__colours_go_with_a_sign_each(model: BoardModel, work: Workplace) -> None:
    colours = work.look.colours

    def ink(unit: str, column: int) -> object:
        return model.index(model.row_of(unit), column).data(ROLE.ForegroundRole)

    assert ink(MISSING, Column.STATE) == QColor(colours.error.ink)
    assert ink(MISSING, FIRST_FORM) == QColor(colours.error.ink)
    assert ink(LATE, FIRST_FORM) == QColor(colours.muted)
    assert ink(NIL, FIRST_FORM) == QColor(colours.info.ink)
    assert ink(HERE, FIRST_FORM) == QColor(colours.ink)
    assert ink(EXCUSED, Column.UNIT) == QColor(colours.muted)
    assert ink(HERE, Column.UNIT) == QColor(colours.ink)
    assert ink(HERE, Column.TIMELY) == QColor(colours.warning.ink)
    assert ink(MISSING, Column.TIMELY) == QColor(colours.error.ink)
    assert ink(BACK, Column.STATE) == QColor(colours.warning.ink)
    icon = model.index(0, Column.STATE).data(ROLE.DecorationRole)
    assert not icon.isNull()
    assert model.index(0, Column.UNIT).data(ROLE.DecorationRole) is None


def test_model__on_time_and_accepted(work: Workplace, scored: ScoredBoard) -> None:
    from desktop.app.handover.board.board_lines import Came
    from desktop.app.handover.board.lateness import Timely

    board = scored.board
    cells = (FormCell(FormState.TOTALS), FormCell(FormState.NOT_CARRIED))
    line = replace(
        board.lines[0], came=Came.ACCEPTED, timely=Timely.ON_TIME, cells=cells
    )
    made = BoardModel(work, work.desk)
    made.take(replace(scored, board=replace(board, lines=(line,))), Only.ALL)
    colours = work.look.colours
    inks = [made.index(0, at).data(ROLE.ForegroundRole).name() for at in (1, 2, 5, 6)]
    tones = (colours.good, colours.good, colours.info, colours.error)
    assert inks == [QColor(tone.ink).name() for tone in tones]
    assert texts(made, HERE)[4:] == ["Σ", "缺"]
