from __future__ import annotations

from typing import TYPE_CHECKING
from typing import cast

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage

from desktop.app.audit.explaining import Explaining
from desktop.app.audit.explaining import explain
from desktop.app.audit.form_states import Progressed
from desktop.app.entry.edits import declare_nil
from desktop.app.entry.edits import set_cell
from desktop.ui.desk import Place
from desktop.ui.entry import form_list
from desktop.ui.entry.form_list import FORM
from desktop.ui.entry.form_list import FORM_HEIGHT
from desktop.ui.entry.form_list import HEAD_HEIGHT
from desktop.ui.entry.form_list import LOOK
from desktop.ui.entry.form_list import FormList
from desktop.ui.entry.form_list import FormLook
from tests import asked
from tests import small
from tests.ui.desks import drain
from tests.ui.desks import nameless
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.core.changes import Action
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace


def shown(qtbot: QtBot, work: Workplace) -> FormList:
    made = FormList(work)
    qtbot.addWidget(made)
    made.resize(224, 500)
    made.show()
    made.count()
    drain(work)
    return made


@pytest.fixture
def forms(qtbot: QtBot, audited: Workplace) -> FormList:
    return shown(qtbot, audited)


def line(forms: FormList, form: str) -> QModelIndex:
    model = forms.model()
    indexes = (model.index(row, 0) for row in range(model.rowCount()))
    [found] = [index for index in indexes if index.data(FORM) == form]
    return found


def look(forms: FormList, form: str) -> FormLook:
    found = line(forms, form).data(LOOK)
    assert isinstance(found, FormLook)
    return found


def picture(forms: FormList, form: str) -> QImage:
    return forms.grab(forms.visualRect(line(forms, form))).toImage()


