"""Whose key is whose: what a ledger knows of the keys of others, by fingerprint.

A unit has at most one key at a time. It is known from the first file that was signed
with it, or because somebody wrote its fingerprint down; it is trusted once a person has
compared the fingerprint with the unit. What was its key before stays known.
"""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.exchange.keys import ED25519
from desktop.exchange.keys import SM2
from desktop.exchange.keys import fingerprint
from desktop.exchange.signing import Proof
from desktop.exchange.signing import proof_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.manifest import Signature
    from desktop.core.messages import Message

OWN: Final = "ledger.key.own"
"""Under this name a ledger keeps the fingerprint of its own key."""
OF_UNIT: Final = "ledger.key.unit."
"""With a unit's code behind it: what is known of the unit's keys."""
OF_PACKAGE: Final = "period.signature."
"""With a package behind it: its signature."""
_TITLES: Final[Mapping[str, str]] = {ED25519: "Ed25519", SM2: "国密 SM2"}


class Trust(Enum):
    """How far a unit's present key is trusted."""

    SEEN = "seen"
    """未登记: a file was signed with it; nobody has compared it."""
    CHECKED = "checked"
    """已核对: its fingerprint was compared with the unit."""


class Past(Enum):
    """Why a key holds no longer."""

    REPLACED = "replaced"
    """The unit has another key now."""
    REVOKED = "revoked"
    """已作废: somebody said that it must not be believed."""


@frozen
class Known:
    """A key of a unit; `on` and `by` tell when and by whom that was last said."""

    print: str
    state: Trust | Past
    on: str = ""
    by: str = ""


@frozen
class UnitKeys:
    """The key a unit has, and those it had."""

    now: Known | None = None
    past: tuple[Known, ...] = ()

    def former(self, print_: str) -> Known | None:
        """Find a key the unit had once."""
        return next((one for one in self.past if one.print == print_), None)


@frozen
class KnownKeys:
    """All that a ledger knows of keys: its own, and those of units by code.

    `names` are the units' names, `own_unit` the ledger's own one, `signed` the packages
    whose signature is noted, each behind its period; `facts` are the texts by which
    the ledger keeps all this.
    """

    units: Mapping[str, UnitKeys]
    names: Mapping[str, str]
    facts: Mapping[str, str]
    own_unit: str = ""
    signed: frozenset[tuple[str, str]] = frozenset()

    @property
    def own(self) -> str:
        """The fingerprint of the ledger's own key; empty where it has none."""
        return self.facts.get(OWN, "")


