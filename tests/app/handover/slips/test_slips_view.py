from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.slips.receipts import PackageState
from desktop.app.handover.slips.receipts import accept
from desktop.app.handover.slips.slips_view import overview
from tests.app.handover.back_and_forth import CODE
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import receipt
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.back_and_forth import taken_in
from tests.exchange.townships import beds
from tests.exchange.townships import skipped
from tests.exchange.townships import submit
from tests.exchange.townships import take

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger

BEDS = "eci/甲院/beds_total"


def test_overview__at_both_ends(over: Ledger, below: Ledger) -> None:
    assert overview(over, CODE).units == ()
    first = submit(below, "first.xlsx")
    take(over, first)
    sent_back(over, first, BEDS)
    (unit,) = overview(over, CODE).units
    assert (unit.name, unit.state, len(unit.waiting)) == (
        "华阳路街道",
        PackageState.RECEIVED,
        1,
    )
    taken_in(below, issued(over))
    taken_in(below, receipt(over, first))
    told = overview(below, CODE)
    assert [one.item.field for one in told.came] == ["beds_total"]
    assert [one.state for one in told.receipts] == [PackageState.RETURNED]
    assert told.units == ()
    beds(below, "甲院", 12)
    second = submit(below, "second.xlsx")
    take(over, second)

    beds(below, "甲院", 13)
    take(over, submit(below, "aside.xlsx"), wish=skipped)

    (unit,) = overview(over, CODE).units

    assert (unit.package.file, len(unit.changed)) == ("second.xlsx", 1)
    assert (unit.waiting, unit.day) == ((), "")
    done(over, accept(over, package_of(over, second), "2026-01-20"))
    (unit,) = overview(over, CODE).units
    assert (unit.state, unit.day) == (PackageState.ACCEPTED, "2026-01-20")
