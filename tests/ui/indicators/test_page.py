from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from desktop.app.entry.edits import set_cell
from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.app.people.comfort import Theme
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.export.wording import LINE
from desktop.indicators.figures import Judgement
from desktop.indicators.figures import Path
from desktop.indicators.figures import Status
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.entry.page import EntryPage
from desktop.ui.indicators.compare import CompareDialog
from desktop.ui.indicators.model import STATUS
from desktop.ui.indicators.page import IndicatorsPage
from desktop.ui.look import labels
from tests.indicators.judged import ADM
from tests.indicators.judged import PROMISE
from tests.small import INDICATORS
from tests.small import choosing_pack
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import put
from tests.ui.desk_of import find
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import free
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.main_window import MainWindow
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def page_of(work: Workplace) -> IndicatorsPage:
    work.desk.turn_to(Page.INDICATORS)
    page = IndicatorsPage(work)
    page.resize(1200, 900)
    page.show()
    drain(work)
    return page


@pytest.fixture
def page(qtbot: QtBot, audited: Workplace) -> IndicatorsPage:
    made = page_of(audited)
    qtbot.addWidget(made)
    return made


def texts(page: IndicatorsPage) -> list[str]:
    shown = [one for one in every(page.detail, QLabel) if not one.isHidden()]
    return [one.text() for one in shown]


def waits_for(qtbot: QtBot, page: IndicatorsPage, text: str) -> None:
    qtbot.waitUntil(lambda: any(text in said for said in texts(page)))


def count(page: IndicatorsPage, status: Status) -> str:
    return child(page, QPushButton, f"indicators.{status.value}").text()


def edit(qtbot: QtBot, work: Workplace, name: str, beds: int) -> None:
    field = work.form("eci").by_id["beds_nursing"]
    action = set_cell(record_named(work, "eci", name), field, beds)
    with qtbot.waitSignal(work.bridge.figures_changed):
        work.session.apply(action)


def test_counts__by_standing_in_words(page: IndicatorsPage, audited: Workplace) -> None:
    expected = {Status.REACHED: 1, Status.NO_TARGET: 1}
    for status in Status:
        said = f"{labels.status(audited.say, status)} {expected.get(status, 0)}"
        assert count(page, status) == said
        button = child(page, QPushButton, f"indicators.{status.value}")
        assert button.isHidden() == (status not in expected)


