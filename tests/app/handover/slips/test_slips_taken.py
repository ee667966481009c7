from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.keeping.signing import sign
from desktop.app.handover.slips.slips_taken import answer
from desktop.app.handover.slips.slips_taken import find_taken
from desktop.app.handover.slips.slips_taken import judgement_of
from desktop.app.handover.slips.slips_taken import read_back
from desktop.app.handover.slips.slips_taken import take_in
from desktop.core.changes import Action
from desktop.core.manifest import Signature
from desktop.core.manifest import digest_of
from desktop.exchange.slip import ItemState
from desktop.exchange.slip import Receipt
from desktop.exchange.slip import Slip
from desktop.exchange.slip_facts import receipts_in
from desktop.exchange.slip_files import Arrived
from desktop.exchange.slip_files import data_of
from desktop.exchange.slip_files import to_file
from tests.app.handover.back_and_forth import CODE
from tests.app.handover.back_and_forth import answered
from tests.app.handover.back_and_forth import arrived
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import receipt
from tests.app.handover.back_and_forth import refused
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.back_and_forth import states
from tests.app.handover.back_and_forth import taken_in
from tests.app.handover.back_and_forth import the
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import beds
from tests.exchange.townships import opened
from tests.exchange.townships import remove
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read
    from desktop.store.ledger import Ledger

BEDS = "eci/甲院/beds_total"


@pytest.fixture
def first(over: Ledger, below: Ledger) -> Read:
    read = submit(below)
    take(over, read)
    return read


@pytest.fixture
def slip(over: Ledger, first: Read) -> Slip:
    sent_back(over, first, BEDS)
    return issued(over).slip


@pytest.fixture
def told(over: Ledger, first: Read) -> Receipt:
    return receipt(over, first).receipt


def code_of(ledger: Ledger, what: Slip | Receipt) -> str:
    """Take something in that is refused."""
    return refused(take_in(ledger, arrived(data_of(what)), person()))


def test_take_in__not_for_this_ledger__error(
    over: Ledger, below: Ledger, slip: Slip, told: Receipt, tmp_path: Path
) -> None:
    (tmp_path / "west").mkdir()
    for what in (slip, told):
        about = what.about
        assert code_of(over, what) == "slips.own"
        other = replace(what, about=replace(about, ledger="other"))
        assert code_of(below, other) == "slips.other_ledger"
        other = replace(what, about=replace(about, unit=WEST))
        assert code_of(below, other) == "slips.other_unit"
        other = replace(what, about=replace(about, period="2019"))
        assert code_of(below, other) == "slips.other_period"
    with opened(Desks(tmp_path / "west").new(street(WEST))) as west:
        assert code_of(west, slip) == "slips.other_ledger"


def test_take_in__a_slip_twice_older_and_of_somebody_else__error(
    over: Ledger, below: Ledger, first: Read, slip: Slip
) -> None:
    sent_back(over, first, "eci/乙院/price")
    newer = issued(over)
    taken_in(below, newer)

    assert code_of(below, newer.slip) == "slips.again"
    assert code_of(below, slip) == "slips.older"
    stranger = replace(newer.slip, sender=replace(slip.sender, ledger="other"))
    assert code_of(below, stranger) == "slips.other_sender"


def test_take_in__a_receipt_twice_older_and_of_another_line__error(
    over: Ledger, below: Ledger, first: Read, told: Receipt
) -> None:
    before = replace(told, edition=told.edition - 1)
    taken_in(below, receipt(over, first))

    assert code_of(below, told) == "slips.again"
    assert code_of(below, before) == "slips.older"
    assert code_of(below, replace(told, mark="AAAA")) == "slips.other_line"
    for revision in (0, 10**9):
        about = replace(told.about, revision=revision)
        assert code_of(below, replace(told, about=about)) == "slips.other_line"


