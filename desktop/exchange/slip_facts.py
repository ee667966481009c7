"""What a ledger keeps of slips and receipts: texts of a period, by name.

`period.return.<slip>` is a slip without its items, `period.return.<slip>.<n>` each of
them; `period.receipt.<package>` is a receipt that came, or the day on which this
ledger's people accepted a package; `period.came.<slip or package>` says how what came
was signed. What went out from this ledger and what came to it
are told apart by the sender.
"""

from __future__ import annotations

import json
import re
from dataclasses import astuple
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.changes import DefinitionChange
from desktop.core.manifest import Signature
from desktop.exchange.slip import Slip
from desktop.exchange.slip_files import head_of
from desktop.exchange.slip_files import head_text
from desktop.exchange.slip_files import item_of
from desktop.exchange.slip_files import item_text
from desktop.exchange.slip_files import receipt_in
from desktop.exchange.slip_files import receipt_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.exchange.slip import Item
    from desktop.exchange.slip import Receipt
    from desktop.exchange.slip_files import Arrived

RETURN: Final = "period.return."
RECEIPT: Final = "period.receipt."
CAME: Final = "period.came."
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def slips_in(choices: Mapping[str, str]) -> dict[str, Slip]:
    """Read the slips that a ledger keeps for a period, by id.

    What cannot be read any more is passed over: it never was written by this program.
    """
    heads: dict[str, Slip] = {}
    items: dict[str, list[Item]] = {}
    for name, text in choices.items():
        if not name.startswith(RETURN):
            continue
        slip, _, number = name.removeprefix(RETURN).partition(".")
        try:
            if number:
                items.setdefault(slip, []).append(item_of(text))
            else:
                heads[slip] = head_of(text)
        except (ValueError, TypeError):
            continue
    found = {}
    for id_, head in heads.items():
        its = sorted(items.get(id_, ()), key=lambda each: each.number)
        found[id_] = replace(head, items=tuple(its))
    return found


def receipts_in(choices: Mapping[str, str]) -> dict[str, Receipt]:
    """Read the receipts that came to a ledger for a period, by package."""
    found = {}
    for name, text in choices.items():
        if not name.startswith(RECEIPT) or _DAY.fullmatch(text):
            continue
        try:
            receipt = receipt_in(text)
        except (ValueError, TypeError):
            continue
        found[name.removeprefix(RECEIPT)] = receipt
    return found


def came_in(choices: Mapping[str, str]) -> dict[str, tuple[str, Signature | None]]:
    """Read the digest and signature of what came, by slip or by a receipt's package."""
    found = {}
    for name, text in choices.items():
        if name.startswith(CAME):
            try:
                digest, *parts = json.loads(text)
                signature = Signature(*parts) if parts else None
            except (ValueError, TypeError):
                continue
            found[name.removeprefix(CAME)] = digest, signature
    return found


def came_change(choices: Mapping[str, str], came: Arrived) -> DefinitionChange:
    """Give the change after which a ledger knows how what came was signed."""
    what, signature = came.what, came.signature
    id_ = what.id if isinstance(what, Slip) else what.about.package
    parts = () if signature is None else astuple(signature)
    text = json.dumps([came.digest, *parts], separators=(",", ":"))
    name = f"{CAME}{id_}"
    return DefinitionChange(what.about.period, name, choices.get(name, ""), text)


def accepted_in(choices: Mapping[str, str]) -> dict[str, str]:
    """Read on which day which packages were accepted, by package."""
    return {
        name.removeprefix(RECEIPT): text
        for name, text in choices.items()
        if name.startswith(RECEIPT) and _DAY.fullmatch(text)
    }


def acknowledged(choices: Mapping[str, str], own: str) -> tuple[int, str]:
    """Tell which revision of this ledger was acknowledged last, and its package.

    `own` is the ledger's id. Nothing is 0 and an empty text.
    """
    told = (
        (one.about.revision, one.about.package)
        for one in receipts_in(choices).values()
        if one.about.ledger == own
    )
    return max(told, default=(0, ""))


def changes_to(
    choices: Mapping[str, str], period: str, slip: Slip
) -> Iterator[DefinitionChange]:
    """Give the changes after which a ledger keeps a slip as it is now."""
    head = f"{RETURN}{slip.id}"
    wanted = {f"{head}.{item.number}": item_text(item) for item in slip.items}
    wanted[head] = head_text(slip)
    there = {n: t for n, t in choices.items() if n == head or n.startswith(f"{head}.")}
    for name in sorted(wanted.keys() | there.keys()):
        before, after = there.get(name, ""), wanted.get(name, "")
        if before != after:
            yield DefinitionChange(period, name, before, after)


def taken_away(
    choices: Mapping[str, str], period: str, slip: str
) -> Iterator[DefinitionChange]:
    """Give the changes after which a ledger keeps a slip no longer."""
    head = f"{RETURN}{slip}"
    for name in sorted(choices):
        if name == head or name.startswith(f"{head}."):
            yield DefinitionChange(period, name, choices[name], "")


def receipt_change(choices: Mapping[str, str], receipt: Receipt) -> DefinitionChange:
    """Give the change after which a ledger keeps a receipt that came."""
    about = receipt.about
    name = f"{RECEIPT}{about.package}"
    kept = replace(receipt, agreed=())
    before = choices.get(name, "")
    return DefinitionChange(about.period, name, before, receipt_text(kept))


def acceptance(
    choices: Mapping[str, str], place: tuple[str, str], day: str
) -> DefinitionChange:
    """Give the change that accepts a package on a day, or no longer.

    `place` is its period and id.
    """
    period, package = place
    name = f"{RECEIPT}{package}"
    return DefinitionChange(period, name, choices.get(name, ""), day)
