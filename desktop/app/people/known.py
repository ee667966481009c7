"""Who works at this computer: names for the change log, and a PIN for who wants one.

A PIN tells colleagues apart who share a laptop. It locks no ledger: whoever can read
the file can read it without. Only a salted scrypt hash of it is kept.
"""

from __future__ import annotations

import json
from base64 import b64decode
from base64 import b64encode
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import message

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.messages import Message

LONGEST_NAME: Final = 40
SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 64
_WORK: Final = (2**14, 8, 1)
"""scrypt's N, r and p: 16 MB and some 50 ms for each guess."""


@frozen
class Known:
    """Somebody who works here; `seal` is what is kept of a PIN, empty without one."""

    name: str
    seal: str = ""


@frozen
class People:
    """Who works here, and who did last."""

    known: tuple[Known, ...] = ()
    last: str = ""

    @property
    def asks(self) -> bool:
        """Whether the program asks at its start who is there."""
        return len(self.known) > 1 or any(each.seal for each in self.known)

    def named(self, name: str) -> Known | None:
        """Find somebody."""
        return next((each for each in self.known if each.name == name), None)

    def present(self, otherwise: str) -> str:
        """Name who works now; whom the system knows, where nobody is known here."""
        if self.named(self.last) is not None:
            return self.last
        return self.known[0].name if self.known else otherwise

    def worked(self, name: str) -> People:
        """Remember who works now."""
        return replace(self, last=name)

    def sealed(self, name: str, seal: str) -> People:
        """Give somebody another PIN, or none."""
        known = (
            replace(each, seal=seal) if each.name == name else each
            for each in self.known
        )
        return replace(self, known=tuple(known))

    def without(self, name: str) -> People:
        """Take somebody from the list; the change log keeps the name."""
        return replace(
            self, known=tuple(each for each in self.known if each.name != name)
        )


def added(people: People, name: str, present: str) -> People | Message:
    """Add somebody; with the first one, whoever works now is on the list as well."""
    name = " ".join(name.split())
    there = people.known or (Known(present),)
    if not name or len(name) > LONGEST_NAME:
        return message("app.people.name", most=LONGEST_NAME)
    if any(each.name == name for each in there):
        return message("app.people.there", name=name)
    return replace(people, known=(*there, Known(name)))


def unfit_pin(pin: str, again: str) -> Message | None:
    """Say why a PIN cannot be taken; an empty one is none."""
    if pin != again:
        return message("app.people.differ")
    if pin and not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        return message("app.people.pin", least=SHORTEST_PIN, most=LONGEST_PIN)
    return None


def seal_pin(pin: str) -> str:
    """Make what is kept of a PIN; it takes a while, so not on the main thread."""
    from secrets import token_bytes  # noqa: PLC0415 - few need it

    if not pin:
        return ""
    salt = token_bytes(16)
    texts = (b64encode(part).decode() for part in (salt, _hash(pin, salt)))
    return "$".join(("scrypt", *texts))


def fits(seal: str, pin: str) -> bool:
    """Tell whether a PIN is the one that was sealed; it takes a while, too."""
    from hmac import compare_digest  # noqa: PLC0415 - few need it

    if not seal:
        return True
    try:
        kind, salt, kept = seal.split("$")
        known, wanted = b64decode(salt), b64decode(kept)
    except ValueError:
        return False
    return kind == "scrypt" and compare_digest(_hash(pin, known), wanted)


def _hash(pin: str, salt: bytes) -> bytes:
    from hashlib import scrypt  # noqa: PLC0415 - few need it

    n, r, p = _WORK
    return scrypt(pin.encode("utf-8", "surrogatepass"), salt=salt, n=n, r=r, p=p)


def load_people(path: Path) -> People:
    """Read who works here; nobody, where the file is missing or unreadable."""
    with suppress(OSError, ValueError):
        return _parsed(json.loads(path.read_text(encoding="utf-8")))
    return People()


def save_people(path: Path, people: People) -> None:
    """Write who works here beside, then replace.

    Raises:
        OSError: The disk refused; what was kept before is as it was.
    """
    data = {
        "last": people.last,
        "known": [{"name": each.name, "seal": each.seal} for each in people.known],
    }
    part = path.with_suffix(".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


def _parsed(data: Any) -> People:  # noqa: ANN401 - whatever the file holds
    if not isinstance(data, dict) or not isinstance(data.get("known"), list):
        return People()
    known = [
        Known(each["name"], str(each.get("seal", "")))
        for each in data["known"]
        if isinstance(each, dict) and isinstance(each.get("name"), str)
    ]
    return People(tuple(known), str(data.get("last", "")))