def test_take_in__a_receipt_on_a_copy_that_went_another_way__error(
    over: Ledger, below: Ledger, copied: Callable[[], Ledger]
) -> None:
    with copied() as other:
        beds(other, "甲院", 13)
        beds(below, "甲院", 12)
        read = submit(below)
        take(over, read)
        told = receipt(over, read)

        assert code_of(other, told.receipt) == "slips.other_line"

    taken_in(below, told)
    assert package_of(over, read).id in receipts_in(below.choices(CODE))


def test_take_in__a_receipt_says_what_is_agreed__and_nothing_else(
    over: Ledger, below: Ledger, slip: Slip, told: Receipt
) -> None:
    """A receipt only speaks of items of its own sender, and of this round."""
    from desktop.exchange.slip import Agreed

    done(below, take_in(below, arrived(data_of(slip)), person()))
    now = the(below).now
    agreed = (
        Agreed(slip.id, 1, 2, now),
        Agreed(slip.id, 9, 1, now),
        Agreed("none-1", 1, 1, now),
    )
    done(
        below,
        take_in(below, arrived(data_of(replace(told, agreed=agreed))), person()),
    )
    assert states(below) == {BEDS: ItemState.OPEN}
    good = (Agreed(slip.id, 1, 1, now),)
    stranger = replace(
        told,
        agreed=good,
        edition=told.edition + 1,
        sender=replace(told.sender, ledger="other"),
    )
    done(below, take_in(below, arrived(data_of(stranger)), person()))
    assert states(below) == {BEDS: ItemState.OPEN}

    last = replace(told, agreed=good, edition=told.edition + 2)
    done(below, take_in(below, arrived(data_of(last)), person()))

    assert states(below) == {BEDS: ItemState.CHECKED}


def test_take_in__signatures(over: Ledger, below: Ledger, slip: Slip) -> None:
    make_key(over)
    data = data_of(slip)
    signature = sign(over, digest_of(data))
    assert isinstance(signature, Signature)
    good = Arrived(slip, digest_of(data), signature)
    forged = Arrived(slip, "0" * 64, signature)

    assert refused(take_in(below, forged, person())) == "sign.broken"
    assert judgement_of(below, good).standing.value == "first"
    done(below, take_in(below, good, person()))

    unsigned = Arrived(replace(slip, edition=2), digest_of(data), None)
    assert judgement_of(below, unsigned).loud


def test_read_back__a_file_and_none(tmp_path: Path, slip: Slip) -> None:
    file = tmp_path / "a.tzs"
    file.write_bytes(to_file(data_of(slip)))
    found = read_back(file)
    assert isinstance(found, Arrived)
    assert found.what == slip
    assert refused(read_back(tmp_path / "none.tzs")) == "slips.unreadable"
    assert refused(read_back(tmp_path)) == "slips.unreadable"


def test_answer__and_take_it_back(
    over: Ledger, below: Ledger, slip: Slip, first: Read
) -> None:
    assert refused(find_taken(below, CODE, "x.1")) == "slips.unknown_item"
    mine = the(over)
    assert refused(find_taken(over, CODE, mine.name)) == "slips.not_theirs"
    done(below, take_in(below, arrived(data_of(slip)), person()))
    answered(below, "  去年漏报了一个院区 ")
    assert states(below) == {BEDS: ItemState.CHANGED}
    again = answer(below, the(below), "去年漏报了一个院区")
    assert isinstance(again, Action)
    assert again.changes == ()
    answered(below, "")
    assert states(below) == {BEDS: ItemState.OPEN}
    one = the(below)

    remove(below, "甲院")

    assert refused(answer(below, one, "x")) == "slips.record_gone"
    assert slip.about.unit == EAST


def test_answer__stock_phrases__error(
    over: Ledger, below: Ledger, slip: Slip, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.app.handover.slips import slips_taken
    from desktop.core.messages import message

    done(below, take_in(below, arrived(data_of(slip)), person()))
    monkeypatch.setattr(
        slips_taken, "wanting", lambda *_, **__: message("app.explain.figure")
    )

    assert refused(answer(below, the(below), "属实")) == "app.explain.figure"
