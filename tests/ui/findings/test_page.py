from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from desktop.app.audit.finding_list import Grouping
from desktop.app.entry.edits import rule_topic
from desktop.app.entry.edits import set_cell
from desktop.core.findings import Level
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.entry.page import EntryPage
from desktop.ui.findings.page import AuditPage
from desktop.ui.look import labels
from tests import asked
from tests import small
from tests.ui.desk_of import find
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import record_named
from tests.ui.desks import records
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.core.findings import Finding
    from desktop.store.records import Record
    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

WRONG, ODD = "eci.nursing_within_total", "area.beds_within_elders"
ELDERS = {small.STREET: 10, small.COUNTY: 20}
Button = Qt.MouseButton.LeftButton


@dataclass
class Auditor:
    """A person at the page 审核."""

    qtbot: QtBot
    page: AuditPage

    @property
    def work(self) -> Workplace:
        return self.page.work

    def groups(self) -> list[tuple[str, int]]:
        """Give the title and size of every group."""
        model = self.page.model
        heads = [str(model.index(row, 0).data()) for row in model.heads]
        sizes = [len(group.findings) for group in model.list.groups]
        return list(zip(heads, sizes, strict=True))

    def lines(self) -> list[QModelIndex]:
        """Give the findings in the list, from top to bottom."""
        model = self.page.model
        return [
            model.index(row, 0)
            for row in range(model.rowCount())
            if not model.is_group(row)
        ]

    def line(self, rule: str, unit: str = small.STREET) -> QModelIndex:
        """Find the line of a finding."""
        found = [(index, self.page.model.finding(index)) for index in self.lines()]
        [index] = [
            index
            for index, what in found
            if what is not None and (what.rule, what.unit) == (rule, unit)
        ]
        return index

    def chosen(self) -> Finding | None:
        return self.page.model.finding(self.page.list.currentIndex())

    def choose(self, rule: str, unit: str = small.STREET) -> None:
        self.page.list.go_to(self.line(rule, unit).row())

    def shows(self, count: int) -> None:
        """Wait until the list has so many findings."""
        self.qtbot.waitUntil(lambda: len(self.lines()) == count)

    def said(self, name: str) -> str:
        return child(self.page, QLabel, name).text()

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(child(self.page, QPushButton, name), Button)

    def reason(self) -> QPlainTextEdit:
        return child(self.page, QPlainTextEdit, "reason.text")

    def notes(self, rule: str) -> str:
        """Read what the ledger holds about a rule of the street's record."""
        [key] = [
            record.key
            for form in ("eci", "area")
            for record in records(self.work, form)
            if rule.startswith(form) and record.unit == small.STREET
        ][:1]
        return asked.notes(self.work.session, key).get(rule_topic(rule), "")


def at_work(qtbot: QtBot, work: Workplace) -> Auditor:
    """Open the page on a ledger."""
    work.desk.turn_to(Page.AUDIT)
    page = AuditPage(work)
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    return Auditor(qtbot, page)


def fill_elders(work: Workplace) -> None:
    """Have fewer elders than beds in both units: two warnings more."""
    field = work.form("area").by_id["pop_60plus"]
    for record in records(work, "area"):
        work.session.apply(set_cell(record, field, ELDERS[record.unit])).result()


@pytest.fixture
def auditor(qtbot: QtBot, audited: Workplace) -> Auditor:
    fill_elders(audited)
    qtbot.waitUntil(lambda: len(audited.bridge.board.all()) == 3)
    made = at_work(qtbot, audited)
    qtbot.addWidget(made.page)
    made.shows(3)
    return made


@pytest.fixture
def gate(work: Workplace) -> Iterator[Event]:
    """Hold what a test may stop the ledger's thread with."""
    made = Event()
    yield made
    made.set()


def close_gate(work: Workplace, gate: Event) -> None:
    work.session.thread.call(lambda _: gate.wait(20))


# --- The list ------------------------------------------------------------------


