"""Keys and signatures of a ledger: make one, sign with it, know those of others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.keys import KeptKey
from desktop.exchange.keys import fingerprint
from desktop.exchange.keys import locked
from desktop.exchange.keys import new_key
from desktop.exchange.keys import opened
from desktop.exchange.keys import read_key
from desktop.exchange.keys import write_key
from desktop.exchange.keys_known import OF_PACKAGE
from desktop.exchange.keys_known import OF_UNIT
from desktop.exchange.keys_known import OWN
from desktop.exchange.keys_known import Judgement
from desktop.exchange.keys_known import KnownKeys
from desktop.exchange.keys_known import Standing
from desktop.exchange.keys_known import UnitKeys
from desktop.exchange.keys_known import checked
from desktop.exchange.keys_known import judged
from desktop.exchange.keys_known import read_keys
from desktop.exchange.keys_known import revoked
from desktop.exchange.keys_known import seen
from desktop.exchange.keys_known import write_keys
from desktop.exchange.sealing import COST
from desktop.exchange.signing import Proof
from desktop.exchange.signing import proof_of
from desktop.exchange.signing import sign_digest
from desktop.exchange.slip_facts import receipts_in
from desktop.exchange.slip_facts import slips_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.app.person import Person
    from desktop.core.changes import Change
    from desktop.core.manifest import Signature
    from desktop.core.words import Words
    from desktop.exchange.slip import Sender
    from desktop.store.ledger import Ledger
    from desktop.store.reader import Reader

__all__ = ["Judgement", "KnownKeys", "Standing", "judged"]
"""Handed on, so that who asks for a judgement need not know where it is made."""

KEY: Final = "signing_key"
"""The file's own note that has the key."""
EVERY: Final = ""
"""What holds for all periods stands under none."""


# --- The ledger's own key --------------------------------------------------------


def own_key(ledger: Reader) -> KeptKey | Message | None:
    """Give the ledger's key; None where it has none.

    Raises:
        StoreError: The ledger cannot be read.
    """
    text = ledger.own_note(KEY)
    return read_key(text) if text else None


def make_key(ledger: Ledger, password: str = "", cost: int = COST) -> KeptKey:
    """Make a key for a ledger, in place of one it may have.

    Raises:
        StoreError: It could not be written; the ledger is as it was.
    """
    key = new_key(password, cost)
    before = ledger.choices(EVERY).get(OWN, "")
    change = DefinitionChange(EVERY, OWN, before, key.fingerprint)
    action = Action(message("keys.action.made"), (change,))
    ledger.keep_note(KEY, write_key(key), action)
    return key


def relock(ledger: Ledger, old: str, new: str, cost: int = COST) -> Message | None:
    """Put the ledger's key under another password, or under none; None when done.

    Raises:
        StoreError: It could not be written; the ledger is as it was.
    """
    kept = own_key(ledger)
    if kept is None:
        return message("keys.none")
    key = kept if isinstance(kept, Message) else opened(kept, old)
    if isinstance(key, Message):
        return key
    text = write_key(locked(key, new, cost) if new else key)
    ledger.keep_note(KEY, text, Action(message("keys.action.locked"), ()))
    return None


def sign(
    ledger: Reader, digest: str, password: str | None = None
) -> Signature | Message | None:
    """Sign a digest with the ledger's key; None where it has none.

    Raises:
        StoreError: The ledger cannot be read.
    """
    kept = own_key(ledger)
    if kept is None or isinstance(kept, Message):
        return kept
    key = opened(kept, password)
    if isinstance(key, Message):
        return key
    signature = sign_digest(key, digest)
    # A key whose halves do not belong together would only be found out at the county.
    if proof_of(signature, digest) is not Proof.GOOD:
        return message("keys.damaged")
    return signature


# --- The keys of others ------------------------------------------------------------


def known_keys(ledger: Reader) -> KnownKeys:
    """Read all that a ledger knows of keys.

    Raises:
        StoreError: The ledger cannot be read.
    """
    units = ledger.units()
    facts = ledger.choices(EVERY)
    signed = (
        (period.code, name.removeprefix(OF_PACKAGE))
        for period in ledger.periods()
        for name in ledger.choices(period.code)
        if name.startswith(OF_PACKAGE)
    )
    keys = {
        name.removeprefix(OF_UNIT): read_keys(text)
        for name, text in facts.items()
        if name.startswith(OF_UNIT)
    }
    names = {str(unit.code): unit.name for unit in units}
    if not keys.keys() <= names.keys():
        names = {**_senders(ledger), **names}
    return KnownKeys(keys, names, facts, str(units[0].code), frozenset(signed))


