"""Which units are to hand in (应报单位): those directly below, as edited by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.frozen import frozen
from desktop.core.unit import UnitLevel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.board.board_facts import Asked
    from desktop.core.unit import Unit


@frozen
class Expected:
    """A unit on the board; one that is excused stays on it, with the reason.

    `usual` tells that it would be expected if nobody had said anything.
    """

    unit: Unit
    asked: bool = True
    reason: str = ""
    usual: bool = True


def expected_units(
    units: Sequence[Unit], period: str, asked: Mapping[str, Asked]
) -> tuple[Expected, ...]:
    """Give the units of a period that are expected or excused, in the ledger's order.

    Usual are the units directly below the topmost one that have a ledger of their own
    to hand in, as far as they exist in the period. Villages and residents' committees
    keep none, so they are expected only where somebody says so.
    """
    root = units[0].code
    found = []
    for unit in units[1:]:
        said = asked.get(unit.code)
        usual = (
            unit.parent == root
            and unit.level is not UnitLevel.VILLAGE
            and unit.exists_in(period)
        )
        if said is not None and (usual or said.asked):
            found.append(Expected(unit, said.asked, said.reason, usual))
        elif said is None and usual:
            found.append(Expected(unit))
    return tuple(found)
