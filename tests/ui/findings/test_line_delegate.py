from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from desktop.app.audit.finding_list import Grouping
from desktop.ui.findings.model import FindingsModel
from desktop.ui.findings.view import FindingsView
from tests.ui.findings.test_model import LIST

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def view(qtbot: QtBot, work: Workplace, qtmodeltester: ModelTester) -> FindingsView:
    model = FindingsModel(work)
    made = FindingsView(model, work)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    model.show(LIST, Grouping.RULE)
    return made


def picture(view: FindingsView, row: int, column: int = 0) -> QImage:
    rect = view.visualRect(view.model().index(row, column))
    return view.viewport().grab(rect).toImage()


def corner(view: FindingsView, row: int) -> QColor:
    return picture(view, row).pixelColor(2, 4)


def test_ground__of_heads_findings_and_what_is_chosen(
    view: FindingsView, work: Workplace
) -> None:
    colours = work.look.colours
    view.go_to(2)
    assert corner(view, 0) == QColor(colours.sunken)
    assert corner(view, 1) == QColor(colours.paper)
    assert corner(view, 2) == QColor(colours.selection)


def test_head__shows_whether_it_is_open(view: FindingsView) -> None:
    view.clearSelection()
    before = picture(view, 0)
    view.act(0)
    view.clearSelection()
    assert picture(view, 0) != before


def test_text__too_long_is_cut_with_dots(view: FindingsView) -> None:
    before = picture(view, 5, 3)
    view.horizontalHeader().resizeSection(3, 50)
    assert picture(view, 5, 3) != before.copy(0, 0, 50, before.height())
