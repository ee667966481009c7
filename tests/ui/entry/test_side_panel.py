from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from desktop.app.entry.cell_notes import comment
from desktop.app.entry.cell_notes import flag
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cell
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.ui.desk import Place
from desktop.ui.entry.field_block import FieldBlock
from desktop.ui.entry.history_block import HISTORY_SHOWN
from desktop.ui.entry.marks_block import MarksBlock
from desktop.ui.entry.side_panel import SidePanel
from tests import asked
from tests import small
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import record_named
from tests.ui.desks import records
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.cells import Cell
    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace

NEXT_YEAR = Period(PeriodKind.YEAR, 2026)


def panel_of(qtbot: QtBot, work: Workplace) -> SidePanel:
    made = SidePanel(work)
    qtbot.addWidget(made)
    made.resize(288, 700)
    made.show()
    return made


@pytest.fixture
def panel(qtbot: QtBot, audited: Workplace) -> SidePanel:
    return panel_of(qtbot, audited)


def go(work: Workplace, name: str, field: str | None, form: str = "eci") -> None:
    work.desk.move(Place(form, record_named(work, form, name).id, field))


def put(work: Workplace, name: str, field: str, cell: Cell) -> None:
    record = record_named(work, "eci", name)
    action = set_cell(record, work.form("eci").by_id[field], cell)
    work.session.apply(action).result()


def texts(panel: SidePanel) -> list[str]:
    """Give all that is to be read, from top to bottom."""
    shown = [label for label in every(panel, QLabel) if label.isVisible()]
    shown.sort(key=lambda label: label.mapTo(panel, label.rect().topLeft()).y())
    return [label.text() for label in shown]


def waits_for(qtbot: QtBot, panel: SidePanel, text: str) -> None:
    """Wait until a line is there."""
    qtbot.waitUntil(lambda: any(text in said for said in texts(panel)))


# --- The field -----------------------------------------------------------------


def test_form__explained_where_no_field_is_chosen(panel: SidePanel) -> None:
    assert texts(panel)[:2] == ["养老机构调查表", "每个养老机构一条"]


