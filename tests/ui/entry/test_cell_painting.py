"""Texts laid out once are kept; `test_cell_delegate` shows what cells look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from desktop.core.cells import Absent
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.ui.entry.cell_painting import CellPainter
from desktop.ui.entry.cell_painting import Spot
from desktop.ui.entry.cell_painting import worst
from desktop.ui.entry.roster_model import CellLook
from desktop.ui.look.appearance import Appearance

if TYPE_CHECKING:
    import pytest

PLAIN = CellLook("字", "字", numeric=False, locked=False, hidden=False, findings=())
RECT = QRect(0, 0, 60, 28)


def paint(cells: CellPainter, *looks: CellLook, points: float = 10) -> QImage:
    image = QImage(RECT.size() * len(looks), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    font = QApplication.font()
    font.setPointSizeF(points)
    painter.setFont(font)
    spots = [
        Spot(RECT.translated(RECT.width() * place, 0), look)
        for place, look in enumerate(looks)
    ]
    cells.paint(painter, spots, None)
    painter.end()
    return image


def look(text: str, *, numeric: bool = False) -> CellLook:
    return CellLook(text, text, numeric, locked=False, hidden=False, findings=())


def test_paint__the_same_text_is_laid_out_once(qapp: QApplication) -> None:
    cells = CellPainter(Appearance())
    paint(cells, PLAIN, PLAIN, look("120", numeric=True))
    laid = dict(cells._laid)  # noqa: SLF001 - what is kept
    assert len(laid) == 2
    paint(cells, PLAIN)
    assert all(cells._laid[key] is one for key, one in laid.items())  # noqa: SLF001


def test_paint__other_letters_are_laid_out_anew(qapp: QApplication) -> None:
    cells = CellPainter(Appearance())
    small = paint(cells, PLAIN)
    [before] = cells._laid.values()  # noqa: SLF001 - what is kept
    large = paint(cells, PLAIN, points=16)
    [after] = cells._laid.values()  # noqa: SLF001 - same
    assert after.height > before.height
    assert small != large


def test_paint__a_text_that_is_too_long_is_cut(qapp: QApplication) -> None:
    cells = CellPainter(Appearance())
    paint(cells, look("很长很长很长很长很长的名称"))
    [laid] = cells._laid.values()  # noqa: SLF001 - what is kept
    assert laid.text.text().endswith("…")
    assert laid.width <= RECT.width()


def test_paint__no_more_texts_are_kept_than_told(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.entry.cell_painting.KEPT", 3)
    cells = CellPainter(Appearance())
    for number in range(20):
        paint(cells, look(str(number)))
    assert len(cells._laid) <= 3  # noqa: SLF001 - what is kept


def test_paint__marks_of_absence_slant(qapp: QApplication) -> None:
    cells = CellPainter(Appearance())
    absent = CellLook(
        "字",
        Absent.NOT_APPLICABLE,
        numeric=False,
        locked=False,
        hidden=False,
        findings=(),
    )
    paint(cells, PLAIN, absent)
    assert {key[2] for key in cells._laid} == {True, False}  # noqa: SLF001 - same


def test_worst__the_hardest_level() -> None:
    found = tuple(
        Finding("r", level, Outcome.FAILED, "f", "u", "2025", None, ("x",), "说明")
        for level in (Level.INFO, Level.ERROR, Level.WARNING)
    )
    assert (
        worst(CellLook("", 1, numeric=True, locked=False, hidden=False, findings=found))
        is Level.ERROR
    )