def test_counts__follow_an_edit(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    edit(qtbot, audited, "坏院", 10)
    assert count(page, Status.REACHED).endswith(" 0")
    assert count(page, Status.NOT_REACHED).endswith(" 1")
    waits_for(qtbot, page, "还差 95 张")


def test_panel__how_the_first_one_is_computed(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    say = audited.say
    waits_for(qtbot, page, "护理型床位占比")
    found = texts(page)
    assert "60.00%" in found
    assert labels.status(say, Status.REACHED) in found
    assert f"{say('Numerator')}：护理型床位数 = 180 张" in found
    assert f"{say('Denominator')}：总床位数 = 300" in found
    rests = say(
        "Rests on {records} records; {blanks} left it blank", records=3, blanks=1
    )
    assert rests in found
    assert "≥55%（2025年）" in found
    assert say("Note: {note}", note="演示") in found
    assert say("What to fill in") not in found


def test_panel__formula_in_words(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    qtbot.waitUntil(lambda: len(every(page, QLabel, "indicator.formula")) == 1)
    formula = page.model.rows[0].line.formula
    assert formula
    assert child(page, QLabel, "indicator.formula").text() == formula
    assert "SUM" not in formula
    filled = child(page, QLabel, "indicator.filled").text()
    assert filled == "180 张 ÷ 300 × 100 = 60.00%"


def test_panel__follows_the_chosen_row(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    waits_for(qtbot, page, "历年床位")
    free(page)
    found = texts(page)
    assert not any(each.startswith(audited.say("Denominator")) for each in found)
    assert "护理型床位占比" not in found


def test_model__keeps_qts_rules_on_the_page(
    qtbot: QtBot,
    page: IndicatorsPage,
    audited: Workplace,
    qtmodeltester: ModelTester,
) -> None:
    qtmodeltester.check(page.model)
    edit(qtbot, audited, "坏院", 10)


def test_page__every_part_has_a_name(page: IndicatorsPage) -> None:
    assert nameless(page) == []


# --- On the way, judged, side by side ------------------------------------------


def panel_of(qtbot: QtBot, work: Workplace, number: int, **figure: object) -> list[str]:
    """Give what the panel says of an indicator with another figure."""
    bridge = work.bridge
    assert bridge.figures is not None
    changed = list(bridge.figures)
    changed[number] = replace(changed[number], **figure)  # type: ignore[arg-type]  # any part
    bridge.figures = tuple(changed)
    page = page_of(work)
    qtbot.addWidget(page)
    page.table.selectRow(number)
    free(page)
    return texts(page)


def test_panel__what_is_expected_by_now(qtbot: QtBot, audited: Workplace) -> None:
    path = Path(Decimal(48), Decimal(30), 2020, assumed=True)
    said = panel_of(qtbot, audited, 0, status=Status.BEHIND, path=path)
    assert labels.status(audited.say, Status.BEHIND) in said
    assert any("按直线进度，本年应达 48%" in each for each in said)
    assert LINE in said


def test_panel__how_a_commitment_was_judged(qtbot: QtBot, audited: Workplace) -> None:
    judgement = Judgement((("已实现", 2), ("未实现", 1)), 0)
    said = panel_of(
        qtbot, audited, 0, status=Status.JUDGED, gap=None, judgement=judgement
    )
    words = audited.say("Judged: {words}", words="已实现 2、未实现 1")
    assert words in said
    assert "已评定" in said


def test_panel__leads_to_where_a_commitment_is_to_be_judged(
    qtbot: QtBot, audited: Workplace
) -> None:
    said = panel_of(qtbot, audited, 0, status=Status.UNJUDGED, gap=None)
    assert audited.say("What to fill in") in said


def test_panel__of_a_commitment_in_words_has_no_terms(
    qtbot: QtBot, open_work: Opener, tmp_path: FilePath
) -> None:
    data = pack_data()
    options = [
        {"id": name, "title": title, "value": "SUM(eci.beds_total)", "ours": "演示"}
        for name, title in (("one", "甲"), ("two", "乙"))
    ]
    data["definitions"] = [
        {"id": "base", "title": "床位包括哪些", "options": options, "default": "two"}
    ]
    data["forms"] = [*data["forms"], ADM]
    begun = {"value": 90, "year": 2020, "basis": "numeric"}
    number = {"title": "床位", "value": "definition.base", "measure": "张"}
    data["indicators"] = [
        {**PROMISE, "departments": ["住房城乡建设局"]},
        {**INDICATORS[1], "numerator": number, "targets": [], "baseline": begun},
    ]
    work = open_work(make_ledger(tmp_path, pack_of(data)))
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    page = page_of(work)
    qtbot.addWidget(page)
    said = texts(page)
    assert labels.status(work.say, Status.UNJUDGED) in said
    assert work.say("Responsible: {departments}", departments="住房城乡建设局") in said
    assert not any(each.startswith(work.say("Numerator")) for each in said)
    page.table.selectRow(1)
    waits_for(qtbot, page, "已有成绩：90 张（2020年）")
    free(page)
    assert work.say("Definition: {words}", words="床位包括哪些：乙") in texts(page)


def test_compare__opens_from_the_page(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    child(page, QPushButton, "indicators.compare").click()
    dialog = child(page, CompareDialog, "compare")
    assert dialog.isVisible()
    child(dialog, QPushButton, "compare.close").click()
    free(page)


def test_panel__says_by_which_definition_and_follows_a_choice(
    qtbot: QtBot, open_work: Opener, tmp_path: FilePath
) -> None:
    path = make_ledger(tmp_path, choosing_pack())
    with opened(path) as ledger:
        put(ledger, "甲院", beds_total=100, beds_nursing=60)
        put(ledger, "乙院", beds_total=100, beds_nursing=0, status="停业")
    work = open_work(path)
    page = page_of(work)
    qtbot.addWidget(page)
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    waits_for(qtbot, page, "养老服务床位：运营中的床位")
    assert "60.00%" in texts(page)

    change = DefinitionChange("2025", "definition.beds", "", "closed_too")
    work.session.apply(Action(message("test"), (change,)))

    waits_for(qtbot, page, "30.00%")
    waits_for(qtbot, page, "养老服务床位：连同停业的床位")
    waits_for(qtbot, page, "口径：连同停业的床位")


def test_choices__asked_for_from_the_page(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    with qtbot.waitSignal(audited.desk.asked) as asked:
        child(page, QPushButton, "indicators.choices").click()
    assert asked.args == ["file.choices"]


# --- What is missing -----------------------------------------------------------


def test_missing__led_to_the_form_and_field_to_fill(
    window: MainWindow, qtbot: QtBot
) -> None:
    work = window.work
    work.desk.turn_to(Page.INDICATORS)
    page = window.page(Page.INDICATORS)
    assert isinstance(page, IndicatorsPage)
    statuses = [shown.status for shown in page.model.rows]
    page.table.selectRow(statuses.index(Status.MISSING))
    qtbot.waitUntil(lambda: bool(every(page, QPushButton, "indicator.fill")))
    free(page)
    go = every(page, QPushButton, "indicator.fill")[0]
    assert work.say("What to fill in") in texts(page)
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert work.desk.page is Page.ENTRY
    place = work.desk.place
    form = work.form(place.form)
    assert go.text() == work.say("Fill in {form}", form=form.title)
    entry = find(window, EntryPage)
    qtbot.waitUntil(lambda: entry.model is not None and entry.model.form is form)
    assert place.field is None or place.field in form.by_id


def test_missing__each_row_says_so_in_words(window: MainWindow, qtbot: QtBot) -> None:
    window.work.desk.turn_to(Page.INDICATORS)
    page = window.page(Page.INDICATORS)
    assert isinstance(page, IndicatorsPage)
    found = [shown.status for shown in page.model.rows]
    assert Status.MISSING in found
    qtbot.waitUntil(lambda: bool(count(page, Status.MISSING)))
    for status in set(found):
        assert count(page, status).endswith(f" {found.count(status)}")
    for number, status in enumerate(found):
        said = page.model.index(number, STATUS).data()
        assert said == labels.status(window.work.say, status)


def test_not_computed_yet__all_is_missing_and_where_to_fill_is_told(
    qtbot: QtBot, work: Workplace
) -> None:
    page = page_of(work)
    qtbot.addWidget(page)
    assert count(page, Status.MISSING).endswith(" 2")
    qtbot.waitUntil(lambda: bool(every(page, QPushButton, "indicator.fill")))
    free(page)
    waits_for(qtbot, page, "养老机构调查表：护理型床位数、总床位数")
    button = child(page, QPushButton, "indicator.fill")
    with qtbot.waitSignal(work.desk.sought) as sought:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sought.args == [Place("eci", None, "beds_nursing")]


def test_page__freed_with_figures_on_their_way(
    qtbot: QtBot, audited: Workplace
) -> None:
    page = IndicatorsPage(audited)
    page.show()
    page.close()
    page.deleteLater()
    free(page)
    assert not isValid(page)
    edit(qtbot, audited, "坏院", 10)
    drain(audited)


# --- Cards and table, filters, keys --------------------------------------------


def test_view__cards_or_table_is_remembered(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    assert page.view() is page.cards
    page.table.selectRow(1)
    audited.desk.asked.emit("indicators.cards")
    assert page.view() is page.table
    assert page.table.currentIndex().row() == 1
    again = page_of(audited)
    qtbot.addWidget(again)
    assert again.view() is again.table
    again.switch()
    assert again.view() is again.cards
    assert page.work.habits.now.layout["indicators.view"] == "cards"


def test_search__finds_and_stays_at_the_indicator(
    qtbot: QtBot, page: IndicatorsPage
) -> None:
    search = child(page, QLineEdit, "indicators.search")
    page.table.selectRow(1)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.cards, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(search.hasFocus)
    search.setText("历年")
    assert page.chosen.rowCount() == 1
    assert page.detail.shown is not None
    assert page.detail.shown.line.title == "历年床位"
    search.clear()
    assert page.table.currentIndex().row() == 1
    search.setText("护理")
    assert page.detail.shown.line.title == "护理型床位占比"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(page.cards.hasFocus)


def test_filter__nothing_left_says_what_to_do(
    page: IndicatorsPage, audited: Workplace
) -> None:
    empty = child(page, QLabel, "indicators.empty")
    assert empty.isHidden()
    child(page, QPushButton, "indicators.reached").click()
    assert page.chosen.rowCount() == 1
    child(page, QLineEdit, "indicators.search").setText("历年")
    say = audited.say
    assert empty.text() == say("No indicator is like that. Take a filter away.")
    assert not empty.isHidden()
    assert page.detail.shown is None
    assert say("No indicator is chosen.") in texts(page)
    child(page, QPushButton, "indicators.all").click()
    assert page.chosen.rowCount() == 1


def test_empty__a_pack_without_indicators(
    qtbot: QtBot, open_work: Opener, tmp_path: FilePath
) -> None:
    data = {**pack_data(), "indicators": []}
    work = open_work(make_ledger(tmp_path, pack_of(data)))
    page = page_of(work)
    qtbot.addWidget(page)
    empty = child(page, QLabel, "indicators.empty")
    assert empty.text() == work.say("This pack has no indicators.")


def test_keys__down_through_the_cards(qtbot: QtBot, page: IndicatorsPage) -> None:
    qtbot.keyClick(page.cards, Qt.Key.Key_Down)
    assert page.detail.shown is not None
    assert page.detail.shown.line.title == "历年床位"


def test_page__letters_and_colours_may_change(
    page: IndicatorsPage, audited: Workplace
) -> None:
    height = page.table.verticalHeader().defaultSectionSize()
    audited.look.choose(Comfort(theme=Theme.CONTRAST, text=TextSize.HUGE))
    assert page.table.verticalHeader().defaultSectionSize() > height
    page.grab()


def test_filter__taken_away_leads_back_to_the_chosen_one(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.work.desk.turn_to(Page.INDICATORS)
    page = window.page(Page.INDICATORS)
    assert isinstance(page, IndicatorsPage)
    page.resize(1000, 400)
    last = page.model.rows[-1]
    search = child(page, QLineEdit, "indicators.search")
    search.setText(last.line.title)
    search.clear()
    assert page.detail.shown is not None
    assert page.detail.shown.line.id == last.line.id

    def in_sight() -> bool:
        rect = page.view().visualRect(page.table.currentIndex().siblingAtColumn(0))
        return page.view().viewport().rect().intersects(rect)

    qtbot.waitUntil(in_sight)
