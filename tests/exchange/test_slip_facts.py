from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.manifest import Signature
from desktop.exchange.slip_facts import acceptance
from desktop.exchange.slip_facts import accepted_in
from desktop.exchange.slip_facts import acknowledged
from desktop.exchange.slip_facts import came_change
from desktop.exchange.slip_facts import came_in
from desktop.exchange.slip_facts import changes_to
from desktop.exchange.slip_facts import receipt_change
from desktop.exchange.slip_facts import receipts_in
from desktop.exchange.slip_facts import slips_in
from desktop.exchange.slip_facts import taken_away
from desktop.exchange.slip_files import Arrived
from tests.exchange.test_slip_files import ITEM
from tests.exchange.test_slip_files import ITEMS
from tests.exchange.test_slip_files import RECEIPT
from tests.exchange.test_slip_files import SLIP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.core.changes import DefinitionChange
    from desktop.exchange.slip import Item


def after(
    choices: dict[str, str], changes: Iterable[DefinitionChange]
) -> dict[str, str]:
    """Do changes, each of which must find what it says."""
    done = dict(choices)
    for change in changes:
        assert done.get(change.name, "") == change.before
        done[change.name] = change.after
    return {name: text for name, text in done.items() if text}


@given(
    st.lists(ITEMS, max_size=4, unique_by=lambda item: item.number),
    st.lists(ITEMS, max_size=4, unique_by=lambda item: item.number),
)
def test_changes_to__what_is_kept_is_what_was_wanted(
    first: list[Item], second: list[Item]
) -> None:
    kept: dict[str, str] = {"period.deadline": "2026-01-31"}
    for items in (first, second):
        in_order = sorted(items, key=lambda item: item.number)
        slip = replace(SLIP, items=tuple(in_order))
        kept = after(kept, changes_to(kept, "2025", slip))
        assert slips_in(kept) == {slip.id: slip}
        assert list(changes_to(kept, "2025", slip)) == []
    other = replace(SLIP, id="ab12-11")
    kept = after(kept, changes_to(kept, "2025", other))
    gone = after(kept, taken_away(kept, "2025", SLIP.id))
    assert slips_in(gone) == {other.id: other}


def test_taken_away__nothing_but_the_slip() -> None:
    kept = after({}, changes_to({}, "2025", SLIP))
    others = {"period.deadline": "2026-01-31", "zone": "z"}
    assert after(kept | others, taken_away(kept | others, "2025", SLIP.id)) == others


def test_receipts__accepted__acknowledged() -> None:
    kept = after({}, [receipt_change({}, RECEIPT)])
    newer = replace(
        RECEIPT, about=replace(RECEIPT.about, package="cd" * 32, revision=9)
    )
    kept = after(kept, [receipt_change(kept, newer)])
    kept = after(kept, [acceptance(kept, ("2025", "ef"), "2026-01-20")])

    found = receipts_in(kept)

    assert found["ab" * 32] == replace(RECEIPT, agreed=())
    assert accepted_in(kept) == {"ef": "2026-01-20"}
    assert acknowledged(kept, "l1") == (9, "cd" * 32)
    assert acknowledged(kept, "other") == (0, "")
    kept = after(kept, [acceptance(kept, ("2025", "ef"), "")])
    assert accepted_in(kept) == {}


def test_slips_in__what_cannot_be_read__is_passed_over() -> None:
    kept = after({}, changes_to({}, "2025", replace(SLIP, items=(ITEM,))))
    kept |= {
        "period.return.ab12-1.2": "{",
        "period.return.other": "[]",
        "period.return.lost.1": kept["period.return.ab12-1.1"],
        "period.receipt.x": "{}",
    }

    assert slips_in(kept) == {"ab12-1": SLIP}
    assert receipts_in(kept) == {}


def test_came__how_it_was_signed_or_that_it_was_not() -> None:
    signature = Signature("sm2", "key", "value")
    slip, receipt = Arrived(SLIP, "d1", signature), Arrived(RECEIPT, "d2")
    changes = [came_change({}, slip), came_change({}, receipt)]
    kept = after({"period.came.odd": "[1", "period.came.less": '["d","ed"]'}, changes)

    assert came_in(kept) == {
        SLIP.id: ("d1", signature),
        RECEIPT.about.package: ("d2", None),
    }
    assert came_change(kept, slip).before == came_change(kept, slip).after
