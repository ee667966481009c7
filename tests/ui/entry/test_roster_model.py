from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt

from desktop.app.entry import edits
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cells
from desktop.app.events import FindingsChanged
from desktop.app.events import RecordsChanged
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.findings import RecordId
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.entry import roster_model
from desktop.ui.entry import row_windows
from desktop.ui.entry.roster_model import CELL_ROLE
from desktop.ui.entry.roster_model import MARKED
from desktop.ui.entry.roster_model import CellLook
from desktop.ui.entry.roster_model import RosterModel
from desktop.ui.entry.roster_model import same_cell
from tests import small
from tests.ui.desks import drain
from tests.ui.desks import free
from tests.ui.desks import record_named
from tests.ui.desks import records

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

Role = Qt.ItemDataRole


def read(work: Workplace, form: str) -> RosterModel:
    """Make a model and wait until its first rows are there."""
    made = RosterModel(work, form, work.bridge)
    drain(work)
    return made


@pytest.fixture
def model(audited: Workplace) -> RosterModel:
    return read(audited, "eci")


def at(model: RosterModel, row: int, field: str) -> QModelIndex:
    column = model.column_of(field)
    assert column is not None
    return model.index(row, column)


def names(model: RosterModel) -> list[object]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read eight rows at once."""
    for module in (roster_model, row_windows):
        monkeypatch.setattr(module, "WINDOW", 8)


def stored(work: Workplace, name: str, field: str) -> Cell:
    return record_named(work, "eci", name).cell(field)


# --- What there is -----------------------------------------------------------


def test_model__keeps_qts_rules(audited: Workplace, qtmodeltester: ModelTester) -> None:
    model = RosterModel(audited, "eci", audited.bridge)
    qtmodeltester.check(model)
    drain(audited)
    qtmodeltester.check(model)
    model.filter("好")
    drain(audited)
    qtmodeltester.check(model)


def test_model__unit_forms_keep_qts_rules(
    kinds_work: Workplace, qtmodeltester: ModelTester
) -> None:
    for form in ("area", "kinds"):
        qtmodeltester.check(read(kinds_work, form))


def test_model__is_empty_until_the_list_is_there(qtbot: QtBot, work: Workplace) -> None:
    model = RosterModel(work, "eci", work.bridge)
    assert model.rowCount() == 0
    assert model.record_at(0) is None
    with qtbot.waitSignal(model.listed):
        pass
    assert model.rowCount() == 3


def test_model__rows_are_records_and_columns_fields(model: RosterModel) -> None:
    assert names(model) == ["好院", "坏院", "缺院"]
    assert model.columnCount() == 6
    index = model.index(0, 0)
    assert (model.rowCount(index), model.columnCount(index)) == (0, 0)
    for row, record in enumerate(model.ids):
        assert model.row_of(record) == row
    assert model.row_of(RecordId(99)) is None
    assert model.column_of("no_such") is None
    assert model.record_at(-1) is None
    assert model.record_at(3) is None


def test_model__heads_say_item_and_measure(model: RosterModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    column = model.column_of("beds_total")
    assert column is not None
    assert model.headerData(column, across) == "总床位数（张）"
    assert model.headerData(0, across) == "机构名称"
    assert model.headerData(0, across, Role.ToolTipRole) == "机构名称"
    assert model.headerData(0, across, Role.DecorationRole) is None
    assert model.headerData(99, across) is None
    assert model.headerData(4, down) == 5
    assert model.headerData(4, down, Role.ToolTipRole) is None


def test_model__a_heads_tooltip_explains_the_item(kinds_work: Workplace) -> None:
    model = read(kinds_work, "kinds")
    across = Qt.Orientation.Horizontal
    assert model.headerData(0, across, Role.ToolTipRole) == "登记证上的名称"


def test_model__cells_as_text_numbers_to_the_right(model: RosterModel) -> None:
    beds, name = at(model, 0, "beds_total"), at(model, 0, "name")
    assert beds.data() == beds.data(Role.EditRole) == "100"
    assert beds.data(Role.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert name.data(Role.TextAlignmentRole) is None
    assert name.data(Role.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert at(model, 2, "beds_nursing").data() == "", "blank is not 0"


def test_model__units_by_name_and_unknown_ones_by_code(kinds_work: Workplace) -> None:
    model = read(kinds_work, "kinds")
    assert at(model, 0, "area").data() == "华阳路街道"
    vars(model)["_units"].clear()
    assert at(model, 0, "area").data() == small.STREET


def test_model__findings_mark_their_cells(model: RosterModel) -> None:
    said = "护理型床位数（120）不能大于总床位数（100）"
    for field in ("beds_nursing", "beds_total"):
        assert at(model, 1, field).data(Role.ToolTipRole) == said
    assert at(model, 1, "price").data(Role.ToolTipRole) is None
    assert at(model, 0, "beds_nursing").data(Role.ToolTipRole) is None
    look = at(model, 1, "beds_nursing").data(CELL_ROLE)
    assert isinstance(look, CellLook)
    assert [one.text for one in look.findings] == [said]
    assert (look.text, look.cell, look.numeric) == ("120", 120, True)
    assert not look.locked


def test_model__hidden_locked_and_computed_cells(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    model = read(kinds_work, "kinds")
    # What hides fields is compiled after the first rows.
    qtbot.waitUntil(lambda: model.look(at(model, 1, "reason")).hidden, timeout=20000)
    looks = {field: model.look(at(model, 1, field)) for field in ("reason", "double")}
    assert looks["reason"].hidden
    assert not model.look(at(model, 0, "reason")).hidden
    assert looks["double"].locked
    assert at(model, 0, "double").data() == "6"


def test_flags__locked_cells_take_no_entry(kinds_work: Workplace) -> None:
    model = read(kinds_work, "kinds")
    editable = Qt.ItemFlag.ItemIsEditable
    taken = {
        field.id: bool(model.flags(at(model, 0, field.id)) & editable)
        for field in model.fields
    }
    assert [field for field, takes in taken.items() if not takes] == ["area", "double"]
    assert not model.flags(QModelIndex()) & editable


def test_flags__a_ledger_for_reading_takes_none(
    open_work: Opener, small_ledger: Path
) -> None:
    model = read(open_work(small_ledger, read_only=True), "eci")
    assert names(model) == ["好院", "坏院", "缺院"]
    flags = model.flags(model.index(0, 0))
    assert not flags & Qt.ItemFlag.ItemIsEditable
    assert flags & Qt.ItemFlag.ItemIsSelectable


# --- Changing ----------------------------------------------------------------


def test_change__is_saved_and_seen(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    index = at(model, 0, "beds_nursing")
    with qtbot.waitSignal(model.dataChanged):
        model.change(index, 61)
    drain(audited)
    assert stored(audited, "好院", "beds_nursing") == 61
    assert index.data() == "61"


def test_change__to_the_same_is_no_action(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(audited.bridge.saved):
        model.change(at(model, 0, "beds_nursing"), 60)
        model.change(at(model, 2, "beds_nursing"), Absent.BLANK)
        drain(audited)


def test_change__one_absence_to_another(model: RosterModel, audited: Workplace) -> None:
    model.change(at(model, 2, "beds_nursing"), Absent.UNKNOWN)
    drain(audited)
    assert stored(audited, "缺院", "beds_nursing") is Absent.UNKNOWN
    assert at(model, 2, "beds_nursing").data() == "不详"
    model.change(at(model, 2, "beds_nursing"), 0)
    drain(audited)
    assert at(model, 2, "beds_nursing").data() == "0"


def test_change__of_a_row_not_read_yet_does_nothing(
    work: Workplace, qtbot: QtBot
) -> None:
    model = read(work, "eci")
    vars(vars(model)["_windows"])["_rows"].clear()
    with qtbot.assertNotEmitted(work.bridge.saved):
        model.change(model.index(0, 0), "新名")
        assert model.change_block([(0, 0, "新名")]) == 0
        drain(work)


def test_change_block__is_one_step_to_undo(
    model: RosterModel, audited: Workplace
) -> None:
    column = model.column_of("beds_total")
    assert column is not None
    assert model.change_block([(row, column, 90 + row) for row in range(3)]) == 3
    drain(audited)
    totals = [each.cell("beds_total") for each in records(audited, "eci")]
    assert totals == [90, 91, 92]
    audited.session.undo()
    drain(audited)
    assert [each.cell("beds_total") for each in records(audited, "eci")] == [100] * 3


def test_change_block__a_single_cell_and_none(
    model: RosterModel, audited: Workplace
) -> None:
    column = model.column_of("beds_total")
    assert column is not None
    assert model.change_block([(0, column, 90), (1, column, 100)]) == 1
    drain(audited)
    assert stored(audited, "好院", "beds_total") == 90
    assert model.change_block([(1, column, 100)]) == 0


def test_change_block__locked_cells_are_passed_over(kinds_work: Workplace) -> None:
    model = read(kinds_work, "kinds")
    cells: list[tuple[int, int, Cell]] = []
    for field in ("double", "area", "count"):
        column = model.column_of(field)
        assert column is not None
        cells.append((0, column, 8))
    assert model.change_block(cells) == 1
    drain(kinds_work)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        (Decimal("1.50"), Decimal("1.5"), True),
        (0, Absent.BLANK, False),
        (Absent.BLANK, Absent.BLANK, True),
        (Absent.BLANK, Absent.UNKNOWN, False),
        ("甲", "甲", True),
        (("甲",), ("甲", "乙"), False),
    ],
)
def test_same_cell(one: Cell, other: Cell, same: bool) -> None:
    assert same_cell(one, other) is same
    assert same_cell(other, one) is same


# --- Hearing of changes ------------------------------------------------------


def test_model__a_new_record_is_listed(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    form = audited.form("eci")
    action = add_record(form, small.YEAR, small.STREET, "新", {"name": "新院"})
    with qtbot.waitSignal(model.listed):
        audited.session.apply(action)
    drain(audited)
    assert names(model) == ["好院", "坏院", "缺院", "新院"]


def test_model__hears_nothing_of_other_forms(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    with (
        qtbot.assertNotEmitted(model.dataChanged),
        qtbot.assertNotEmitted(model.listed),
    ):
        audited.bridge.records_changed.emit(RecordsChanged("area", None, listed=True))
        audited.bridge.findings_changed.emit(
            FindingsChanged("area", {}, all_records=True)
        )
        drain(audited)


def test_model__a_block_too_large_to_name_is_read_again(
    model: RosterModel, audited: Workplace
) -> None:
    field = audited.form("eci").by_id["price"]
    rows = records(audited, "eci")
    audited.session.apply(set_cells([(row, field, Decimal("5.00")) for row in rows]))
    audited.bridge.records_changed.emit(RecordsChanged("eci", None, listed=False))
    drain(audited)
    assert [at(model, row, "price").data() for row in range(3)] == ["5.00"] * 3


def test_model__changed_records_not_looked_at_are_not_read(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    elsewhere = RecordsChanged("eci", frozenset({RecordId(99)}), listed=False)
    with qtbot.assertNotEmitted(model.dataChanged):
        audited.bridge.records_changed.emit(elsewhere)
        drain(audited)


def test_model__findings_repaint_their_rows(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    one = FindingsChanged("eci", {model.ids[1]: ()}, all_records=False)
    with qtbot.waitSignal(model.dataChanged) as told:
        audited.bridge.findings_changed.emit(one)
    assert [told.args[0].row(), told.args[1].row()] == [1, 1]
    assert told.args[1].column() == model.columnCount() - 1
    every = FindingsChanged("eci", {}, all_records=True)
    with qtbot.waitSignal(model.dataChanged) as told:
        audited.bridge.findings_changed.emit(every)
    assert [told.args[0].row(), told.args[1].row()] == [0, 2]
    unknown = FindingsChanged("eci", {RecordId(99): ()}, all_records=False)
    with qtbot.assertNotEmitted(model.dataChanged):
        audited.bridge.findings_changed.emit(unknown)


def test_model__findings_repaint_the_cells_they_mark(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    record = model.ids[1]
    found = audited.bridge.board.of("eci", record)
    marked = sorted(
        place
        for place, field in enumerate(model.fields)
        if any(field.id in one.fields for one in found)
    )
    assert marked
    assert model.made_of(1)[2] == found
    gone = FindingsChanged("eci", {record: ()}, all_records=False)
    with qtbot.waitSignal(model.dataChanged) as told:
        audited.bridge.findings_changed.emit(gone)
    first, last = told.args[0], told.args[1]
    assert (first.row(), last.row()) == (1, 1)
    assert (first.column(), last.column()) == (marked[0], marked[-1])


def test_model__findings_that_stay_repaint_nothing(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    record = model.ids[1]
    _, _, stays = model.made_of(1)
    assert stays
    field = model.fields[1].id
    comes = replace(stays[0], rule="eci.other", fields=(field,))
    assert not any(field in each.fields for each in stays)
    more = FindingsChanged("eci", {record: (*stays, comes)}, all_records=False)
    with qtbot.waitSignal(model.dataChanged) as told:
        audited.bridge.findings_changed.emit(more)
    assert (told.args[0].column(), told.args[1].column()) == (1, 1)


def test_model__which_cells_are_marked_is_known_of_the_rows_in_sight_only(
    model: RosterModel, audited: Workplace, qtbot: QtBot
) -> None:
    model.made_of(1)
    model._marked.update(  # noqa: SLF001 - the rows of a long way down
        {RecordId(10_000 + number): () for number in range(MARKED)}
    )
    model.made_of(0)
    gone = FindingsChanged("eci", {model.ids[1]: ()}, all_records=False)
    with qtbot.waitSignal(model.dataChanged) as told:
        audited.bridge.findings_changed.emit(gone)
    assert told.args[0].column() == 0, "where it is not known, all of the row"
    assert told.args[1].column() == model.columnCount() - 1


def test_model__another_period_has_other_records(
    open_work: Opener, small_ledger: Path, qtbot: QtBot
) -> None:
    with small.opened(small_ledger) as ledger:
        ledger.add_period(Period(PeriodKind.YEAR, 2026))
    work = open_work(small_ledger)
    model = read(work, "eci")
    assert model.rowCount() == 0
    with qtbot.waitSignal(model.listed):
        work.session.choose_period(small.YEAR)
    drain(work)
    assert names(model) == ["好院", "坏院", "缺院"]


# --- Reading windows ---------------------------------------------------------


def test_filter__by_name_or_unit_and_off_again(
    model: RosterModel, audited: Workplace
) -> None:
    for text, found in (
        (" 坏 ", ["坏院"]),
        ("没有", []),
        ("", ["好院", "坏院", "缺院"]),
    ):
        model.filter(text)
        drain(audited)
        assert names(model) == found


def test_filter__only_the_last_answer_counts(
    model: RosterModel, audited: Workplace
) -> None:
    """Typed quickly: the answers to the first letters come late and are dropped."""
    listed: list[int] = []
    model.listed.connect(lambda: listed.append(model.rowCount()))
    for text in ("院", "好", "坏"):
        model.filter(text)
    drain(audited)
    assert names(model) == ["坏院"]
    assert listed == [1]


def test_windows__only_what_is_looked_at_is_read(
    changning_work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch)
    model = read(changning_work, "eci")
    assert model.rowCount() == 27
    there = [row for row in range(27) if model.record_at(row) is not None]
    assert there == list(range(8))
    index = model.index(20, 0)
    assert index.data() is None, "not there yet"
    look = model.look(index)
    assert (look.text, look.cell, look.hidden) == ("", None, False)
    drain(changning_work)
    assert index.data()
    there = [row for row in range(27) if model.record_at(row) is not None]
    assert there == [*range(8), *range(16, 24)]


def test_windows__one_on_its_way_is_not_asked_for_again(
    changning_work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch)
    model = read(changning_work, "eci")
    asked: list[int] = []
    ask = changning_work.bridge.ask

    def count(*arguments: Any) -> None:  # noqa: ANN401 - handed on as they are
        asked.append(1)
        ask(*arguments)

    monkeypatch.setattr(changning_work.bridge, "ask", count)
    for row in range(8, 16):
        for column in range(5):
            assert model.index(row, column).data() is None
    assert len(asked) == 1
    drain(changning_work)


def test_windows__those_looked_at_longest_ago_go_first(
    changning_work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch)
    monkeypatch.setattr(row_windows, "KEPT", 16)
    model = read(changning_work, "eci")
    for row in (8, 16):
        model.fetch(row)
        drain(changning_work)
    there = [row for row in range(27) if model.record_at(row) is not None]
    assert there == list(range(8, 24))
    assert model.index(0, 0).data() is None
    drain(changning_work)
    assert model.index(0, 0).data(), "read again when looked at again"


def test_windows__rows_of_an_old_list_are_dropped(
    changning_work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch)
    model = read(changning_work, "eci")
    first = str(model.index(0, 0).data())
    model.fetch(20)
    model.filter(first)
    drain(changning_work)
    assert names(model) == [first]


def test_model__one_that_is_gone_gets_no_rows(work: Workplace) -> None:
    """The form is left before its rows arrive; any call would be a crash."""
    model = RosterModel(work, "eci", None)
    model.deleteLater()
    free(model)
    drain(work)
    assert record_named(work, "eci", "好院").cell("beds_total") == 100


def test_model__a_refused_change_gives_way_to_what_is_stored(
    model: RosterModel, audited: Workplace
) -> None:
    """The cell shows an entry at once; one not saved gives way to the old one."""
    record = record_named(audited, "eci", "好院")
    field = audited.form("eci").by_id["beds_nursing"]
    audited.session.apply(edits.set_cell(record, field, 55)).result()
    index = at(model, 0, "beds_nursing")
    assert index.data() == "60", "the news has not come yet"
    model.change(index, 70)
    assert index.data() == "70"
    drain(audited)
    assert index.data() == "55"
    assert stored(audited, "好院", "beds_nursing") == 55


def test_model__rows_gone_from_the_list_are_not_kept(
    model: RosterModel, audited: Workplace
) -> None:
    model.fetch(0)
    first = model.ids[0]
    model.filter("坏")
    drain(audited)
    assert model.row_of(first) is None
    assert names(model) == ["坏院"]


def test_model__hides_again_when_other_conditions_are_in_force(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    model = read(kinds_work, "kinds")
    visibility, session = kinds_work.bridge.visibility, kinds_work.session
    qtbot.waitUntil(lambda: model.look(at(model, 1, "reason")).hidden, timeout=20000)

    # As choosing a definition does: the pack in force is another one from now on.
    session.pack = session.pack.replaced(title="换了口径")
    assert not visibility.is_ready("kinds")
    session.tell(RecordsChanged("kinds", None, listed=False))

    qtbot.waitUntil(lambda: visibility.is_ready("kinds"), timeout=20000)
    qtbot.waitUntil(lambda: model.look(at(model, 1, "reason")).hidden, timeout=20000)
