from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton

from desktop.app.audit.drafts import Draft
from desktop.app.audit.drafts import Topic
from desktop.app.audit.standing import NOTHING_SAID
from desktop.app.audit.standing import Said
from desktop.app.audit.standing import Standing
from desktop.app.entry.edits import rule_topic
from desktop.ui.findings.reason import ReasonBox
from tests import asked
from tests import telling
from tests.telling import GOOD
from tests.telling import MANY
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import free
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.core.findings import Finding
    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def wanting(open_work: Opener, tmp_path: Path) -> Workplace:
    """Give a ledger whose pack wants reasons."""
    folder = tmp_path / "wanting"
    folder.mkdir()
    return open_work(telling.make(folder))


def found(work: Workplace, name: str = "甲院") -> Finding:
    return work.session.thread.call(telling.findings).result(10)[name]


def box_for(
    qtbot: QtBot, work: Workplace, *names: str, said: Said = NOTHING_SAID
) -> ReasonBox:
    box = ReasonBox(work)
    qtbot.addWidget(box)
    box.show()
    box.show_for(tuple(found(work, name) for name in names or ("甲院",)), said)
    return box


def save(qtbot: QtBot, box: ReasonBox) -> None:
    qtbot.mouseClick(child(box, QPushButton, "reason.save"), Left)


def label(box: ReasonBox, name: str) -> QLabel:
    return child(box, QLabel, f"reason.{name}")


def notes(work: Workplace, name: str = "甲院") -> str:
    record = record_named(work, "eci", name)
    return asked.notes(work.session, record.key).get(rule_topic(MANY), "")


def test_refusal__stays_in_the_box_and_writes_nothing(
    qtbot: QtBot, wanting: Workplace
) -> None:
    box = box_for(qtbot, wanting)
    box.text.setPlainText("经核实，情况属实")
    save(qtbot, box)
    qtbot.waitUntil(label(box, "refused").isVisible)
    assert "经核实，情况属实" in label(box, "refused").text()
    assert notes(wanting) == ""
    box.text.setPlainText(GOOD)
    assert not label(box, "refused").isVisible()
    with qtbot.waitSignal(wanting.bridge.saved):
        save(qtbot, box)
    assert notes(wanting) == GOOD


def test_prompts__tick_what_is_there(qtbot: QtBot, wanting: Workplace) -> None:
    box = box_for(qtbot, wanting)
    cause, figure = label(box, "cause"), label(box, "figure")
    assert cause.isVisible()
    assert figure.isVisible()
    assert cause.text()[0] == figure.text()[0] == "○"
    box.text.setPlainText("二期新楼投用了")
    assert (cause.text()[0], figure.text()[0]) == ("✓", "○")
    box.text.setPlainText("二期新楼投用，60 张")
    assert (cause.text()[0], figure.text()[0]) == ("✓", "✓")


def test_prompts__none_where_the_pack_asks_nothing(
    qtbot: QtBot, work: Workplace, wanting: Workplace
) -> None:
    box = ReasonBox(work)
    qtbot.addWidget(box)
    box.show()
    box.show_for((found(wanting),))
    assert not label(box, "cause").isVisible()
    assert not label(box, "figure").isVisible()


def test_lapsed__says_for_what_it_was_written_and_can_be_saved_again(
    qtbot: QtBot, wanting: Workplace
) -> None:
    said = Said(Standing.LAPSED, GOOD, "总床位数（120）超过 100 张，请说明")
    box = box_for(qtbot, wanting, said=said)
    assert box.text.toPlainText() == GOOD
    assert "120" in label(box, "note").text()
    with qtbot.waitSignal(wanting.bridge.saved):
        save(qtbot, box)
    assert notes(wanting) == GOOD


