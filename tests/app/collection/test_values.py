from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.findings import Level
from desktop.core.unit import UnitCode
from desktop.intake.plan_values import RowKind
from desktop.intake.plan_values import RowPlan
from desktop.intake.plan_values import UnitFrom
from tests.app.collection.test_notes import FAULT
from tests.app.collection.test_notes import returned

if TYPE_CHECKING:
    from pathlib import Path


def test_good__what_changes_something_and_has_nothing_to_mend(tmp_path: Path) -> None:
    book = returned(tmp_path / "收回.xlsx")
    rows = tuple(
        RowPlan(number, kind, "院", UnitCode("31"), UnitFrom.TABLE)
        for number, kind in enumerate((*RowKind, RowKind.NEW, RowKind.NEW), 1)
    )
    faults = (
        replace(FAULT, row=5),
        replace(FAULT, row=6, level=Level.WARNING),
        replace(FAULT, row=4),
    )
    plan = replace(book.ready.plan, rows=rows)
    book = replace(book, ready=replace(book.ready, plan=plan), faults=faults)

    assert [row.kind for row in rows[:4]] == [
        RowKind.NEW,
        RowKind.UPDATE,
        RowKind.UNCHANGED,
        RowKind.PROBLEM,
    ]
    assert book.bad == {4, 5}
    assert book.good == {1, 2, 6}
    assert book.same == 1
