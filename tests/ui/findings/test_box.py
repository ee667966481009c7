from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QPushButton

from desktop.app.audit.standing import Standing
from desktop.app.entry.edits import rule_topic
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.findings.box import FindingBox
from tests import asked
from tests import small
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import nameless
from tests.ui.desks import record_named
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.audit.drafts import Draft
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

RULE = "eci.price_jump"


def finding(work: Workplace, level: Level = Level.WARNING) -> Finding:
    record = record_named(work, "eci", "好院")
    return Finding(
        rule=RULE,
        level=level,
        outcome=Outcome.FAILED,
        form="eci",
        unit=small.STREET,
        period="2025",
        record=record.id,
        fields=("price", "status"),
        text="月收费由 <b>1</b> 变为 2，请说明",
    )


def box_of(
    qtbot: QtBot, work: Workplace, what: Finding, notes: Mapping[str, str] | None = None
) -> FindingBox:
    made = FindingBox(work, what, record_named(work, "eci", "好院"), notes or {})
    qtbot.addWidget(made)
    made.show()
    return made


def here(work: Workplace, field: str | None) -> None:
    work.desk.move(Place("eci", record_named(work, "eci", "好院").id, field))


def texts(box: FindingBox) -> list[str]:
    return [label.text() for label in every(box, QLabel)]


@pytest.mark.parametrize("level", Level)
def test_box__says_its_level_in_words_and_shows_an_icon(
    qtbot: QtBot, work: Workplace, level: Level
) -> None:
    boxes = {one: box_of(qtbot, work, finding(work, one)) for one in Level}
    said = {one: texts(box)[1] for one, box in boxes.items()}
    assert len(set(said.values())) == 3
    icons = {one: every(box, QLabel)[0].grab().toImage() for one, box in boxes.items()}
    assert all(icons[one] != icons[level] for one in Level if one is not level)
    assert not icons[level].isNull()


def test_box__the_sentence_is_plain_text(qtbot: QtBot, work: Workplace) -> None:
    label = child(box_of(qtbot, work, finding(work)), QLabel, "finding.text")
    assert label.text() == "月收费由 <b>1</b> 变为 2，请说明"
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_jump__leads_to_the_cell(qtbot: QtBot, work: Workplace) -> None:
    here(work, "beds_total")
    box = box_of(qtbot, work, finding(work, Level.ERROR))
    work.desk.turn_to(Page.AUDIT)
    with qtbot.waitSignal(work.desk.sought) as sought:
        qtbot.mouseClick(
            child(box, QPushButton, "finding.go"), Qt.MouseButton.LeftButton
        )
    assert sought.args == [Place("eci", record_named(work, "eci", "好院").id, "price")]
    assert work.desk.page is Page.ENTRY


@pytest.mark.parametrize("field", ["price", "status"])
def test_jump__not_offered_where_one_is_already(
    qtbot: QtBot, work: Workplace, field: str
) -> None:
    here(work, field)
    box = box_of(qtbot, work, finding(work, Level.ERROR))
    assert box.findChild(QPushButton, "finding.go") is None


def test_jump__a_finding_without_cells_has_nowhere_to_lead(
    qtbot: QtBot, work: Workplace
) -> None:
    box = box_of(qtbot, work, replace(finding(work), fields=()))
    assert box.findChild(QPushButton, "finding.go") is None


def test_reason__open_for_the_cell_before_the_person(
    qtbot: QtBot, work: Workplace
) -> None:
    here(work, "price")
    box = box_of(qtbot, work, finding(work))
    assert child(box, QPlainTextEdit, "reason.text").isVisible()
    assert box.findChild(QPushButton, "finding.more") is None
    assert nameless(box) == []


def test_reason__opens_on_demand_and_takes_the_focus(
    qtbot: QtBot, work: Workplace
) -> None:
    here(work, "beds_total")
    box = box_of(qtbot, work, finding(work))
    box.activateWindow()
    text = child(box, QPlainTextEdit, "reason.text")
    assert not text.isVisible()
    more = child(box, QPushButton, "finding.more")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert not more.isVisible()
    qtbot.waitUntil(text.hasFocus)


def test_reason__is_saved_as_typed(qtbot: QtBot, work: Workplace) -> None:
    here(work, "price")
    box = box_of(qtbot, work, finding(work))
    type_text(child(box, QPlainTextEdit, "reason.text"), " 物价局批准调价 ")
    with qtbot.waitSignal(work.bridge.saved):
        qtbot.mouseClick(
            child(box, QPushButton, "reason.save"), Qt.MouseButton.LeftButton
        )
    record = record_named(work, "eci", "好院")
    notes = asked.notes(work.session, record.key)
    assert notes[rule_topic(RULE)] == "物价局批准调价"