def write_keys(keys: UnitKeys) -> str:
    """Write what is known of a unit's keys; nothing known is no text."""
    if keys == UnitKeys():
        return ""
    content = {
        "now": None if keys.now is None else _parts(keys.now),
        "past": [_parts(one) for one in keys.past],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _parts(known: Known) -> tuple[str, str, str, str]:
    return known.print, known.state.value, known.on, known.by


def read_keys(text: str) -> UnitKeys:
    """Read what is known of a unit's keys; what cannot be read is not known."""
    try:
        content = json.loads(text)
        now = content["now"]
        return UnitKeys(
            None if now is None else _known(now, Trust),
            tuple(_known(one, Past) for one in content["past"]),
        )
    except (ValueError, KeyError, TypeError):
        return UnitKeys()


def _known(parts: object, states: type[Trust | Past]) -> Known:
    match parts:
        case [str(print_), str(state), str(on), str(by)]:
            return Known(print_, states(state), on, by)
        case _:
            raise ValueError(parts)


# --- Judging -------------------------------------------------------------------


class Standing(Enum):
    """What a signature says of a file."""

    UNSIGNED = "unsigned"
    MISSING = "missing"
    """Not signed, though the unit has a key."""
    UNKNOWN_SCHEME = "unknown_scheme"
    BROKEN = "broken"
    """Signed, and the signature is not of what stands in the file."""
    OWN = "own"
    """Signed with this ledger's own key."""
    FIRST = "first"
    """未登记."""
    CHECKED = "checked"
    """已核对."""
    REPLACED = "replaced"
    """已更换: another key than the one known of the unit."""
    REVOKED = "revoked"
    """已作废."""


LOUD: Final = frozenset(
    {Standing.MISSING, Standing.BROKEN, Standing.REPLACED, Standing.REVOKED}
)
QUIET: Final = frozenset({Standing.UNSIGNED, Standing.OWN, Standing.CHECKED})


@frozen
class Judgement:
    """What a signature is worth, said to a person."""

    standing: Standing
    said: Message
    scheme: str = ""
    fingerprint: str = ""

    @property
    def loud(self) -> bool:
        """Whether nobody may overlook it."""
        return self.standing in LOUD

    @property
    def needs_look(self) -> bool:
        """Whether somebody has something to do about it."""
        return self.standing not in QUIET


def judged(
    known: KnownKeys, unit: str, digest: str, signature: Signature | None
) -> Judgement:
    """Tell what the signature of a file of a unit is worth."""
    keys = known.units.get(unit, UnitKeys())
    name = known.names.get(unit, unit)
    if signature is None:
        return _unsigned(keys, name)
    print_ = fingerprint(signature.scheme, signature.key)
    standing, said = _signed(known, keys, (unit, digest), signature)
    if standing is Standing.UNKNOWN_SCHEME:
        print_ = ""
    return Judgement(standing, said, signature.scheme, print_)


def _unsigned(keys: UnitKeys, name: str) -> Judgement:
    if keys.now is None:
        return Judgement(Standing.UNSIGNED, message("sign.unsigned"))
    return Judgement(Standing.MISSING, message("sign.missing", unit=name))


def unsound(signature: Signature, digest: str) -> Message | None:
    """Say why a signature proves nothing by itself; None where it holds."""
    proof = proof_of(signature, digest)
    if proof is Proof.UNKNOWN:
        scheme = _TITLES.get(signature.scheme, ascii(signature.scheme)[:40])
        return message("sign.unknown_scheme", scheme=scheme)
    return message("sign.broken") if proof is Proof.BROKEN else None


def _signed(
    known: KnownKeys, keys: UnitKeys, about: tuple[str, str], signature: Signature
) -> tuple[Standing, Message]:
    unit, digest = about
    name = known.names.get(unit, unit)
    said = unsound(signature, digest)
    if said is not None:
        broken = said.code == "sign.broken"
        return Standing.BROKEN if broken else Standing.UNKNOWN_SCHEME, said
    print_ = fingerprint(signature.scheme, signature.key)
    if print_ == known.own and unit in (known.own_unit, ""):
        return Standing.OWN, message("sign.own")
    return _of_unit(known, keys, (unit, name), print_)


def _of_unit(
    known: KnownKeys, keys: UnitKeys, about: tuple[str, str], print_: str
) -> tuple[Standing, Message]:
    unit, name = about
    said = {"unit": name, "fingerprint": print_}
    former = keys.former(print_)
    if former is not None:
        code = f"sign.former_{former.state.value}"
        return Standing.REVOKED, message(code, unit=name, on=former.on)
    if keys.now is None:
        other = _elsewhere(known, unit, print_)
        if other:
            return Standing.FIRST, message("sign.first_elsewhere", other=other, **said)
        return Standing.FIRST, message("sign.first", **said)
    if keys.now.print != print_:
        return Standing.REPLACED, message("sign.replaced", **said)
    if keys.now.state is Trust.CHECKED:
        on, by = keys.now.on, keys.now.by
        return Standing.CHECKED, message("sign.checked", unit=name, on=on, by=by)
    return Standing.FIRST, message("sign.seen", **said)


def _elsewhere(known: KnownKeys, unit: str, print_: str) -> str:
    """Name another unit that has this key."""
    for other, keys in known.units.items():
        if other != unit and keys.now is not None and keys.now.print == print_:
            return known.names.get(other, other)
    return ""


# --- Deciding ------------------------------------------------------------------


def seen(keys: UnitKeys, print_: str, on: str, by: str) -> UnitKeys:
    """Remember a key the unit has signed with, where it had none yet."""
    if keys.now is not None or keys.former(print_) is not None:
        return keys
    return UnitKeys(Known(print_, Trust.SEEN, on, by), keys.past)


def checked(keys: UnitKeys, print_: str, on: str, by: str) -> UnitKeys:
    """Trust a key; the one the unit had before holds no longer."""
    past = tuple(one for one in keys.past if one.print != print_)
    if keys.now is not None and keys.now.print != print_:
        past = (*past, Known(keys.now.print, Past.REPLACED, on, by))
    return UnitKeys(Known(print_, Trust.CHECKED, on, by), past)


def revoked(keys: UnitKeys, on: str, by: str) -> UnitKeys:
    """Believe the unit's key no longer."""
    if keys.now is None:
        return keys
    return UnitKeys(None, (*keys.past, Known(keys.now.print, Past.REVOKED, on, by)))
