from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.compiled import compiled_for
from desktop.app.compiled import settled
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.records import Applied
from tests.small import YEAR
from tests.small import choosing_pack
from tests.small import make_ledger
from tests.small import opened
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path

NEXT = Period(PeriodKind.YEAR, 2026)


def test_compiled__each_part_once() -> None:
    compiled = CompiledPack(small_pack())
    assert compiled.audit is compiled.audit
    assert compiled.figures is compiled.figures
    assert [source.id for source in compiled.schema.sources] == ["eci", "area"]
    assert len(compiled.figures.indicators) == 2


def test_compiled_for__each_period_by_what_was_chosen_for_it(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path, choosing_pack())) as ledger:
        ledger.add_period(NEXT)
        change = DefinitionChange("2026", "definition.beds", "", "closed_too")
        assert isinstance(ledger.apply(Action(message("x"), (change,))), Applied)
        old, new = (compiled_for(ledger, period) for period in (YEAR, NEXT))

        assert old.pack is ledger.pack()
        assert new.pack.definition_by_id["beds"].default == "closed_too"
        assert old.figures.parts != new.figures.parts
        assert settled(ledger, NEXT) == new.pack
