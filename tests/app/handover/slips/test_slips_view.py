from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.keeping.signing import Standing
from desktop.app.handover.keeping.signing import enrol
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.keeping.signing import sign
from desktop.app.handover.slips.receipts import PackageState
from desktop.app.handover.slips.receipts import accept
from desktop.app.handover.slips.slips_taken import take_in
from desktop.app.handover.slips.slips_view import overview
from desktop.core.manifest import digest_of
from desktop.core.messages import Message
from desktop.exchange.slip_files import read_file
from desktop.exchange.slip_files import to_file
from tests.app.handover.back_and_forth import CODE
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import receipt
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.back_and_forth import taken_in
from tests.exchange.townships import COUNTY
from tests.exchange.townships import beds
from tests.exchange.townships import skipped
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import person

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


def test_overview__whose_signature_what_came_has(over: Ledger, below: Ledger) -> None:
    """It is judged by what is known of keys now; the level above has a name, too."""
    key = make_key(over)
    first = submit(below, "first.xlsx")
    take(over, first)
    sent_back(over, first, BEDS)
    out = issued(over)
    signature = sign(over, digest_of(out.data))
    assert not isinstance(signature, Message)
    came = read_file(to_file(out.data, signature))
    assert not isinstance(came, Message)
    done(below, take_in(below, came, person()))
    taken_in(below, receipt(over, first))

    signed = overview(below, CODE).signed
    assert signed[out.slip.id].standing is Standing.FIRST
    assert signed[package_of(over, first).id].scheme == ""
    known = known_keys(below)
    assert known.names[COUNTY] == "长宁区"
    done(below, enrol(known, COUNTY, key.fingerprint, person()))

    told = overview(below, CODE).signed[out.slip.id]
    assert told.standing is Standing.CHECKED
    assert ("unit", "长宁区") in told.said.params
    assert overview(over, CODE).signed == {}
