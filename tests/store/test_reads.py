from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desktop.core.cells import BLANK
from desktop.core.cells import Cell
from desktop.forms.fields import Binding
from desktop.store.reads import Questions
from desktop.store.reads import bound_cell
from tests.store.cases import EAST
from tests.store.cases import ROOT
from tests.store.cases import UNITS

if TYPE_CHECKING:
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger


@pytest.mark.parametrize(
    ("binding", "unit", "cell"),
    [
        (Binding.UNIT_CODE, EAST, EAST),
        (Binding.UNIT_NAME, EAST, "东镇"),
        (Binding.UNIT_PARENT, EAST, ROOT),
        (Binding.UNIT_PARENT, ROOT, BLANK),
        (Binding.UNIT_CLASS, ROOT, "县(市、区)"),
        (Binding.PERIOD_YEAR, ROOT, 2025),
    ],
)
def test_bound_cell(binding: Binding, unit: str, cell: Cell) -> None:
    units: dict[str, Unit] = {each.code: each for each in UNITS}

    assert bound_cell(units, binding, unit, "2025Q1") == cell


def test_questions__the_guard_stands_for_every_question_and_no_longer(
    ledger: Ledger,
) -> None:
    with closing(sqlite3.connect(ledger.path)) as other:
        questions = Questions(other)
        for _ in range(2):
            assert list(questions.ask("SELECT 1", {})) == [(1,)]
            with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
                list(questions.ask("DELETE FROM _nil", {}))
        other.execute("DELETE FROM _nil")