def test_list__keeps_qts_rules(forms: FormList, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(forms.model())


def test_list__forms_stand_below_their_field_of_work(
    forms: FormList, audited: Workplace
) -> None:
    model = forms.model()
    texts = [model.index(row, 0).data() for row in range(model.rowCount())]
    say = audited.say
    assert texts == [
        say("Elderly care"),
        "养老机构调查表",
        say("Community"),
        "统计单元与人口表",
    ]
    heads = [model.index(row, 0) for row in (0, 2)]
    assert all(model.flags(head) == Qt.ItemFlag.NoItemFlags for head in heads)

    assert forms.visualRect(heads[0]).height() == HEAD_HEIGHT
    assert forms.visualRect(line(forms, "eci")).height() == FORM_HEIGHT


def test_list__says_how_far_each_form_is(forms: FormList, audited: Workplace) -> None:
    eci = look(forms, "eci")
    assert eci.state is Progressed.WRONG
    assert "3" in eci.summary
    assert "1" in eci.summary
    area = look(forms, "area")
    assert area.state is Progressed.DONE
    assert audited.say("Done") in area.summary, "the state in words, not by colour"
    assert nameless(forms) == []
    said = line(forms, "eci").data(Qt.ItemDataRole.AccessibleTextRole)
    assert eci.title in said
    assert eci.summary in said
    assert line(forms, "eci").data(Qt.ItemDataRole.ToolTipRole) == said


def test_list__counts_again_after_a_change(
    forms: FormList, audited: Workplace, qtbot: QtBot
) -> None:
    record = record_named(audited, "eci", "坏院")
    field = audited.form("eci").by_id["beds_nursing"]
    audited.session.apply(set_cell(record, field, 50))
    qtbot.waitUntil(lambda: look(forms, "eci").state is Progressed.DONE)


def test_list__to_explain_until_it_is_explained(
    forms: FormList, audited: Workplace, qtbot: QtBot
) -> None:
    """More beds than old people in the street's record: a warning of the unit form."""
    audited.session.apply(elders(audited, 5))
    qtbot.waitUntil(lambda: look(forms, "area").state is Progressed.TO_EXPLAIN)
    assert look(forms, "area").summary
    [warning] = audited.session.board.of_form("area")
    record = area_of(audited)
    audited.session.apply(explain([Explaining(warning, record, {})], "外区老人入住"))
    qtbot.waitUntil(lambda: look(forms, "area").state is Progressed.DONE)


def area_of(work: Workplace) -> Record:
    ids = asked.ids(work.session, "area")
    rows = asked.rows(work.session, "area", ids)
    [street] = [row for row in rows if row.unit == small.STREET]
    return street


def elders(work: Workplace, count: int) -> Action:
    field = work.form("area").by_id["pop_60plus"]
    return set_cell(area_of(work), field, count)


def test_list__nil_return_is_said(qtbot: QtBot, kinds_work: Workplace) -> None:
    work = kinds_work
    forms = shown(qtbot, work)
    assert look(forms, "eci").state is Progressed.EMPTY
    assert look(forms, "eci").summary == work.say("Not begun")
    form = work.form("eci")
    nil = declare_nil(form, work.session.period, str(work.session.root.code), nil=True)
    work.session.apply(nil)
    qtbot.waitUntil(lambda: look(forms, "eci").summary == work.say("Nil return"))
    assert look(forms, "eci").state is Progressed.DONE


def test_list__choosing_a_form_moves_the_desk(
    forms: FormList, audited: Workplace, qtbot: QtBot
) -> None:
    middle = forms.visualRect(line(forms, "area")).center()
    qtbot.mouseClick(forms.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert audited.desk.place == Place("area")
    forms.setFocus()
    qtbot.keyClick(forms, Qt.Key.Key_Up)
    assert audited.desk.place == Place("eci"), "the head between is passed over"


def test_list__a_head_chooses_nothing(forms: FormList, audited: Workplace) -> None:
    head = forms.model().index(2, 0)
    select = QItemSelectionModel.SelectionFlag.ClearAndSelect
    forms.selectionModel().setCurrentIndex(head, select)
    assert audited.desk.place.form == "eci"


def test_list__follows_the_desk(forms: FormList, audited: Workplace) -> None:
    assert forms.currentIndex() == line(forms, "eci")
    audited.desk.move(Place("area"))
    assert forms.currentIndex() == line(forms, "area")
    record = record_named(audited, "eci", "好院").id
    audited.desk.move(Place("eci", record, "price"))
    assert forms.currentIndex() == line(forms, "eci")
    assert audited.desk.place.record == record, "following moves nothing"


def test_list__is_not_edited(forms: FormList, qtbot: QtBot) -> None:
    forms.setFocus()
    qtbot.keyClick(forms, Qt.Key.Key_F2)
    assert forms.state() == FormList.State.NoState


def test_paint__chosen_differs_by_more_than_colour(
    forms: FormList, audited: Workplace
) -> None:
    chosen = picture(forms, "eci")
    audited.desk.move(Place("area"))
    plain = picture(forms, "eci")
    assert chosen != plain
    grey = QImage.Format.Format_Grayscale8
    assert chosen.convertToFormat(grey) != plain.convertToFormat(grey)


def test_paint__the_focus_is_seen(forms: FormList, qtbot: QtBot) -> None:
    forms.activateWindow()
    forms.setFocus()
    qtbot.waitUntil(forms.hasFocus)
    focused = picture(forms, "eci")
    forms.clearFocus()
    assert picture(forms, "eci") != focused


@pytest.mark.parametrize("one", Progressed)
def test_paint__states_can_be_told_apart_without_colours(
    forms: FormList, one: Progressed
) -> None:
    """The same words with another state: the icon alone must tell."""
    model, index = forms.model(), line(forms, "eci")

    def grey(state: Progressed | None) -> QImage:
        model.setData(index, FormLook("表", "一样的话", state), LOOK)
        return picture(forms, "eci").convertToFormat(QImage.Format.Format_Mono)

    images = {state: grey(state) for state in Progressed}
    assert all(images[other] != images[one] for other in Progressed if other is not one)


def test_list__period_changed_counts_anew(
    forms: FormList, audited: Workplace, qtbot: QtBot
) -> None:
    forms.model().setData(line(forms, "eci"), FormLook("表", "旧", None), LOOK)
    audited.bridge.period_changed.emit()
    qtbot.waitUntil(lambda: look(forms, "eci").state is Progressed.WRONG)


def test_list__counts_at_last_however_fast_one_goes_on(
    forms: FormList,
    audited: Workplace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(form_list, "COUNT_LATEST_MS", 0)
    timers = cast("list[QTimer]", forms.findChildren(QTimer))
    [wait] = [each for each in timers if each.isSingleShot()]
    wait.stop()
    going_on = QTimer(forms)
    going_on.setInterval(form_list.COUNT_AFTER_MS // 4)
    going_on.timeout.connect(lambda: audited.bridge.saved.emit(None))
    with qtbot.waitSignal(wait.timeout):
        going_on.start()
    going_on.stop()