def test_field__title_and_measure(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    go(audited, "好院", "beds_total")
    said = audited.say("Measured in {measure}", measure="张")
    qtbot.waitUntil(lambda: texts(panel)[:2] == ["总床位数", said])


def test_field__explanation_and_whose_it_is(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    panel = panel_of(qtbot, kinds_work)
    go(kinds_work, "甲院", "name", "kinds")
    shown = child(panel, QLabel, "side.explanation")
    assert shown.text() == "登记证上的名称"
    say = kinds_work.say
    source = say("Source: {source}", source=say("This program's own reading"))
    waits_for(qtbot, panel, source)


def test_field__computed_or_bound_is_said_so(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    panel, say = panel_of(qtbot, kinds_work), kinds_work.say
    computed = say("Computed by the program; it cannot be typed.")
    bound = say("Taken from the ledger; it is not typed.")
    for field, said in (("double", computed), ("area", bound), ("count", None)):
        go(kinds_work, "甲院", field, "kinds")
        title = kinds_work.form("kinds").by_id[field].title
        waits_for(qtbot, panel, title)
        assert {computed, bound} & set(texts(panel)) == ({said} - {None})


# --- Last period ---------------------------------------------------------------


def now_named(work: Workplace, name: str) -> Place:
    """Give the place of a facility in the year that is looked at."""
    form = work.form("eci")
    ids = work.session.thread.call(lambda led: led.ids(form.id, work.period)).result()
    rows = asked.rows(work.session, "eci", ids)
    [record] = [row for row in rows if row.key.facility == name]
    return Place("eci", record.id, "beds_total")


def test_last_period__beside_the_field(qtbot: QtBot, second_year: Workplace) -> None:
    panel = panel_of(qtbot, second_year)
    second_year.desk.move(now_named(second_year, "好院"))
    waits_for(qtbot, panel, "上年 100")
    place = now_named(second_year, "好院")
    record = record_in(second_year, NEXT_YEAR, "好院")
    beds = second_year.form("eci").by_id["beds_total"]
    second_year.session.apply(set_cell(record, beds, 125)).result()
    waits_for(qtbot, panel, "上年 100 → 本年 125，+25（+25.0 %）")
    second_year.desk.move(Place("eci", place.record, "price"))
    waits_for(qtbot, panel, "上年 空")


def test_last_period__the_share_of_unit_and_ledger(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    go(audited, "好院", "beds_total")
    waits_for(qtbot, panel, "占华阳路街道 50.0 %，占长宁区 33.3 %")
    go(audited, "好院", "name")
    waits_for(qtbot, panel, "机构名称")
    drain(audited)
    assert not any("占" in text for text in texts(panel))


def test_last_period__a_jump_that_a_rule_asks_about_is_told(
    qtbot: QtBot, second_year: Workplace
) -> None:
    panel = panel_of(qtbot, second_year)
    second_year.desk.move(Place("eci", raise_price(second_year), "price"))
    waits_for(qtbot, panel, "这一变动需要说明")
    label = child(panel, QLabel, "side.previous")
    assert label.property("role") == "bad"
    second_year.desk.move(Place("eci", second_year.desk.place.record, "beds_total"))
    qtbot.waitUntil(lambda: label.property("role") == "section")


def test_last_period__none_in_a_first_year(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    go(audited, "好院", "beds_total")
    waits_for(qtbot, panel, audited.say("This record: nothing found"))
    assert not child(panel, QLabel, "side.previous").isVisible()


def test_last_period__a_facility_that_is_new_is_said_so(
    qtbot: QtBot, second_year: Workplace
) -> None:
    panel, form = panel_of(qtbot, second_year), second_year.form("eci")
    action = add_record(form, NEXT_YEAR, small.STREET, "新院", {"name": "新院"})
    second_year.session.apply(action).result()
    second_year.desk.move(now_named(second_year, "新院"))
    waits_for(qtbot, panel, "以前各期没有这条记录")


# --- States, comments and flags ------------------------------------------------


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("beds_total", "按 / 不适用，按 * 或 ? 不详"),
        ("name", "Ctrl+Shift+N 不适用"),
    ],
)
def test_states__the_keys_are_said(
    qtbot: QtBot, panel: SidePanel, audited: Workplace, field: str, said: str
) -> None:
    go(audited, "好院", field)
    waits_for(qtbot, panel, said)


def test_marks__shown_and_asked_for(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    record = record_named(audited, "eci", "好院")
    beds = audited.form("eci").by_id["beds_total"]
    audited.session.apply(comment(record, beds, "", "按床位证填")).result()
    audited.session.apply(flag(record, beds, flagged=True)).result()
    go(audited, "好院", "beds_total")
    waits_for(qtbot, panel, "批注：按床位证填")
    assert any("待核" in text for text in texts(panel))
    for name, command in (
        ("side.write", "record.comment"),
        ("side.turn", "record.flag"),
        ("side.history", "record.history"),
    ):
        with qtbot.waitSignal(audited.desk.asked) as heard:
            child(panel, QPushButton, name).click()
        assert heard.args == [command]
    go(audited, "好院", "beds_nursing")
    qtbot.waitUntil(lambda: not any("批注：" in text for text in texts(panel)))


def test_marks__give_way_to_those_of_the_next_record_when_they_are_read(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    """Down a column the panel keeps its height; elsewhere nothing false is said."""
    record = record_named(audited, "eci", "好院")
    beds = audited.form("eci").by_id["beds_total"]
    audited.session.apply(comment(record, beds, "", "按床位证填")).result()
    go(audited, "好院", "beds_total")
    waits_for(qtbot, panel, "批注：按床位证填")
    [marks] = every(panel, MarksBlock)
    go(audited, "坏院", "beds_total")
    assert marks.isVisible()
    qtbot.waitUntil(lambda: not any("批注：" in text for text in texts(panel)))
    assert marks.isVisible()
    go(audited, "好院", "beds_total")
    waits_for(qtbot, panel, "批注：按床位证填")
    go(audited, "坏院", "price")
    assert not marks.isVisible()
    qtbot.waitUntil(marks.isVisible)
    assert not any("批注：" in text for text in texts(panel))


def test_moving__costs_next_to_nothing(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    """Moving on only changes the texts of labels: what is read waits for a rest."""
    go(audited, "好院", "beds_total")
    waits_for(qtbot, panel, audited.say("This record: nothing found"))
    before = set(every(panel, QLabel))
    record = audited.desk.place.record
    for field in ("beds_nursing", "price", "name", "beds_total"):
        audited.desk.move(Place("eci", record, field))
    assert set(every(panel, QLabel)) == before, "no label is made or thrown away"


def test_moving__down_a_column_the_field_is_explained_once(
    qtbot: QtBot, panel: SidePanel, audited: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        FieldBlock, "show_field", lambda _, field: told.append(field.id)
    )
    for name in ("好院", "坏院", "缺院"):
        go(audited, name, "price")
    assert told == ["price"]
    audited.desk.move(Place("eci"))
    go(audited, "好院", "price")
    assert told == ["price", "price"], "after the form it is explained again"


# --- Findings ------------------------------------------------------------------


def test_findings__of_the_record_with_the_sentence(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    go(audited, "坏院", "beds_total")
    waits_for(qtbot, panel, "护理型床位数（120）不能大于总床位数（100）")
    assert audited.say("This record: {count} findings", count=1) in texts(panel)
    go(audited, "好院", "beds_total")
    waits_for(qtbot, panel, audited.say("This record: nothing found"))


def test_findings__go_when_the_cell_is_mended(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    go(audited, "坏院", "beds_nursing")
    waits_for(qtbot, panel, "不能大于总床位数")
    put(audited, "坏院", "beds_nursing", 80)
    waits_for(qtbot, panel, audited.say("This record: nothing found"))
    assert not any("不能大于" in text for text in texts(panel))


def record_in(work: Workplace, year: Period, name: str = "坏院") -> Record:
    """Read a facility, that at fault if none is named, as it is in a year."""

    def read(ledger: Ledger) -> Record | None:
        return ledger.record(RecordKey("eci", year.code, FacilityId(name)))

    found = work.session.thread.call(read).result()
    assert found is not None
    return found


def raise_price(work: Workplace) -> RecordId:
    """Give a facility an error and, against its last year, a warning."""
    form = work.form("eci")
    filled = (
        (small.YEAR, "price", 100),
        (NEXT_YEAR, "price", 900),
        (NEXT_YEAR, "beds_total", 100),
        (NEXT_YEAR, "beds_nursing", 120),
    )
    for year, field, cell in filled:
        record = record_in(work, year)
        work.session.apply(set_cell(record, form.by_id[field], cell)).result()
    return record.id


def test_findings__those_of_the_cell_come_first(
    qtbot: QtBot, second_year: Workplace
) -> None:
    panel = panel_of(qtbot, second_year)
    record = raise_price(second_year)
    for field, first in (("price", "请说明"), ("beds_total", "不能大于")):
        second_year.desk.move(Place("eci", record, field))
        head = second_year.say("This record: {count} findings", count=2)
        waits_for(qtbot, panel, head)
        qtbot.waitUntil(partial(begins_with, panel, first))
        qtbot.waitUntil(lambda: len(findings_shown(panel)) == 2)


def begins_with(panel: SidePanel, words: str) -> bool:
    return words in findings_shown(panel)[0]


def findings_shown(panel: SidePanel) -> list[str]:
    said = [text for text in texts(panel) if "不能大于" in text or "请说明" in text]
    return said or [""]


# --- History -------------------------------------------------------------------


def test_history__what_it_was_what_it_is_and_who(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    put(audited, "好院", "beds_nursing", 61)
    go(audited, "好院", "beds_nursing")
    waits_for(qtbot, panel, "60 → 61\n2025-11-22 09:30  李芳")
    assert audited.say("History of this cell") in texts(panel)


def test_history__follows_an_edit_of_the_cell(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    go(audited, "好院", "beds_nursing")
    waits_for(qtbot, panel, audited.say("History of this cell"))
    put(audited, "好院", "beds_nursing", 62)
    waits_for(qtbot, panel, "60 → 62")


def test_history__the_last_few_newest_first(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    for value in range(HISTORY_SHOWN + 2):
        put(audited, "好院", "beds_nursing", value)
    go(audited, "好院", "beds_nursing")
    waits_for(qtbot, panel, "→ 7\n")
    lines = [text for text in texts(panel) if " → " in text]
    assert len(lines) == HISTORY_SHOWN
    assert lines[0].startswith("6 → 7")
    assert lines[1].startswith("5 → 6")


def test_history__of_the_cell_only(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    put(audited, "好院", "beds_nursing", 61)
    go(audited, "好院", "price")
    waits_for(qtbot, panel, audited.say("This record: nothing found"))
    drain(audited)
    assert not any("60 → 61" in text for text in texts(panel))


# --- Following the desk --------------------------------------------------------


def test_no_record__only_the_form_is_explained(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    go(audited, "坏院", "beds_nursing")
    waits_for(qtbot, panel, "不能大于总床位数")
    audited.desk.move(Place("area"))
    qtbot.waitUntil(lambda: texts(panel) == ["统计单元与人口表", "每个单元一条"])


def test_passing_by__shows_the_last_cell_only(
    qtbot: QtBot, panel: SidePanel, audited: Workplace
) -> None:
    for name, field in (("坏院", "beds_nursing"), ("好院", "price")):
        go(audited, name, field)
    waits_for(qtbot, panel, audited.say("This record: nothing found"))
    drain(audited)
    assert child(panel, QLabel, "side.title").text() == "月收费"
    assert not any("不能大于" in text for text in texts(panel))


def test_panel__reason_box_has_a_name(qtbot: QtBot, second_year: Workplace) -> None:
    panel = panel_of(qtbot, second_year)
    second_year.desk.move(Place("eci", raise_price(second_year), "price"))
    qtbot.waitUntil(lambda: bool(every(panel, QPlainTextEdit, "reason.text")))
    assert nameless(panel) == []


def test_panel__freed_while_it_reads(qtbot: QtBot, audited: Workplace) -> None:
    panel = SidePanel(audited)
    panel.show()
    go(audited, "坏院", "beds_nursing")
    waits_for(qtbot, panel, "不能大于总床位数")
    go(audited, "好院", "beds_nursing")
    panel.close()
    panel.deleteLater()
    free(panel)
    assert not isValid(panel)
    put(audited, "好院", "beds_nursing", 62)
    drain(audited)


def test_reason__what_is_half_typed_outlives_an_audit(
    qtbot: QtBot, audited: Workplace
) -> None:
    work = audited
    [street] = [one for one in records(work, "area") if one.unit == small.STREET]
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        pop = work.form("area").by_id["pop_60plus"]
        work.session.apply(set_cell(street, pop, 5))
    panel = panel_of(qtbot, work)
    work.desk.move(Place("area", street.id, "pop_60plus"))
    qtbot.waitUntil(lambda: bool(every(panel, QPlainTextEdit, "reason.text")))
    box = child(panel, QPlainTextEdit, "reason.text")
    type_text(box, "外区老年人入住，")
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    drain(work)
    assert child(panel, QPlainTextEdit, "reason.text") is box
    work.desk.move(Place("area", street.id, "households"))
    qtbot.waitUntil(lambda: not isValid(box))
    [again] = every(panel, QPlainTextEdit, "reason.text")
    assert again.toPlainText() == "外区老年人入住，"
