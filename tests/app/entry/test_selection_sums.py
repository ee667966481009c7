from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.app.entry import selection_sums
from desktop.app.entry.selection_sums import Part
from desktop.app.entry.selection_sums import added_up
from desktop.app.entry.selection_sums import mean
from desktop.app.entry.selection_sums import measure_of
from desktop.app.progress import run_steps
from desktop.store.search import Sums
from tests import small

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from desktop.app.progress import Progress


def test_added_up__slice_by_slice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection_sums, "SLICE", 2)
    with small.opened(small.make_filled(tmp_path)) as ledger:
        form = ledger.pack().form_by_id["eci"]
        ids = ledger.ids("eci", small.YEAR.code)
        fields = [form.by_id["beds_total"], form.by_id["beds_nursing"]]
        parts = [Part(ids, fields), Part(ids[:1], fields[:1])]
        steps = added_up(ledger, "eci", small.YEAR.code, parts)
        seen: list[int] = []

        def watch(progress: Progress) -> bool:
            seen.append(progress.done)
            return True

        found = run_steps(steps, watch)
    assert seen == [2, 3, 4]
    assert found == Sums(6, Decimal(580), filled=6, blank=1)
    assert mean(found) == Decimal("96.67")


def test_mean__of_no_numbers_is_none() -> None:
    assert mean(Sums()) is None


def test_measure__only_where_it_is_one() -> None:
    form = small.small_pack().form_by_id["eci"]
    beds, price = form.by_id["beds_total"], form.by_id["price"]
    name = form.by_id["name"]
    assert measure_of([Part([], [name, beds])]) == "张"
    assert measure_of([Part([], [beds]), Part([], [price])]) == ""
    assert measure_of([Part([], [name])]) == ""
