from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.core.cell_text import canonical
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.export.manifest.words import shown
from desktop.export.report import CellKind
from desktop.export.report import Shape
from desktop.export.xlsx.plan import written


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (12, CellKind.INTEGER),
        (Decimal("12.5"), CellKind.DECIMAL),
        ("t:甲", CellKind.TEXT),
        ("甲\x01", CellKind.TEXT),
        (True, CellKind.YES_NO),
        (False, CellKind.YES_NO),
        (date(2025, 1, 2), CellKind.DATE),
        (("甲", "乙"), CellKind.CHOICES),
        (Absent.BLANK, CellKind.TEXT),
        (Absent.NOT_APPLICABLE, CellKind.INTEGER),
        (Absent.UNKNOWN, CellKind.INTEGER),
    ],
)
def test_shown__as_the_workbook_has_it(cell: Cell, kind: CellKind) -> None:
    there = written(cell, Shape(kind, 1))
    expected = "" if there is None else str(there).replace("\x01", "〔U+0001〕")
    assert shown(canonical(cell)) == expected


@pytest.mark.parametrize("text", ["c:[", "c:7"])
def test_shown__choices_nobody_wrote(text: str) -> None:
    assert shown(text) == text[2:]