def test_standing__the_same_again_writes_nothing(
    qtbot: QtBot, wanting: Workplace
) -> None:
    box = box_for(qtbot, wanting, said=Said(Standing.STANDS, GOOD))
    assert label(box, "note").text() == wanting.say("Explained")
    with qtbot.assertNotEmitted(wanting.bridge.saved):
        save(qtbot, box)
        drain(wanting)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys__control_and_enter_save(
    qtbot: QtBot, wanting: Workplace, key: Qt.Key
) -> None:
    box = box_for(qtbot, wanting)
    box.text.setPlainText(GOOD)
    box.text.moveCursor(QTextCursor.MoveOperation.End)
    with qtbot.assertNotEmitted(wanting.bridge.saved):
        qtbot.keyClick(box.text, key)
        drain(wanting)
    assert box.text.toPlainText() == GOOD + "\n", "by itself it begins a line"
    with qtbot.waitSignal(wanting.bridge.saved):
        qtbot.keyClick(box.text, key, Qt.KeyboardModifier.ControlModifier)
    assert notes(wanting) == GOOD


def test_empty__box_saves_nothing(qtbot: QtBot, wanting: Workplace) -> None:
    box = ReasonBox(wanting)
    qtbot.addWidget(box)
    box.text.setPlainText("什么也没选")
    save(qtbot, box)
    drain(wanting)
    assert notes(wanting) == ""


def test_several__are_explained_in_one_step(qtbot: QtBot, wanting: Workplace) -> None:
    box = box_for(qtbot, wanting, "甲院", "乙院")
    box.text.setPlainText("两家同期扩建，各增 60 张床位")
    assert wanting.desk.drafts == {}
    with qtbot.waitSignal(wanting.bridge.saved):
        save(qtbot, box)
    assert notes(wanting) == notes(wanting, "乙院") != ""
    wanting.session.undo().result(10)
    assert notes(wanting) == notes(wanting, "乙院") == ""


def test_draft__goes_on_in_another_box(qtbot: QtBot, wanting: Workplace) -> None:
    box = box_for(qtbot, wanting)
    box.text.setPlainText("还没写完")
    other = box_for(qtbot, wanting)
    assert other.text.toPlainText() == "还没写完"
    assert other.draft == Draft("", "还没写完", 0, focused=False)
    other.show_for((found(wanting, "乙院"),))
    assert other.text.toPlainText() == ""
    other.show_for((found(wanting),))
    assert other.text.toPlainText() == "还没写完"
    other.text.setPlainText("")
    assert wanting.desk.drafts == {}


def test_draft__gone_when_something_else_was_saved(
    qtbot: QtBot, wanting: Workplace
) -> None:
    record = record_named(wanting, "eci", "甲院")
    topic = Topic("eci", record.id, MANY)
    wanting.desk.drafts[topic] = Draft("旧的", "还没写完", 0, focused=False)
    box = box_for(qtbot, wanting, said=Said(Standing.STANDS, GOOD))
    assert box.text.toPlainText() == GOOD
    assert topic not in wanting.desk.drafts


def test_save__is_not_lost_with_the_box(qtbot: QtBot, wanting: Workplace) -> None:
    box = box_for(qtbot, wanting)
    box.text.setPlainText(GOOD)
    save(qtbot, box)
    box.deleteLater()
    free(box)
    qtbot.waitUntil(lambda: notes(wanting) == GOOD)


def test_save__refused_after_the_box_has_gone(qtbot: QtBot, wanting: Workplace) -> None:
    box = box_for(qtbot, wanting)
    box.text.setPlainText("同上")
    save(qtbot, box)
    box.deleteLater()
    free(box)
    drain(wanting)
    assert notes(wanting) == ""
    assert [each.text for each in wanting.desk.drafts.values()] == ["同上"]


def test_topic__what_speaks_of_no_record_has_no_draft(
    qtbot: QtBot, wanting: Workplace
) -> None:
    box = ReasonBox(wanting)
    qtbot.addWidget(box)
    box.show_for((replace(found(wanting), record=None),))
    box.text.setPlainText("写")
    assert wanting.desk.drafts == {}