def test_list__by_rule_what_must_be_corrected_first(auditor: Auditor) -> None:
    say = auditor.work.say
    [wrong, odd] = auditor.groups()
    assert wrong[1] == 1
    assert labels.level(say, Level.ERROR) in wrong[0]
    assert "养老机构调查表 · 护理型床位数、总床位数" in wrong[0]
    assert odd[1] == 2
    assert labels.level(say, Level.WARNING) in odd[0]


def test_list__first_groups_are_open_and_the_first_finding_chosen(
    auditor: Auditor,
) -> None:
    model = auditor.page.model
    assert all(model.is_open_at(row) for row in model.heads)
    chosen = auditor.chosen()
    assert chosen is not None
    assert chosen.rule == WRONG


def test_counts__by_level_kinds_and_explained(auditor: Auditor) -> None:
    assert auditor.said("audit.error") == "强制性 1 项（1 类）"
    assert auditor.said("audit.warning") == "核实性 2 项，其中已说明 0"
    assert auditor.said("audit.info") == "提示 0 项"
    explain(auditor, "含区外老人")
    auditor.qtbot.waitUntil(
        lambda: auditor.said("audit.warning") == "核实性 2 项，其中已说明 1"
    )
    [street] = [r for r in records(auditor.work, "area") if r.unit == small.STREET]
    field = auditor.work.form("area").by_id["pop_60plus"]
    auditor.work.session.apply(set_cell(street, field, 11)).result()
    auditor.qtbot.waitUntil(
        lambda: auditor.said("audit.warning").endswith("已说明 0、待重新说明 1")
    )


@pytest.mark.parametrize(
    ("grouping", "sizes", "names"),
    [
        (Grouping.FORM, [1, 2], ["养老机构调查表", "统计单元与人口表"]),
        (Grouping.UNIT, [1, 1, 1], ["华阳路街道", "长宁区", "华阳路街道"]),
    ],
)
def test_grouping__another_way_keeps_the_chosen_finding(
    auditor: Auditor, grouping: Grouping, sizes: list[int], names: list[str]
) -> None:
    auditor.choose(ODD)
    box = child(auditor.page, QComboBox, "audit.grouping")
    box.setCurrentIndex(box.findData(grouping))
    auditor.qtbot.waitUntil(lambda: names[-1] in auditor.groups()[-1][0])
    found = auditor.groups()
    assert sorted(size for _, size in found) == sorted(sizes)
    assert all(any(name in title for title, _ in found) for name in names)
    chosen = auditor.chosen()
    assert chosen is not None
    assert (chosen.rule, chosen.unit) == (ODD, small.STREET)


@pytest.mark.parametrize(
    ("words", "count"), [("不能大于", 1), ("坏院", 1), ("长宁区", 1), ("床位", 3)]
)
def test_filter__by_words_record_and_unit(
    auditor: Auditor, words: str, count: int
) -> None:
    box = child(auditor.page, QLineEdit, "audit.filter")
    type_text(box, "无此")
    auditor.shows(0)
    assert auditor.page.list.isVisible(), "a filter is not a clean ledger"
    box.clear()
    type_text(box, words)
    auditor.shows(count)
    box.clear()
    auditor.shows(3)


def test_filter__that_leaves_nothing_leaves_no_detail(auditor: Auditor) -> None:
    detail = child(auditor.page, QFrame, "audit.detail")
    assert detail.isVisible()
    type_text(child(auditor.page, QLineEdit, "audit.filter"), "无此")
    auditor.shows(0)
    assert not detail.isVisible()


def test_find__goes_to_the_filter(auditor: Auditor) -> None:
    auditor.work.desk.asked.emit("edit.find")
    auditor.qtbot.waitUntil(child(auditor.page, QLineEdit, "audit.filter").hasFocus)


def test_find__is_not_taken_from_another_page(auditor: Auditor) -> None:
    auditor.page.list.setFocus()
    auditor.work.desk.turn_to(Page.ENTRY)
    auditor.work.desk.asked.emit("edit.find")
    assert not child(auditor.page, QLineEdit, "audit.filter").hasFocus()


