from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.app.handover.slips.receipts import PackageState
from desktop.app.handover.slips.receipts import accept
from desktop.app.handover.slips.receipts import receipts_for
from desktop.app.handover.slips.receipts import state_of
from desktop.app.handover.slips.receipts import states_of
from desktop.app.handover.slips.receipts import unaccept
from desktop.app.handover.slips.slips_marking import send_back
from desktop.app.progress import run_steps
from desktop.core.changes import NoteChange
from desktop.exchange.slip import ItemState
from desktop.exchange.slip_facts import accepted_in
from tests.app.handover.back_and_forth import CODE
from tests.app.handover.back_and_forth import arrived
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import receipt
from tests.app.handover.back_and_forth import refused
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.back_and_forth import states
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import add
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import do
from tests.exchange.townships import home
from tests.exchange.townships import manifest_of
from tests.exchange.townships import nil
from tests.exchange.townships import put
from tests.exchange.townships import read_of
from tests.exchange.townships import remove
from tests.exchange.townships import skipped
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import undo

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger

BEDS = "eci/甲院/beds_total"
ELDERS = f"area/{EAST}/pop_60plus"


def test_states_of__only_what_counts(over: Ledger, below: Ledger) -> None:
    first = submit(below)
    beds(below, "甲院", 11)
    second = submit(below)
    take(over, first)
    take(over, second, wish=skipped)
    one, two = (package_of(over, read).id for read in (first, second))

    assert states_of(over, CODE) == {one: PackageState.RECEIVED}
    assert state_of(over, two) is None
    assert state_of(over, "none") is None
    undo(over, first)
    assert states_of(over, CODE) == {}
    assert states_of(over, "2024") == {}


def test_states_of__sent_back__the_old_and_the_new_package(
    over: Ledger, below: Ledger
) -> None:
    """What is still open holds for the package that came after, too."""
    first = submit(below)
    take(over, first)
    sent_back(over, first, BEDS)
    sent_back(over, first, ELDERS)
    one = package_of(over, first).id
    assert states_of(over, CODE) == {one: PackageState.RECEIVED}, "it is not out yet"
    issued(over)
    assert states_of(over, CODE) == {one: PackageState.RETURNED}
    beds(below, "甲院", 11)
    second = submit(below)
    take(over, second)
    two = package_of(over, second).id
    assert set(states_of(over, CODE).values()) == {PackageState.RETURNED}

    put(below, home("甲院"), "price", 5)
    put(below, area(EAST), "pop_60plus", 9)
    third = submit(below)
    take(over, third)

    assert set(states_of(over, CODE).values()) == {PackageState.RECEIVED}
    assert len({one, two, *states_of(over, CODE)}) == 3


def test_accept__agrees_to_what_was_corrected(over: Ledger, below: Ledger) -> None:
    first = submit(below)
    take(over, first)
    package = package_of(over, first)
    sent_back(over, first, BEDS)
    assert refused(accept(over, package, "2026-01-20")) == "slips.still_open"
    issued(over)
    assert refused(accept(over, package, "2026-01-20")) == "slips.still_open"
    beds(below, "甲院", 11)
    second = submit(below)
    take(over, second)
    new = package_of(over, second)

    done(over, accept(over, new, "2026-01-20"))

    assert states(over) == {BEDS: ItemState.CHECKED}
    assert accepted_in(over.choices(CODE)) == {new.id: "2026-01-20"}
    assert refused(accept(over, new, "2026-01-21")) == "slips.already_accepted"
    done(over, unaccept(over, new))
    assert refused(unaccept(over, new)) == "slips.not_accepted"
    assert state_of(over, new.id) is PackageState.RECEIVED
    undo(over, second)
    assert refused(accept(over, new, "2026-01-21")) == "slips.not_counting"


def test_receipts_for__what_arrived_and_what_the_audit_says(
    over: Ledger, below: Ledger
) -> None:
    put(below, home("甲院"), "price", 5)
    first = submit(below)
    take(over, first)

    told = receipt(over, first).receipt

    about = told.about
    assert first.envelope is not None
    stamp = first.envelope.manifest.stamp
    assert (about.package, about.revision) == (first.envelope.digest, stamp.revision)
    assert (about.unit_name, about.ledger) == ("华阳路街道", stamp.ledger)
    assert (told.sender.name, told.sender.who) == ("长宁区", "李四")
    assert told.state is PackageState.RECEIVED
    assert told.handed == stamp.made
    homes, people = told.forms
    assert (homes.title, homes.records, homes.errors) == ("养老机构调查表", 2, 1)
    assert (people.records, people.warnings) == (1, 0)
    assert arrived(receipt(over, first).data).what == told


def test_receipts_for__explained_and_void(over: Ledger, below: Ledger) -> None:
    put(below, area(EAST), "pop_60plus", 25)
    for key, text in (("rule", "本街道床位服务全区"),):
        topic = f"{key}:area.beds_within_elders"
        do(below, NoteChange(area(EAST), topic, "", text))
    first = submit(below)
    remove(below, "甲院")
    remove(below, "乙院")
    nil(below, EAST, now=True)
    second = submit(below)
    take(over, first)
    people = receipt(over, first).receipt.forms[1]
    assert (people.warnings, people.explained) == (0, 1)
    take(over, second)

    homes = receipt(over, second).receipt.forms[0]

    assert (homes.records, homes.nil) == (0, True)


def test_receipts_for__only_its_forms_and_its_units(
    over: Ledger, below: Ledger
) -> None:
    """What a unit handed in form by form, and what is wrong elsewhere."""
    add(over, "县办", COUNTY, beds_total=1, beds_nursing=2)
    manifest = manifest_of(below)
    homes = [table for table in manifest.tables if table.id == "eci"]
    part = read_of(replace(manifest, tables=tuple(homes)))
    take(over, part)

    (line,) = receipt(over, part).receipt.forms

    assert (line.form, line.errors) == ("eci", 1)


def test_receipts_for__nothing_and_what_does_not_count(
    over: Ledger, below: Ledger
) -> None:
    assert run_steps(receipts_for(over, [], "李四")) == []
    first = submit(below)
    take(over, first, wish=skipped)
    package = package_of(over, first)

    assert run_steps(receipts_for(over, [package], "李四")) == []
    assert refused(send_back(over, package, [])) == "slips.not_counting"


def test_receipts_for__says_what_was_agreed_to(over: Ledger, below: Ledger) -> None:
    first = submit(below)
    take(over, first)
    sent_back(over, first, BEDS)
    issued(over)
    beds(below, "甲院", 11)
    second = submit(below)
    take(over, second)
    assert receipt(over, second).receipt.agreed == ()

    done(over, accept(over, package_of(over, second), "2026-01-20"))

    told = receipt(over, second).receipt
    assert told.accepted == "2026-01-20"
    assert [(one.number, one.seen) for one in told.agreed] == [(1, ("n:11", "", ""))]
    assert receipt(over, second).name == (
        f"{EAST}-2025-receipt-{told.about.package[:8]}-r{told.about.revision:04d}.tzr"
    )