def test_reason__the_same_again_writes_nothing(qtbot: QtBot, work: Workplace) -> None:
    here(work, "price")
    box = box_of(qtbot, work, finding(work), {rule_topic(RULE): "调价"})
    assert child(box, QPlainTextEdit, "reason.text").toPlainText() == "调价"
    with qtbot.assertNotEmitted(work.bridge.saved):
        qtbot.mouseClick(
            child(box, QPushButton, "reason.save"), Qt.MouseButton.LeftButton
        )
        drain(work)


def test_reason__tab_leaves_the_box(qtbot: QtBot, work: Workplace) -> None:
    here(work, "price")
    box = box_of(qtbot, work, finding(work))
    box.activateWindow()
    text, save = (
        child(box, QPlainTextEdit, "reason.text"),
        child(box, QPushButton, "reason.save"),
    )
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert save.hasFocus()
    assert text.toPlainText() == ""


def test_reason__one_written_is_marked_in_words(qtbot: QtBot, work: Workplace) -> None:
    here(work, "beds_total")
    bare = box_of(qtbot, work, finding(work))
    told = box_of(qtbot, work, finding(work), {rule_topic(RULE): "调价"})
    more = [child(box, QPushButton, "finding.more").text() for box in (bare, told)]
    assert more == [work.say("Explain…"), work.say("Explained")]


def kept(box: FindingBox) -> Draft:
    """Give what was begun in a box."""
    draft = box.draft
    assert draft is not None
    return draft


def test_explain__leads_into_the_box_where_a_reason_is_asked_for(
    qtbot: QtBot, work: Workplace
) -> None:
    here(work, "beds_total")
    box = box_of(qtbot, work, finding(work), {rule_topic(RULE): "调价"})
    assert (box.said.standing, box.said.text) == (Standing.STANDS, "调价")
    box.activateWindow()
    assert box.explain()
    qtbot.waitUntil(child(box, QPlainTextEdit, "reason.text").hasFocus)
    assert not child(box, QPushButton, "finding.more").isVisible()
    assert not box_of(qtbot, work, finding(work, Level.ERROR)).explain()


def test_resume__goes_on_with_what_was_begun_before(
    qtbot: QtBot, work: Workplace
) -> None:
    here(work, "beds_total")
    begun = box_of(qtbot, work, finding(work))
    assert begun.draft is None
    begun.explain()
    type_text(child(begun, QPlainTextEdit, "reason.text"), "还没写完")
    draft = kept(begun)
    again = box_of(qtbot, work, finding(work))
    text = child(again, QPlainTextEdit, "reason.text")
    again.resume(None)
    assert not text.isVisible()
    again.activateWindow()
    again.resume(replace(draft, focused=True))
    assert (text.isVisible(), text.toPlainText()) == (True, "还没写完")
    qtbot.waitUntil(text.hasFocus)
    error = box_of(qtbot, work, finding(work, Level.ERROR))
    error.resume(draft)
    assert error.draft is None


def test_resume__without_the_keyboard_leaves_it_where_it_is(
    qtbot: QtBot, work: Workplace
) -> None:
    here(work, "price")
    begun = box_of(qtbot, work, finding(work))
    type_text(child(begun, QPlainTextEdit, "reason.text"), "还没写完")
    draft = kept(begun)
    again = box_of(qtbot, work, finding(work))
    again.resume(replace(draft, focused=False))
    text = child(again, QPlainTextEdit, "reason.text")
    assert text.isVisible()
    assert not text.hasFocus()


@pytest.mark.parametrize("level", [Level.ERROR, Level.INFO])
def test_reason__only_warnings_are_explained(
    qtbot: QtBot, work: Workplace, level: Level
) -> None:
    box = box_of(qtbot, work, finding(work, level))
    assert box.findChild(QPlainTextEdit) is None


def test_reason__shown_but_not_asked_for_in_a_ledger_for_reading(
    qtbot: QtBot, open_work: Opener, small_ledger: Path
) -> None:
    work = open_work(small_ledger, read_only=True)
    here(work, "price")
    bare = box_of(qtbot, work, finding(work))
    told = box_of(qtbot, work, finding(work), {rule_topic(RULE): "调价"})
    for box in (bare, told):
        assert box.findChild(QPlainTextEdit) is None
    assert "调价" in texts(told)
