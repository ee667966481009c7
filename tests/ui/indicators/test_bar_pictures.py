from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import Theme
from desktop.export.report import Bar
from desktop.indicators.figures import Status
from desktop.ui.indicators.bar_pictures import BarPictures

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace

BAR = Bar(Decimal(40), Decimal(75), None, ">=", Decimal(100))
WIDTH = 200


def painted(bars: BarPictures, status: Status) -> QImage:
    image = QImage(WIDTH, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    painter = QPainter(image)
    bars.paint(painter, QRectF(0, 0, WIDTH, 20), BAR, status)
    painter.end()
    return image


def colour(image: QImage, share: float) -> str:
    return image.pixelColor(round(share * WIDTH), 10).name().upper()


def test_bar__asked_for_once_and_drawn_in_the_tone_of_the_standing(
    qtbot: QtBot, work: Workplace
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    bars = BarPictures(work, owner)
    with qtbot.waitSignal(bars.drawn):
        assert colour(painted(bars, Status.NOT_REACHED), 0.2) == "#FFFF00"
        painted(bars, Status.NOT_REACHED)
    image = painted(bars, Status.NOT_REACHED)
    colours = work.look.colours
    # SVG says colours in whole per cent.
    assert near(colour(image, 0.2), colours.error.ink)
    assert near(colour(image, 0.6), colours.line)
    assert not near(colour(image, 0.75), colours.line)


def test_bar__in_another_theme_is_drawn_anew(qtbot: QtBot, work: Workplace) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    bars = BarPictures(work, owner)
    with qtbot.waitSignal(bars.drawn):
        painted(bars, Status.REACHED)
    work.look.choose(Comfort(theme=Theme.DARK))
    with qtbot.waitSignal(bars.drawn):
        painted(bars, Status.REACHED)
    good = work.look.colours.good.ink
    assert near(colour(painted(bars, Status.REACHED), 0.2), good)


def near(found: str, wanted: str) -> bool:
    def parts(text: str) -> list[int]:
        return [int(text[place : place + 2], 16) for place in (1, 3, 5)]

    pairs = zip(parts(found), parts(wanted), strict=True)
    return all(abs(one - other) <= 4 for one, other in pairs)
