from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemDelegate
from PySide6.QtWidgets import QLineEdit

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.ui.entry.cell_steps import STEP
from desktop.ui.entry.cell_view import CellView
from desktop.ui.entry.roster_model import RosterModel
from desktop.ui.entry.row_numbers import NUMBERS_WIDTH
from desktop.ui.look import tokens
from tests.ui.desks import drain
from tests.ui.entry.grids import Painted

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def view(qtbot: QtBot, changning_work: Workplace) -> CellView:
    made = CellView(
        RosterModel(changning_work, "eci", changning_work.bridge), changning_work, None
    )
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    drain(changning_work)
    return made


def test_measure__rows_and_numbers_follow_the_letters(view: CellView) -> None:
    rows = view.verticalHeader()
    assert rows.defaultSectionSize() == tokens.ROW_HEIGHT
    assert rows.sizeHint().width() == NUMBERS_WIDTH
    view.look.choose(Comfort(text=TextSize.HUGE))
    assert rows.defaultSectionSize() == view.look.px(tokens.ROW_HEIGHT)
    assert rows.defaultSectionSize() > tokens.ROW_HEIGHT
    assert rows.sizeHint().width() > NUMBERS_WIDTH


def test_paint__every_row_in_sight(view: CellView) -> None:
    assert view.covered == 0
    picture = view.viewport().grab().toImage()
    middle = view.visualRect(view.model().index(1, 0)).center()
    seen = {
        picture.pixel(QPoint(x, middle.y())) for x in range(2, view.columnWidth(0) - 2)
    }
    assert len(seen) > 1, "the name stands there"


@pytest.mark.parametrize(("step", "told"), [((1, 0), [(1, 0)]), (None, [])])
def test_close__steps_on_where_the_box_asked(
    view: CellView, step: tuple[int, int] | None, told: list[tuple[int, int]]
) -> None:
    box = QLineEdit(view.viewport())
    box.setProperty(STEP, step)
    heard: list[tuple[int, int]] = []
    view.stepped.connect(lambda rows, columns: heard.append((rows, columns)))
    view.closeEditor(box, QAbstractItemDelegate.EndEditHint.NoHint)
    assert heard == told


def test_close__paints_no_more_than_the_cell(view: CellView, qtbot: QtBot) -> None:
    box = QLineEdit(view.viewport())
    box.setGeometry(view.visualRect(view.model().index(1, 0)))
    box.show()
    qtbot.waitUntil(box.isVisible)
    painted = Painted(view.viewport())
    view.viewport().installEventFilter(painted)
    qtbot.wait(1)
    painted.parts.clear()
    box.hide()
    qtbot.waitUntil(lambda: bool(painted.parts))
    assert all(part.height() <= box.height() for part in painted.parts)
