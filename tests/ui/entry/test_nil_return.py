from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.commands import Need
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import remove_records
from desktop.ui.desk import Place
from desktop.ui.entry.form_list import LOOK
from desktop.ui.entry.form_list import FormList
from desktop.ui.entry.form_list import FormLook
from desktop.ui.entry.nil_return import NilReturn
from desktop.ui.entry.page import EntryPage
from tests import asked
from tests import small
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import records

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def emptied(work: Workplace) -> None:
    """Take all records of the roster away and go to it."""
    work.desk.move(Place("eci"))
    action = remove_records(work.form("eci"), records(work, "eci"))
    work.session.apply(action).result()
    drain(work)


def page(work: Workplace, qtbot: QtBot) -> EntryPage:
    made = EntryPage(work)
    qtbot.addWidget(made)
    made.show()
    drain(work)
    return made


def nils(work: Workplace) -> frozenset[tuple[str, str]]:
    return work.session.thread.call(lambda ledger: ledger.nils("2025")).result()


def test_nil__only_a_form_without_records_may_be_declared_empty(
    work: Workplace,
) -> None:
    work.desk.move(Place("eci"))
    nil = NilReturn(work, work.bridge)
    drain(work)
    assert Need.NIL not in work.desk.holds
    nil.toggle()
    drain(work)
    assert nils(work) == frozenset()
    emptied(work)
    assert Need.NIL in work.desk.holds


def test_nil__a_form_every_unit_fills_has_no_nil_return(work: Workplace) -> None:
    work.desk.move(Place("area"))
    NilReturn(work, work.bridge)
    gone = remove_records(work.form("area"), records(work, "area"))
    work.session.apply(gone).result()
    drain(work)
    assert asked.ids(work.session, "area") == []
    assert Need.NIL not in work.desk.holds


def test_nil__the_button_declares_and_withdraws_and_the_list_says_so(
    work: Workplace, qtbot: QtBot
) -> None:
    entry = page(work, qtbot)
    emptied(work)
    button = child(entry, QPushButton, "tool.record.nil")
    button.setFocus()
    assert button.isEnabled()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    drain(work)
    assert nils(work) == {("eci", small.COUNTY)}
    assert button.text() == work.say("Withdraw the nil return")
    hint = child(entry, QLabel, "entry.hint")
    said = work.say("Nil return: there is nothing to report this period.")
    assert hint.text() == said
    [forms] = every(entry, FormList)
    qtbot.waitUntil(lambda: work.say("Nil return") in summaries(forms))
    qtbot.keyClick(button, Qt.Key.Key_Space)
    drain(work)
    assert nils(work) == frozenset()
    assert button.text() == work.say("Nil return")
    assert hint.text() != said


def summaries(forms: FormList) -> list[str]:
    model = forms.model()
    looks = [model.index(row, 0).data(LOOK) for row in range(model.rowCount())]
    return [look.summary for look in looks if isinstance(look, FormLook)]


def test_nil__undo_takes_it_back_and_the_button_follows(
    work: Workplace, qtbot: QtBot
) -> None:
    entry = page(work, qtbot)
    emptied(work)
    work.desk.asked.emit("record.nil")
    drain(work)
    button = child(entry, QPushButton, "tool.record.nil")
    assert button.text() == work.say("Withdraw the nil return")
    work.session.undo().result()
    drain(work)
    assert button.text() == work.say("Nil return")
    assert Need.NIL in work.desk.holds


def test_nil__may_be_withdrawn_when_records_came_after_it(work: Workplace) -> None:
    nil = NilReturn(work, work.bridge)
    emptied(work)
    nil.toggle()
    drain(work)
    action = add_record(
        work.form("eci"), work.session.period, small.STREET, "x", {"name": "新院"}
    )
    work.session.apply(action).result()
    drain(work)
    assert len(records(work, "eci")) == 1
    assert nil.declared
    assert Need.NIL in work.desk.holds


def test_nil__asked_twice_at_once_is_done_once(work: Workplace) -> None:
    nil = NilReturn(work, work.bridge)
    emptied(work)
    nil.toggle()
    nil.toggle()
    drain(work)
    assert nil.declared
    assert nils(work) == {("eci", small.COUNTY)}


def test_nil__another_form_has_a_nil_return_of_its_own(work: Workplace) -> None:
    nil = NilReturn(work, work.bridge)
    emptied(work)
    nil.toggle()
    drain(work)
    work.desk.move(Place("area"))
    assert not nil.declared
    drain(work)
    assert not nil.declared
    work.desk.move(Place("eci"))
    drain(work)
    assert nil.declared


def test_nil__a_ledger_opened_for_reading_has_the_button_disabled(
    open_work: Opener, small_ledger: Path, qtbot: QtBot
) -> None:
    work = open_work(small_ledger, read_only=True)
    entry = page(work, qtbot)
    work.desk.set_need(Need.NIL, holds=True)
    assert not child(entry, QPushButton, "tool.record.nil").isEnabled()


def test_nil__a_bug_is_not_silent(
    work: Workplace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    nil = NilReturn(work, work.bridge)
    emptied(work)
    fault = work.session.thread.call(lambda _: 1 // 0)
    monkeypatch.setattr(work.session, "apply", lambda _: fault)
    with qtbot.captureExceptions() as caught:
        nil.toggle()
        drain(work)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