def test_model__keeps_qts_rules_on_a_real_audit(
    auditor: Auditor, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(auditor.page.model)


def test_page__every_part_has_a_name(auditor: Auditor) -> None:
    assert nameless(auditor.page) == []


def test_list__follows_a_correction(auditor: Auditor) -> None:
    record = record_named(auditor.work, "eci", "坏院")
    field = auditor.work.form("eci").by_id["beds_nursing"]
    auditor.work.session.apply(set_cell(record, field, 50))
    auditor.shows(2)
    assert auditor.said("audit.error") == "强制性 0 项（0 类）"


def test_list__closed_groups_stay_closed(auditor: Auditor) -> None:
    model = auditor.page.model
    model.set_open(model.heads[1], opened=False)
    with auditor.qtbot.waitSignal(model.modelReset):
        auditor.work.session.refresh()
    assert [model.is_open_at(row) for row in model.heads] == [True, False]


def test_list__is_read_when_the_page_is_turned_to(
    qtbot: QtBot, audited: Workplace
) -> None:
    auditor = at_work(qtbot, audited)
    qtbot.addWidget(auditor.page)
    auditor.shows(1)
    audited.desk.turn_to(Page.ENTRY)
    fill_elders(audited)
    with qtbot.waitSignal(audited.bridge.figures_changed):
        audited.session.refresh()
    auditor.page.read()
    drain(audited)
    assert len(auditor.lines()) == 1, "nobody looks: nothing is read"
    audited.desk.turn_to(Page.AUDIT)
    auditor.shows(3)


# --- The way to the cell -------------------------------------------------------


def bad(work: Workplace) -> Record:
    return record_named(work, "eci", "坏院")


def test_enter__leads_to_the_cell(auditor: Auditor) -> None:
    auditor.choose(WRONG)
    auditor.page.list.setFocus()
    with auditor.qtbot.waitSignal(auditor.work.desk.sought) as sought:
        auditor.qtbot.keyClick(auditor.page.list, Qt.Key.Key_Return)
    place = Place("eci", bad(auditor.work).id, "beds_nursing")
    assert sought.args == [place]
    assert auditor.work.desk.page is Page.ENTRY


def test_button__leads_to_the_cell(auditor: Auditor) -> None:
    auditor.choose(WRONG)
    auditor.press("audit.go")
    place = Place("eci", bad(auditor.work).id, "beds_nursing")
    assert auditor.work.desk.place == place
    assert auditor.work.desk.page is Page.ENTRY


def test_window__enter_goes_to_the_cell_in_the_grid(
    window: MainWindow, qtbot: QtBot
) -> None:
    desk = window.work.desk
    desk.turn_to(Page.AUDIT)
    page = window.page(Page.AUDIT)
    assert isinstance(page, AuditPage)
    qtbot.waitUntil(lambda: page.model.finding(page.list.currentIndex()) is not None)
    last = max(
        row for row in range(page.model.rowCount()) if not page.model.is_group(row)
    )
    page.list.go_to(last)
    finding = page.model.finding_at(last)
    assert finding is not None
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    place = Place(finding.form, finding.record, finding.fields[0])
    qtbot.waitUntil(lambda: desk.place == place)
    entry = find(window, EntryPage)
    qtbot.waitUntil(lambda: entry.grid is not None and entry.grid.isVisible())
    assert entry.grid is not None
    assert entry.model is not None
    grid, model = entry.grid, entry.model

    def there() -> bool:
        index = grid.currentIndex()
        row = None if finding.record is None else model.row_of(finding.record)
        return (index.row(), index.column()) == (
            row,
            model.column_of(place.field or ""),
        )

    qtbot.waitUntil(there)


# --- The detail ----------------------------------------------------------------


def test_detail__sentence_form_and_record(auditor: Auditor) -> None:
    auditor.choose(WRONG)
    assert auditor.said("audit.text") == "护理型床位数（120）不能大于总床位数（100）"
    auditor.qtbot.waitUntil(
        lambda: auditor.said("audit.where") == "养老机构调查表 · 坏院"
    )


def test_reason__asked_for_warnings_only(auditor: Auditor) -> None:
    auditor.choose(WRONG)
    assert not auditor.reason().isVisible()
    auditor.choose(ODD)
    assert auditor.reason().isVisible()


def test_explain__the_command_leads_into_the_reason(auditor: Auditor) -> None:
    auditor.choose(ODD)
    auditor.page.activateWindow()
    auditor.page.list.setFocus()
    auditor.work.desk.asked.emit("audit.explain")
    auditor.qtbot.waitUntil(auditor.reason().hasFocus)


def explain(auditor: Auditor, text: str) -> None:
    auditor.choose(ODD)
    type_text(auditor.reason(), text)
    with auditor.qtbot.waitSignal(auditor.work.bridge.saved):
        auditor.press("reason.save")


def test_reason__saved_and_shown_in_the_list(auditor: Auditor) -> None:
    say = auditor.work.say
    explained = auditor.line(ODD).siblingAtColumn(3)
    assert explained.data() == say("To be explained")
    explain(auditor, " 含区外老人 ")
    auditor.qtbot.waitUntil(
        lambda: auditor.line(ODD).siblingAtColumn(3).data() == "含区外老人"
    )
    assert auditor.notes(ODD) == "含区外老人"
    auditor.choose(WRONG)
    auditor.choose(ODD)
    assert auditor.reason().toPlainText() == "含区外老人"
    auditor.choose(ODD, small.COUNTY)
    assert auditor.reason().toPlainText() == ""


def test_reason__begun_is_there_again_after_another_finding(auditor: Auditor) -> None:
    auditor.choose(ODD)
    type_text(auditor.reason(), "还没写完")
    auditor.choose(ODD, small.COUNTY)
    assert auditor.reason().toPlainText() == ""
    auditor.choose(ODD)
    assert auditor.reason().toPlainText() == "还没写完"


def test_reason__the_same_again_writes_nothing(auditor: Auditor) -> None:
    auditor.choose(ODD)
    with auditor.qtbot.assertNotEmitted(auditor.work.bridge.saved):
        auditor.press("reason.save")
        drain(auditor.work)


def test_reason__that_is_being_typed_stays(auditor: Auditor) -> None:
    auditor.choose(ODD)
    auditor.reason().setFocus()
    auditor.qtbot.waitUntil(auditor.reason().hasFocus)
    type_text(auditor.reason(), "还没写完")
    with auditor.qtbot.waitSignal(auditor.page.model.modelReset):
        auditor.work.session.refresh()
    assert auditor.reason().toPlainText() == "还没写完"


def test_reason__not_asked_for_in_a_ledger_for_reading(
    qtbot: QtBot, open_work: Opener, small_ledger: Path
) -> None:
    with small.opened(small_ledger) as ledger:
        field = ledger.pack().form_by_id["area"].by_id["pop_60plus"]
        for record in ledger.rows("area", ledger.ids("area", small.YEAR.code)):
            ledger.apply(set_cell(record, field, ELDERS[record.unit]))
    work = open_work(small_ledger, read_only=True)
    with qtbot.waitSignal(work.bridge.figures_changed):
        work.session.refresh()
    auditor = at_work(qtbot, work)
    qtbot.addWidget(auditor.page)
    auditor.shows(3)
    auditor.choose(ODD)
    assert auditor.said("audit.text") == "床位多于老年人"
    assert not auditor.reason().isVisible()


# --- Nothing found -------------------------------------------------------------


def test_empty__says_that_all_is_well(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    path = small.make_ledger(tmp_path)
    with small.opened(path) as ledger:
        small.put(ledger, "好院", beds_total=100, beds_nursing=60)
    work = open_work(path)
    with qtbot.waitSignal(work.bridge.figures_changed):
        work.session.refresh()
    auditor = at_work(qtbot, work)
    qtbot.addWidget(auditor.page)
    drain(work)
    assert child(auditor.page, QFrame, "audit.empty").isVisible()
    assert not auditor.page.list.isVisible()
    assert not child(auditor.page, QFrame, "audit.detail").isVisible()
    assert auditor.said("audit.error") == "强制性 0 项（0 类）"


def test_empty__is_no_all_clear_before_the_first_audit(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    work = open_work(small.make_ledger(tmp_path))
    auditor = at_work(qtbot, work)
    qtbot.addWidget(auditor.page)
    drain(work)
    assert child(auditor.page, QFrame, "audit.under-way").isVisible()
    with qtbot.waitSignal(work.bridge.figures_changed):
        work.session.refresh()
    qtbot.waitUntil(child(auditor.page, QFrame, "audit.empty").isVisible)


# --- Auditing again ------------------------------------------------------------


def test_again__shows_how_far_it_is(auditor: Auditor, gate: Event) -> None:
    work = auditor.work
    bar = find(auditor.page, QProgressBar)
    seen: list[tuple[int, int]] = []
    bar.valueChanged.connect(lambda done: seen.append((done, bar.maximum())))
    close_gate(work, gate)
    auditor.press("audit.run")
    assert bar.isVisible()
    work.desk.asked.emit("audit.run")
    with auditor.qtbot.waitSignal(work.bridge.figures_changed):
        gate.set()
    auditor.qtbot.waitUntil(lambda: not bar.isVisible())
    steps = [done for done, of in seen if of == len(work.pack.forms) + 1]
    assert steps == [0, 1, 2], "once, though asked for twice; the figures come last"
    assert len(auditor.lines()) == 3


def test_again__an_audit_that_breaks_off_can_be_asked_for_again(
    auditor: Auditor,
) -> None:
    work = auditor.work
    bar = find(auditor.page, QProgressBar)
    auditor.press("audit.run")
    assert bar.isVisible()
    work.bridge.refresh_failed.emit()
    assert not bar.isVisible()
    with auditor.qtbot.waitSignal(work.bridge.figures_changed):
        auditor.press("audit.run")


def test_again__can_be_stopped_and_goes_on_where_it_was(
    auditor: Auditor, gate: Event
) -> None:
    work = auditor.work
    close_gate(work, gate)
    auditor.press("audit.run")
    with auditor.qtbot.assertNotEmitted(work.bridge.figures_changed, wait=200):
        auditor.press("audit.stop")
        gate.set()
        drain(work)
    assert not find(auditor.page, QProgressBar).isVisible()
    stopped = work.say("Stopped: some forms were not audited again.")
    assert auditor.said("audit.progress") == stopped
    with auditor.qtbot.waitSignal(work.bridge.figures_changed):
        auditor.press("audit.run")


# --- What others ask for -------------------------------------------------------


def test_look__shows_the_findings_of_a_form_and_level(auditor: Auditor) -> None:
    auditor.work.desk.look_into("area", Level.WARNING)
    auditor.shows(2)
    assert auditor.work.desk.sight is None
    auditor.work.desk.look_into("area", Level.ERROR)
    auditor.shows(0)


def test_look__by_a_page_that_is_made_only_then(
    qtbot: QtBot, audited: Workplace
) -> None:
    audited.desk.look_into("eci", Level.WARNING)
    auditor = at_work(qtbot, audited)
    qtbot.addWidget(auditor.page)
    drain(audited)
    assert auditor.lines() == []
    audited.desk.look_into("eci", Level.ERROR)
    auditor.shows(1)


# --- Several at once -----------------------------------------------------------


def test_several__of_one_unit_only(auditor: Auditor) -> None:
    auditor.page.list.selectAll()
    say = auditor.work.say
    assert auditor.said("audit.text") == say("{count} findings chosen", count=3)
    assert not auditor.reason().isVisible()
    assert not child(auditor.page, QPushButton, "audit.go").isVisible()


# --- The end -------------------------------------------------------------------


def test_page__freed_with_an_audit_on_its_way(
    qtbot: QtBot, audited: Workplace, gate: Event
) -> None:
    auditor = at_work(qtbot, audited)
    page = auditor.page
    auditor.shows(1)
    close_gate(audited, gate)
    auditor.press("audit.run")
    page.read()
    page.close()
    page.deleteLater()
    free(page)
    assert not isValid(page)
    gate.set()
    with qtbot.waitSignal(audited.bridge.figures_changed):
        audited.session.refresh()
    drain(audited)
