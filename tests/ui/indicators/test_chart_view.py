from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.app.people.comfort import Theme
from desktop.ui.indicators.chart_view import ChartView
from desktop.ui.indicators.chart_view import family_of
from desktop.ui.indicators.chart_view import image_of
from desktop.ui.indicators.chart_view import paper_pictures
from tests.export.charts_of import RANK
from tests.export.charts_of import TARGET
from tests.export.charts_of import TREND
from tests.ui.desks import free

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.export.chart.svg import Picture
    from desktop.ui.workplace import Workplace


@pytest.fixture
def view(qtbot: QtBot, work: Workplace) -> ChartView:
    made = ChartView(work, "chart")
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(0, image.height(), 2)
    }


def is_red(colour: QColor) -> bool:
    return colour.red() > 160 and colour.green() < 60


def test_view__draws_the_chart_and_says_it(qtbot: QtBot, view: ChartView) -> None:
    view.show_chart(TARGET)
    assert view.accessibleName() == TARGET.title
    assert view.accessibleDescription() == TARGET.sentence
    qtbot.waitUntil(lambda: view.picture is not None)
    assert view.picture is not None
    assert (view.picture.width, view.height()) == (600, view.picture.height)
    found = colours(view.grab().toImage())
    assert any(is_red(QColor(each)) for each in found)


def test_view__another_width_another_drawing(qtbot: QtBot, view: ChartView) -> None:
    view.show_chart(TREND)
    qtbot.waitUntil(lambda: view.picture is not None)
    view.resize(480, view.height())
    qtbot.waitUntil(lambda: view.picture is not None and view.picture.width == 480)


def test_view__follows_theme_and_letters(
    qtbot: QtBot, view: ChartView, work: Workplace
) -> None:
    view.show_chart(TARGET)
    qtbot.waitUntil(lambda: view.picture is not None)
    before = view.picture
    work.look.choose(Comfort(theme=Theme.DARK, text=TextSize.HUGE))
    qtbot.waitUntil(lambda: view.picture is not before)
    assert view.picture is not None
    assert view.picture.width == int(600 / work.look.times)
    assert view.height() == round(view.picture.height * work.look.times)


def test_view__an_answer_that_comes_too_late_is_dropped(
    qtbot: QtBot, view: ChartView
) -> None:
    view.show_chart(TARGET)
    view.show_chart(RANK)
    qtbot.waitUntil(lambda: view.picture is not None)
    assert view.picture is not None
    assert view.picture.sentence == RANK.sentence


def test_view__nothing_to_show_is_hidden(view: ChartView) -> None:
    view.show_chart(None)
    assert view.isHidden()
    assert view.chart is None


def test_view__the_focus_is_seen(qtbot: QtBot, view: ChartView) -> None:
    view.show_chart(TARGET)
    qtbot.waitUntil(lambda: view.picture is not None)
    view.clearFocus()
    without = view.grab().toImage()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert view.grab().toImage() != without


def test_paper__light_with_its_title_in_chinese(
    qtbot: QtBot, view: ChartView, work: Workplace
) -> None:
    """The letters are there: the title's line is not empty."""
    work.look.choose(Comfort(theme=Theme.DARK))
    found: list[tuple[Picture, ...]] = []
    paper_pictures(work, view, (TARGET, RANK), found.append)
    qtbot.waitUntil(lambda: bool(found))
    [(first, second)] = found
    assert TARGET.title in first.svg.decode()
    assert f"font-family: {family_of(view)}" in second.svg.decode()
    image = image_of(first)
    assert image.pixelColor(0, 0).name() == "#ffffff"
    title = image.copy(24, 24, image.width() // 2, 44)
    dark = sum(
        title.pixelColor(x, y).lightness() < 100
        for x in range(title.width())
        for y in range(title.height())
    )
    assert dark > 1500
    assert image.text("Description") == TARGET.sentence


def test_paper__whose_widget_is_gone_is_not_told(qtbot: QtBot, work: Workplace) -> None:
    owner = QWidget()
    paper_pictures(work, owner, (TARGET,), lambda _: pytest.fail("told"))
    owner.deleteLater()
    free(owner)
    qtbot.wait(200)
