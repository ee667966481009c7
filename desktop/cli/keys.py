"""`taizhang keys`: the ledger's own key, and those of the units that hand in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.handover.keeping.key_words import state_in_words
from desktop.app.handover.keeping.signing import enrol
from desktop.app.handover.keeping.signing import known_keys
from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.keeping.signing import own_key
from desktop.app.handover.keeping.signing import relock
from desktop.app.handover.keeping.signing import revoke
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import pairs_of
from desktop.cli.passwords import password_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.keys import KeptKey
from desktop.exchange.keys import read_fingerprint

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from desktop.cli.desk import Desk
    from desktop.core.changes import Action
    from desktop.core.words import Words
    from desktop.exchange.keys_known import Known
    from desktop.exchange.keys_known import KnownKeys
    from desktop.exchange.keys_known import UnitKeys
    from desktop.store.ledger import Ledger


def keys(desk: Desk, options: Namespace) -> int:
    """Make, lock, compare or revoke keys, and say which ones are known."""
    own = options.make or options.anew or options.lock or options.unlock
    decided = [*options.check, *options.replace, *options.revoke]
    with desk.open(Path(options.ledger), read_only=not (own or decided)) as ledger:
        if own:
            _own(desk, options, ledger)
        if decided:
            _decide(desk, options, ledger)
        kept, known = own_key(ledger), known_keys(ledger)
    if isinstance(kept, Message):
        raise CannotRunError(kept)
    if options.json:
        units = [_facts(known, unit) for unit in sorted(known.units)]
        desk.answer({"own": _own_facts(kept), "units": units})
    else:
        _tell(desk, kept, known)
    return DONE


def _own(desk: Desk, options: Namespace, ledger: Ledger) -> None:
    if options.make or options.anew:
        if own_key(ledger) is not None and not options.anew:
            raise CannotRunError(message("keys.there"))
        make_key(ledger, password_of(desk, options, again=True) if options.lock else "")
        return
    old = new = ""
    if options.unlock:
        old = password_of(desk, options)
    else:
        new = password_of(desk, options, again=True)
    said = relock(ledger, old, new)
    if said is not None:
        raise CannotRunError(said)


def _decide(desk: Desk, options: Namespace, ledger: Ledger) -> None:
    """Do everything that was decided, each as an action of its own."""
    for text, replace in (
        *((text, False) for text in options.check),
        *((text, True) for text in options.replace),
    ):
        ((unit, typed),) = pairs_of([text], "--check").items()
        print_ = read_fingerprint(typed)
        if print_ is None:
            raise CannotRunError(message("keys.bad_fingerprint", text=typed))
        known = known_keys(ledger)
        code = _code(known, unit)
        _do(ledger, enrol(known, code, print_, desk.person, replace=replace))
    for unit in options.revoke:
        known = known_keys(ledger)
        _do(ledger, revoke(known, _code(known, unit), desk.person))


def _do(ledger: Ledger, action: Action | Message) -> None:
    if isinstance(action, Message):
        raise CannotRunError(action)
    ledger.apply(action)


def _code(known: KnownKeys, unit: str) -> str:
    """Find a unit by code or by name."""
    found = [code for code, name in known.names.items() if name == unit]
    return found[0] if len(found) == 1 else unit


# --- Telling -------------------------------------------------------------------


def _own_facts(kept: KeptKey | None) -> dict[str, object] | None:
    if kept is None:
        return None
    return {"fingerprint": kept.fingerprint, "locked": kept.locked}


def _facts(known: KnownKeys, unit: str) -> dict[str, object]:
    keys = known.units[unit]
    now = None if keys.now is None else _key_facts(keys.now)
    past = [_key_facts(one) for one in keys.past]
    name = known.names.get(unit, unit)
    return {"unit": unit, "name": name, "now": now, "past": past}


def _key_facts(known: Known) -> dict[str, str]:
    return {
        "fingerprint": known.print,
        "state": known.state.value,
        "on": known.on,
        "by": known.by,
    }


def _tell(desk: Desk, kept: KeptKey | None, known: KnownKeys) -> None:
    if kept is None:
        desk.tell("This ledger has no key: what it hands in is not signed.")
    else:
        desk.tell("Own key: {fingerprint}", fingerprint=kept.fingerprint)
        if kept.locked:
            desk.tell("  It is under a password.")
    for unit in sorted(known.units):
        desk.line(f"{unit} {known.names.get(unit, '')}")
        for line in lines_of(known.units[unit], desk.say):
            desk.line(f"  {line}")


def lines_of(keys: UnitKeys, say: Words) -> Iterator[str]:
    """Say what is known of a unit's keys, the present one first."""
    for known in (keys.now, *keys.past):
        if known is not None:
            state = state_in_words(known.state, say)
            yield f"{known.print}  {state}  {known.on}  {known.by}"
