from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel

from desktop.app.commands import Need
from desktop.ui.desk import Page
from desktop.ui.indicators.page import IndicatorsPage
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, audited: Workplace) -> IndicatorsPage:
    audited.desk.turn_to(Page.INDICATORS)
    made = IndicatorsPage(audited)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    drain(audited)
    return made


def told(page: IndicatorsPage) -> str:
    label = child(page, QLabel, "indicators.told")
    return "" if label.isHidden() else label.text()


def test_need__holds_while_the_page_is_before_the_person(
    page: IndicatorsPage, audited: Workplace
) -> None:
    assert Need.INDICATORS in audited.desk.holds
    audited.desk.turn_to(Page.AUDIT)
    assert Need.INDICATORS not in audited.desk.holds


def test_copy__a_picture_on_the_clipboard(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    QGuiApplication.clipboard().clear()
    audited.desk.asked.emit("indicators.copy_picture")
    qtbot.waitUntil(lambda: bool(told(page)))
    image = QGuiApplication.clipboard().image()
    assert image.width() > 1000
    assert image.height() > 100
    page.table.selectRow(1)
    assert told(page) == ""


def test_copy__without_a_chart_says_so(
    page: IndicatorsPage, audited: Workplace
) -> None:
    page.detail.show_indicator(None)
    audited.desk.asked.emit("indicators.copy_picture")
    assert told(page) == audited.say(
        "There is no chart here yet: choose an indicator that has a value."
    )


def save_as(
    qtbot: QtBot, page: IndicatorsPage, path: Path, kind: str = "png"
) -> QFileDialog:
    page.work.desk.asked.emit("indicators.save_picture")
    qtbot.waitUntil(lambda: bool(every(page, QFileDialog, "indicators.save")))
    dialog = every(page, QFileDialog, "indicators.save")[-1]
    dialog.filterSelected.emit(f"(*.{kind})")
    assert dialog.defaultSuffix() == kind
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    return dialog


def test_save__as_a_picture_and_as_a_drawing(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace, tmp_path: Path
) -> None:
    png, svg = tmp_path / "图.png", tmp_path / "图.svg"
    save_as(qtbot, page, png)
    assert QImage(str(png)).width() > 1000
    assert told(page) == audited.say("Saved: {path}", path=str(png))
    save_as(qtbot, page, svg, "svg")
    assert QSvgRenderer(str(svg)).isValid()
    assert "护理型床位占比" in svg.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_save__a_place_that_refuses_is_told(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace, tmp_path: Path, kind: str
) -> None:
    save_as(qtbot, page, tmp_path / "nowhere" / f"a.{kind}", kind)
    assert told(page) == audited.say(
        "The picture could not be saved there. Choose another folder."
    )


def test_print__opens_a_preview_with_the_charts_of_the_indicator(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    audited.desk.asked.emit("indicators.print")
    qtbot.waitUntil(lambda: bool(every(page, QPrintPreviewDialog)), timeout=15_000)
    [dialog] = every(page, QPrintPreviewDialog)
    assert dialog.isVisible()
    assert len(page.detail.charts()) == 3
    dialog.reject()


def test_find__goes_to_the_box(
    qtbot: QtBot, page: IndicatorsPage, audited: Workplace
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    audited.desk.asked.emit("indicators.find")
    focus = page.focusWidget()
    assert focus is not None
    assert focus.objectName() == "indicators.search"


def test_other__commands_are_passed_over(
    page: IndicatorsPage, audited: Workplace
) -> None:
    view = page.view()
    audited.desk.asked.emit("edit.copy")
    assert page.view() is view
