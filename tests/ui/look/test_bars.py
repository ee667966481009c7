from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter

from desktop.export.report import Bar
from desktop.ui.look import tokens
from desktop.ui.look.bars import draw_bar

WIDTH, HEIGHT, EDGE = 200, 20, 10
SPACE = QRectF(EDGE, EDGE, WIDTH, HEIGHT)
INK = tokens.GOOD.ink

pytestmark = pytest.mark.usefixtures("qapp")


def bar(
    value: int | None,
    target: int | None,
    operator: str = ">=",
    upper: int | None = None,
) -> Bar:
    """Give a bar on a scale up to 100, two pixels a unit."""
    value_, target_, upper_ = (
        None if number is None else Decimal(number) for number in (value, target, upper)
    )
    return Bar(value_, target_, upper_, operator, Decimal(100))


def drawn(what: Bar) -> QImage:
    image = QImage(WIDTH + 2 * EDGE, HEIGHT + 2 * EDGE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    painter = QPainter(image)
    draw_bar(painter, SPACE, what, INK)
    painter.end()
    return image


def at(image: QImage, share: int, height: int = HEIGHT // 2) -> str:
    """Give the colour at a place of the scale."""
    x = EDGE + min(share * WIDTH // 100, WIDTH - 1)
    return image.pixelColor(x, EDGE + height).name().upper()


def places(image: QImage, colour: str, height: int = HEIGHT // 2) -> list[int]:
    """Give the shares of the scale that have a colour."""
    return [share for share in range(1, 100) if at(image, share, height) == colour]


@pytest.mark.parametrize("operator", [">=", "<=", "="])
def test_bar__as_long_as_its_value_whatever_the_target_wants(operator: str) -> None:
    image = drawn(bar(40, 70, operator))
    assert places(image, INK) == list(range(1, 40))
    assert set(places(image, tokens.LINE)) <= set(range(40, 100))
    assert at(image, 90) == tokens.LINE


@pytest.mark.parametrize(("value", "behind"), [(40, tokens.LINE), (95, INK)])
def test_tick__seen_on_the_bar_and_off_it(value: int, behind: str) -> None:
    image = drawn(bar(value, 70))
    assert at(image, 70) == tokens.INK
    assert at(image, 69) == tokens.PAPER, "a white edge sets it off"
    assert at(image, 67) == behind
    assert at(image, 73) == behind


def test_tick__higher_than_the_bar() -> None:
    image = drawn(bar(95, 70))
    assert at(image, 70, 1) == tokens.INK
    assert at(image, 20, 1) == QColor(Qt.GlobalColor.yellow).name().upper()


def test_missing__the_target_on_an_empty_track() -> None:
    image = drawn(bar(None, 70))
    assert places(image, INK) == []
    assert places(image, tokens.INK) == [70]
    assert at(image, 20) == tokens.LINE


def test_zero__is_an_empty_track_too() -> None:
    assert places(drawn(bar(0, 70)), INK) == []


def test_no_target__no_tick() -> None:
    image = drawn(bar(40, None))
    assert places(image, tokens.INK) == []
    assert at(image, 20) == INK


def test_two_bounds__two_ticks() -> None:
    image = drawn(bar(40, 60, "..", upper=80))
    assert places(image, tokens.INK) == [60, 80]


def test_line__a_tick_that_leaves_the_bar_free() -> None:
    image = drawn(replace(bar(40, 70), path=Decimal(60)))
    assert places(image, tokens.INK) == [70]
    assert places(image, tokens.INK, 1) == [60, 70]
    assert at(image, 60) == tokens.PAPER


@pytest.mark.parametrize("share", [0, 100, 250])
def test_tick__stays_within_the_space_at_either_end(share: int) -> None:
    image = drawn(bar(40, share))
    beside = (EDGE - 2, EDGE + WIDTH + 1)
    middle = EDGE + HEIGHT // 2
    yellow = QColor(Qt.GlobalColor.yellow)
    assert all(image.pixelColor(x, middle) == yellow for x in beside)
    inks = [
        x
        for x in range(EDGE, EDGE + WIDTH)
        if image.pixelColor(x, middle).name().upper() == tokens.INK
    ]
    assert len(inks) == 2


def test_value_beyond_the_scale__fills_it_and_no_more() -> None:
    image = drawn(bar(250, None))
    assert at(image, 99) == INK
    outside = image.pixelColor(EDGE + WIDTH + 1, EDGE + HEIGHT // 2)
    assert outside == QColor(Qt.GlobalColor.yellow)


def test_painter__left_as_it_was() -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setPen(QColor("red"))
    before = painter.renderHints()
    draw_bar(painter, QRectF(0, 0, 10, 10), bar(40, 70), INK)
    assert painter.pen().color() == QColor("red")
    assert painter.renderHints() == before
    painter.end()
