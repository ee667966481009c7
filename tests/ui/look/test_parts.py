from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.look import parts
from tests.ui.desks import free

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.icons import Icons

HOSTILE = "<b>粗</b><img src='http://x'/>"


def test_label__text_of_a_pack_is_never_rich_text(qtbot: QtBot) -> None:
    made = parts.label(HOSTILE)
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert made.text() == HOSTILE


def test_label__wraps_unless_told_not_to(qtbot: QtBot) -> None:
    long, short = parts.label("字" * 200), parts.label("字", wrap=False, name="short")
    qtbot.addWidget(long)
    qtbot.addWidget(short)
    assert long.wordWrap()
    assert long.minimumSizeHint().width() < 200
    assert not short.wordWrap()
    assert short.objectName() == "short"
    assert short.property("role") is None


def test_set_role__changes_the_look_at_once(qtbot: QtBot) -> None:
    made = parts.label("已保存", "muted")
    qtbot.addWidget(made)
    made.setStyleSheet('QLabel[role="bad"] { font-weight: 700; font-size: 30pt; }')
    made.ensurePolished()
    before = made.font().pointSize()
    parts.set_role(made, "bad")
    assert made.font().pointSize() == 30 != before
    parts.set_role(made, "bad")
    assert made.property("role") == "bad"


def test_button__does_one_thing_a_click(qtbot: QtBot) -> None:
    done: list[str] = []
    made = parts.button("保存", lambda: done.append("x"), name="save")
    qtbot.addWidget(made)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert done == ["x"]
    assert made.objectName() == "save"
    assert made.text() == "保存"


def test_button__only_the_primary_one_answers_enter(qtbot: QtBot, icons: Icons) -> None:
    """Qt makes every button of a dialog answer Enter unless told not to."""
    plain = parts.button("取消", lambda: None, name="a", icon=icons.icon("add"))
    first = parts.button("好", lambda: None, name="b", primary=True)
    link = parts.button("去", lambda: None, name="c", link=True)
    for one in (plain, first, link):
        qtbot.addWidget(one)
    assert [one.autoDefault() for one in (plain, first, link)] == [False, True, False]
    assert [one.isDefault() for one in (plain, first, link)] == [False, True, False]
    assert first.property("primary") is True
    assert link.property("link") is True
    assert link.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert not plain.icon().isNull()
    assert first.icon().isNull()


@pytest.mark.parametrize("name", ["", "panel"])
def test_surface__a_panel_with_a_column(qtbot: QtBot, name: str) -> None:
    frame, column = parts.surface(name)
    qtbot.addWidget(frame)
    inner = QLabel("字")
    column.addWidget(inner)
    assert inner.parent() is frame
    assert frame.property("surface") is True
    assert frame.objectName() == name


def test_row__none_takes_the_space_left(qtbot: QtBot) -> None:
    frame = QFrame()
    qtbot.addWidget(frame)
    left, right = QLabel("左"), QLabel("右")
    frame.setLayout(parts.row(left, None, right))
    frame.resize(400, 40)
    frame.show()
    assert left.x() == 0
    assert right.geometry().right() == 399
    assert left.width() < 100


def test_column__margins_and_spacing(qtbot: QtBot) -> None:
    frame = QFrame()
    qtbot.addWidget(frame)
    column = parts.column(frame, margin=3, spacing=4)
    margins = column.contentsMargins()
    assert (margins.left(), margins.bottom(), column.spacing()) == (3, 3, 4)


def test_empty__deletes_widgets_of_a_layout_and_of_those_in_it(qtbot: QtBot) -> None:
    frame = QFrame()
    qtbot.addWidget(frame)
    column = parts.column(frame)
    outer, inner = QLabel("外"), QLabel("内")
    column.addWidget(outer)
    column.addLayout(parts.row(inner, None))
    frame.show()
    parts.empty(column)
    assert column.count() == 0
    assert not outer.isVisible(), "what goes is not seen until it is gone"
    for widget in (outer, inner):
        free(widget)
        assert not isValid(widget)


def test_spacer_and_line(qtbot: QtBot) -> None:
    spacer, line = parts.spacer(), parts.line()
    for widget in (spacer, line):
        qtbot.addWidget(widget)
        assert isinstance(widget, QWidget)
    policy = spacer.sizePolicy()
    assert policy.horizontalPolicy() == QSizePolicy.Policy.Expanding
    assert line.height() == 1