def _senders(ledger: Reader) -> dict[str, str]:
    """Name who sent slips and receipts: they are not among the ledger's units."""
    senders: list[Sender] = []
    for period in ledger.periods():
        choices = ledger.choices(period.code)
        senders += (slip.sender for slip in slips_in(choices).values())
        senders += (receipt.sender for receipt in receipts_in(choices).values())
    return {sender.unit: sender.name for sender in senders}


@frozen
class Arrived:
    """A package that is taken: its digest, unit and period, and how it is signed."""

    package: str
    unit: str
    period: str
    signature: Signature | None


def noted(
    known: KnownKeys, arrived: Sequence[Arrived], person: Person
) -> tuple[Change, ...]:
    """Give what a ledger is to remember of the signatures of packages it takes.

    Signatures that do not hold are not remembered, for they say nothing.
    """
    return (*_signatures(known, arrived), *_first_sights(known, arrived, person))


def _good(each: Arrived) -> bool:
    signature = each.signature
    return signature is not None and proof_of(signature, each.package) is Proof.GOOD


def _signatures(known: KnownKeys, arrived: Sequence[Arrived]) -> Iterator[Change]:
    for each in {each.package: each for each in arrived}.values():
        signature = each.signature
        if signature is None or (each.period, each.package) in known.signed:
            continue
        if _good(each):
            parts = signature.scheme, signature.key, signature.value
            text = json.dumps(parts, separators=(",", ":"))
            yield DefinitionChange(each.period, OF_PACKAGE + each.package, "", text)


def _first_sights(
    known: KnownKeys, arrived: Sequence[Arrived], person: Person
) -> Iterator[Change]:
    found: dict[str, str] = {}
    for each in arrived:
        if each.signature is not None and _good(each):
            print_ = fingerprint(each.signature.scheme, each.signature.key)
            found.setdefault(each.unit, print_)
    for unit, print_ in found.items():
        keys = known.units.get(unit, UnitKeys())
        yield from _changed(known, unit, seen(keys, print_, *_now(person)))


def _changed(known: KnownKeys, unit: str, keys: UnitKeys) -> Iterator[DefinitionChange]:
    name = OF_UNIT + unit
    before, after = known.facts.get(name, ""), write_keys(keys)
    if before != after:
        yield DefinitionChange(EVERY, name, before, after)


def _now(person: Person) -> tuple[str, str]:
    return person.clock().date().isoformat(), person.who


def enrol(
    known: KnownKeys, unit: str, print_: str, person: Person, *, replace: bool = False
) -> Action | Message:
    """Trust a key whose fingerprint was compared with the unit (已核对).

    Where another key of the unit is known, only `replace` takes it instead.
    """
    refused = _refused(known, unit)
    if refused is not None:
        return refused
    keys = known.units.get(unit, UnitKeys())
    name = known.names[unit]
    if keys.now is not None and keys.now.print != print_ and not replace:
        return message("keys.differs", unit=name, fingerprint=keys.now.print)
    former = keys.former(print_)
    if former is not None and not replace:
        return message("keys.former", unit=name, on=former.on)
    after = checked(keys, print_, *_now(person))
    title = message("keys.action.checked", unit=name)
    return Action(title, tuple(_changed(known, unit, after)))


def revoke(known: KnownKeys, unit: str, person: Person) -> Action | Message:
    """Believe a unit's key no longer (已作废)."""
    refused = _refused(known, unit)
    if refused is not None:
        return refused
    keys = known.units.get(unit, UnitKeys())
    if keys.now is None:
        return message("keys.no_key", unit=known.names[unit])
    title = message("keys.action.revoked", unit=known.names[unit])
    after = revoked(keys, *_now(person))
    return Action(title, tuple(_changed(known, unit, after)))


def _refused(known: KnownKeys, unit: str) -> Message | None:
    if unit not in known.names:
        return message("keys.unknown_unit", unit=unit)
    return None


def facts(judgement: Judgement, say: Words) -> dict[str, object]:
    """Put a judgement as the command line's JSON has it."""
    return {
        "standing": judgement.standing.value,
        "says": say.message(judgement.said),
        "scheme": judgement.scheme,
        "fingerprint": judgement.fingerprint,
        "loud": judgement.loud,
    }
