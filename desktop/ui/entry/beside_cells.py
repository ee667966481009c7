"""Paints what stands beside a cell: last period's value, and the signs of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPolygon

from desktop.core.cells import Absent
from desktop.forms.entry import format_cell
from desktop.ui.entry.prior_words import is_number
from desktop.ui.look.style_option import fill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from desktop.app.entry.beside import Beside
    from desktop.app.entry.cell_notes import CellMarks
    from desktop.ui.entry.beside_rows import BesideRows
    from desktop.ui.entry.cell_steps import Index
    from desktop.ui.entry.roster_model import CellLook
    from desktop.ui.workplace import Workplace

SIGN: Final = 13
"""Width of a sign, in logical pixels at standard letters."""
BETWEEN: Final = 5
CORNER: Final = 5
BAR: Final = 2
SMALLER: Final = -1.5
"""Points less than plain text that last period's values have."""


class BesideCells(QObject):
    """What the delegate asks for before it paints a cell's text."""

    def __init__(self, rows: BesideRows, work: Workplace, parent: QObject) -> None:
        """Take what has been read of the rows."""
        super().__init__(parent)
        self._rows, self._work = rows, work

    def words(self, index: Index) -> list[str]:
        """Say what stands beside a cell, line by line."""
        return self._rows.words(index)

    def made_of(self, row: int) -> tuple[object, ...]:
        """Give what stands beside a row, in values that are only ever replaced."""
        rows = self._rows
        return rows.at_row(row), rows.asking, rows.shows_prior

    def columns(self, row: int, columns: Iterable[int]) -> set[int]:
        """Give the columns of a row, out of some, that have something beside them."""
        found = self._rows.at_row(row)
        if found is None:
            return set()
        fields, prior = self._rows.fields, self._rows.shows_prior
        return {
            column
            for column in columns
            if fields[column].id in found.marks or (prior and is_number(fields[column]))
        }

    def paint(
        self, painter: QPainter, space: QRect, index: Index, look: CellLook
    ) -> QRect:
        """Paint beside the text, and give the space that is left for it."""
        found = self._rows.at(index)
        if found is None:
            return space
        field = self._rows.field_at(index)
        left = self._paint_signs(painter, space, found.marks_of(field.id))
        if self._rows.shows_prior and is_number(field):
            self._paint_prior(painter, left, index, look, found)
        return left

    def _paint_signs(self, painter: QPainter, space: QRect, marks: CellMarks) -> QRect:
        """Paint a corner with a letter for what came back, a flag and a comment."""
        if not (marks.flagged or marks.comment or marks.back):
            return space
        colours, say = self._work.look.colours, self._work.say
        signs = []
        if marks.back is not None:
            tone = colours.good if marks.back.corrected else colours.error
            signs.append((say("R"), tone))
        if marks.flagged:
            signs.append((say("F"), colours.warning))
        if marks.comment:
            signs.append((say("C"), colours.info))
        width = self._work.look.px(SIGN)
        for letter, tone in signs:
            sign = QRect(space.left() - BETWEEN, space.top(), width, space.height())
            fill(painter, sign, tone.tint)
            _paint_corner(painter, sign, tone.ink)
            self._write(painter, sign, letter, tone.ink)
            space = space.adjusted(width + 1, 0, 0, 0)
        return space

    def _write(self, painter: QPainter, rect: QRect, text: str, ink: str) -> None:
        before = painter.font()
        font = painter.font()
        font.setItalic(False)
        font.setPointSizeF(self._work.look.points(SMALLER))
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(before)

    def _paint_prior(
        self,
        painter: QPainter,
        space: QRect,
        index: Index,
        look: CellLook,
        found: Beside,
    ) -> None:
        """Paint last period's value at the left, tinted where a rule asks about it."""
        field = self._rows.field_at(index)
        before = found.priors[0].cell(field.id) if found.priors else Absent.BLANK
        text = format_cell(field, before)
        taken = painter.fontMetrics().horizontalAdvance(look.text)
        room = space.width() - taken - BETWEEN
        if not text or room <= 0:
            return
        colours = self._work.look.colours
        asked = any(self._rows.asks(finding) for finding in look.findings)
        plain = painter.font()
        font = painter.font()
        font.setItalic(False)
        font.setPointSizeF(self._work.look.points(SMALLER))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        if asked:
            chip = QRect(
                space.left() - 3,
                space.center().y() - metrics.height() // 2,
                metrics.horizontalAdvance(shown) + 6,
                metrics.height(),
            )
            fill(painter, chip, colours.paper)
            bar = QRect(chip.left() - 1, chip.top(), BAR, chip.height())
            fill(painter, bar, colours.warning.ink)
        painter.setPen(QColor(colours.warning.ink if asked else colours.faint))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(space, side, shown)
        painter.setFont(plain)


def _paint_corner(painter: QPainter, rect: QRect, ink: str) -> None:
    """Mark a sign in its upper left corner."""
    left, top = rect.left(), rect.top()
    corner = [QPoint(left, top), QPoint(left + CORNER, top), QPoint(left, top + CORNER)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawPolygon(QPolygon(corner))
