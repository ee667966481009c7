"""Cells painted on a picture: grounds, letters, marks, and the ring."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from desktop.core.cells import Absent
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.ui.entry.cell_painting import CellPainter
from desktop.ui.entry.cell_painting import Spot
from desktop.ui.entry.cell_painting import worst
from desktop.ui.entry.roster_model import CellLook
from desktop.ui.look.appearance import Appearance

RECT = QRect(0, 0, 100, 28)


def finding(level: Level) -> Finding:
    return Finding(
        rule="eci.x",
        form="eci",
        period="2025",
        unit="310105",
        record=RecordId(1),
        fields=("beds",),
        level=level,
        outcome=Outcome.FAILED,
        text="不对",
    )


def look_of(
    text: str = "", *levels: Level, locked: bool = False, hidden: bool = False
) -> CellLook:
    cell = text or Absent.BLANK
    found = tuple(finding(level) for level in levels)
    return CellLook(
        text, cell, numeric=True, locked=locked, hidden=hidden, findings=found
    )


def painted(look: CellLook, *, chosen: bool = False, ring: bool = False) -> QImage:
    image = QImage(RECT.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    painter = QPainter(image)
    painter.setFont(QApplication.font())
    made = CellPainter(Appearance())
    made.paint(painter, [Spot(RECT, look, chosen)], None)
    if ring:
        made.paint_ring(painter, RECT, focused=True)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
    }


def ground(image: QImage) -> str:
    return image.pixelColor(3, 14).name()


def test_worst__the_hardest_first() -> None:
    assert worst(look_of("1", Level.INFO, Level.ERROR, Level.WARNING)) is Level.ERROR
    assert worst(look_of("1", Level.INFO, Level.WARNING)) is Level.WARNING


def test_paint__grounds_tell_locked_and_wrong_cells(qapp: QApplication) -> None:
    light = Appearance().colours
    assert ground(painted(look_of("1"))) == QColor(light.paper).name()
    assert ground(painted(look_of("1", locked=True))) == QColor(light.sunken).name()
    wrong = ground(painted(look_of("1", Level.ERROR)))
    assert wrong == QColor(light.error.tint).name()


def test_paint__a_number_stands_at_the_right(qapp: QApplication) -> None:
    image = painted(look_of("7"))
    paper = ground(image)
    inked = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() != paper for y in range(image.height()))
    ]
    assert inked
    assert min(inked) > image.width() // 2


def test_paint__levels_differ_in_shape_not_only_in_colour(qapp: QApplication) -> None:
    def marked(level: Level) -> int:
        image, ink = painted(look_of("", level)), Appearance().colours.of_level(level)
        name = QColor(ink.ink).name()
        return sum(
            image.pixelColor(x, y).name() == name
            for x in range(image.width())
            for y in range(image.height())
        )

    full, hollow, small = map(marked, (Level.ERROR, Level.WARNING, Level.INFO))
    assert full > hollow > 0
    assert full > small > 0


def test_paint__what_is_not_asked_for_is_hatched(qapp: QApplication) -> None:
    assert len(colours(painted(look_of(hidden=True)))) > 1
    assert len(colours(painted(look_of()))) == 1


@pytest.mark.parametrize("chosen", [True, False])
def test_paint__chosen_cells_shine_through(qapp: QApplication, chosen: bool) -> None:
    plain = ground(painted(look_of("1")))
    assert (ground(painted(look_of("1"), chosen=chosen)) != plain) is chosen


def test_ring__around_the_current_cell(qapp: QApplication) -> None:
    accent = QColor(Appearance().colours.accent).name()
    assert accent in colours(painted(look_of("1"), ring=True))
    assert accent not in colours(painted(look_of("1")))
