from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.slips.slips import Issued
from desktop.app.handover.slips.slips import agree_to
from desktop.app.handover.slips.slips import drop
from desktop.app.handover.slips.slips import find_item
from desktop.app.handover.slips.slips import find_record
from desktop.app.handover.slips.slips import find_slip
from desktop.app.handover.slips.slips import issue
from desktop.app.handover.slips.slips import package_for
from desktop.app.handover.slips.slips import send_again
from desktop.app.handover.slips.slips import set_due
from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import Slip
from desktop.exchange.slip_facts import slips_in
from tests.app.handover.back_and_forth import CODE
from tests.app.handover.back_and_forth import arrived
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import refused
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.back_and_forth import states
from tests.app.handover.back_and_forth import taken_in
from tests.app.handover.back_and_forth import the
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import home
from tests.exchange.townships import put
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import undo

if TYPE_CHECKING:
    from desktop.app.handover.receiving.reading import Read
    from desktop.store.ledger import Ledger

BEDS = "eci/甲院/beds_total"
NURSING = "eci/乙院/eci.nursing_within_total"


@pytest.fixture
def first(over: Ledger, below: Ledger) -> Read:
    read = submit(below)
    take(over, read)
    return read


def test_find_record__by_id_or_name(over: Ledger, below: Ledger) -> None:
    for id_, name in (("id1", "丙院"), ("id2", "丁院"), ("id3", "丁院")):
        add(below, id_, EAST)
        put(below, home(id_), "name", name)
    read = submit(below)
    take(over, read)
    package = package_of(over, read)

    assert find_record(over, package, "eci", "id1") == "id1"
    assert find_record(over, package, "eci", "丙院") == "id1"
    assert find_record(over, package, "eci", "丁院") == "丁院", "two have that name"
    assert find_record(over, package, "area", EAST) == EAST
    assert find_record(over, package, "area", "x") == "x"
    assert find_record(over, package, "none", "x") == "x"


def test_package_for__the_last_that_brought_the_record(
    over: Ledger, below: Ledger, first: Read
) -> None:
    assert package_for(over, home("甲院")) == package_of(over, first)
    beds(below, "甲院", 12)
    second = submit(below)
    take(over, second)
    assert package_for(over, area(EAST)) == package_of(over, second)
    add(over, "自己的", COUNTY)
    add(over, "也是", EAST)
    for key in (home("自己的"), home("也是"), RecordKey("eci", CODE, FacilityId("无"))):
        assert refused(package_for(over, key)) == "slips.not_received"


def test_find__error(over: Ledger, below: Ledger, first: Read) -> None:
    assert refused(find_item(over, CODE, "x.1")) == "slips.unknown_item"
    assert refused(find_slip(over, CODE, "x")) == "slips.unknown_slip"
    sent_back(over, first, BEDS)
    taken_in(below, issued(over))
    one = the(below)
    assert refused(find_item(below, CODE, one.name)) == "slips.not_ours"
    assert find_item(over, CODE, one.name) == the(over)
    assert refused(find_slip(below, CODE, one.slip.id)) == "slips.unknown_slip"


def test_drop__before_and_after_it_went_out(
    over: Ledger, below: Ledger, first: Read
) -> None:
    sent_back(over, first, BEDS)
    done(over, drop(over, the(over)))
    assert slips_in(over.choices(CODE)) == {}
    sent_back(over, first, BEDS)
    sent_back(over, first, NURSING)
    taken_in(below, issued(over))

    done(over, drop(over, the(over, BEDS)))

    taken_in(below, issued(over))
    assert list(states(below)) == [NURSING]
    done(over, drop(over, the(over, NURSING)))
    (slip,) = slips_in(over.choices(CODE)).values()
    assert (slip.items, slip.waiting) == ((), True)
    out = issue(over, slip, "李四")
    assert isinstance(out, Issued)
    taken_in(below, out)
    assert states(below) == {}


def test_set_due(over: Ledger, first: Read) -> None:
    sent_back(over, first, BEDS)
    slip = issued(over).slip
    assert refused(set_due(over, slip, "2026-1-2")) == "slips.bad_day"

    done(over, set_due(over, slip, "2026-01-20"))

    found = find_slip(over, CODE, slip.id)
    assert isinstance(found, Slip)
    assert (found.due, found.waiting) == ("2026-01-20", True)
    done(over, set_due(over, found, ""))


def test_agree_and_again__error(over: Ledger, below: Ledger, first: Read) -> None:
    sent_back(over, first, BEDS)
    assert refused(agree_to(over, [the(over)])) == "slips.not_out"
    assert refused(send_again(over, the(over), "x")) == "slips.not_out"
    issued(over)
    assert refused(agree_to(over, [the(over)])) == "slips.not_changed"
    assert refused(send_again(over, the(over), " ")) == "slips.no_reason"


def test_send_again__of_what_no_package_speaks_of(over: Ledger, first: Read) -> None:
    sent_back(over, first, BEDS)
    issued(over)
    undo(over, first)

    done(over, send_again(over, the(over), "再报"))

    item = the(over).item
    assert (item.package, item.returned) == (package_of(over, first).id, ())


def test_issue__the_same_twice_and_nothing(
    over: Ledger, below: Ledger, first: Read
) -> None:
    sent_back(over, first, BEDS)
    sent_back(over, first, NURSING)
    out = issued(over)
    assert out.name == f"{EAST}-2025-return-{out.slip.id}-1.tzs"
    assert out.slip.sender.who == "李四"

    again = issued(over)

    assert (again.data, again.action) == (out.data, None)
    assert arrived(out.data).what == out.slip
    empty = Slip("x-1", 0, out.slip.sender, out.slip.about)
    assert refused(issue(over, empty, "李四")) == "slips.nothing"
    assert beds_of(over, "甲院") == 10


def test_issue__what_closed_by_itself__is_said_to_be(
    over: Ledger, below: Ledger, first: Read
) -> None:
    """The next edition of the slip takes nothing back that a receipt has said."""
    sent_back(over, first, BEDS)
    sent_back(over, first, NURSING)
    taken_in(below, issued(over))
    put(below, home("乙院"), "beds_nursing", 15)
    second = submit(below)
    take(over, second)
    sent_back(over, second, BEDS, "还是要改")

    taken_in(below, issued(over))

    assert states(below) == {BEDS: ItemState.OPEN, NURSING: ItemState.CHECKED}
