"""The key of a ledger: made once, kept in the file, under a password if wanted.

What is kept is a text for one row of the ledger file: scheme, public part, and the
private part in plain or sealed. It is no part of the change log and of no submission; a
copy of the ledger file has it too, and so the successor of an office has.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.sealing import COST
from desktop.exchange.sealing import LEAST_COST
from desktop.exchange.sealing import MOST_COST
from desktop.exchange.sealing import derived

if TYPE_CHECKING:
    from collections.abc import Mapping

ED25519: Final = "ed25519"
SM2: Final = "sm2"
"""国密 SM2: has its place in the format and is not checked by this version."""
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What fingerprints are written in: no 0 and O, no 1 and I."""
GROUPS: Final = 8
GROUP: Final = 4
_SALT: Final = 16
_NONCE: Final = 12
_KEY: Final = 32


@frozen
class KeptKey:
    """A ledger's key as it is kept; `private` is empty where a password seals it.

    `box` is salt, cost and the sealed private part.
    """

    public: bytes
    private: bytes = b""
    box: tuple[bytes, int, bytes] | None = None

    @property
    def locked(self) -> bool:
        """Whether it asks for a password."""
        return self.box is not None

    @property
    def fingerprint(self) -> str:
        """By what people compare it."""
        return fingerprint(ED25519, encoded(self.public))


def encoded(data: bytes) -> str:
    """Write bytes as a signature has them."""
    return b64encode(data).decode()


def fingerprint(scheme: str, key: str) -> str:
    """Write what two people compare over the telephone: eight groups of four."""
    number = int.from_bytes(sha256(f"{scheme}:{key}".encode()).digest()[:20], "big")
    signs = [LETTERS[number >> 5 * at & 31] for at in reversed(range(GROUPS * GROUP))]
    text = "".join(signs)
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def read_fingerprint(typed: str) -> str | None:
    """Read a fingerprint as somebody typed it; None where it is none."""
    import unicodedata  # noqa: PLC0415 - only somebody who compares keys needs it

    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if sign not in " -_.,:·\t\r\n")
    if len(signs) != GROUPS * GROUP or not set(signs) <= set(LETTERS):
        return None
    return " ".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


# --- Making and keeping ----------------------------------------------------------


def new_key(password: str = "", cost: int = COST) -> KeptKey:
    """Make a key; with a password only who knows it can sign."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    plain = KeptKey(public, private.private_bytes_raw())
    return locked(plain, password, cost) if password else plain


def locked(key: KeptKey, password: str, cost: int = COST) -> KeptKey:
    """Put the private part of an open key under a password."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    wrapping = derived(password, salt, cost, _KEY)
    sealed = nonce + AESGCM(wrapping).encrypt(nonce, key.private, key.public)
    return KeptKey(key.public, b"", (salt, cost, sealed))


def opened(key: KeptKey, password: str | None) -> KeptKey | Message:
    """Give a key with its private part, or say what is missing."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if key.box is None:
        return key
    if not password:
        return message("keys.password_wanted")
    salt, cost, sealed = key.box
    box = AESGCM(derived(password, salt, cost, _KEY))
    try:
        private = box.decrypt(sealed[:_NONCE], sealed[_NONCE:], key.public)
    except (InvalidTag, ValueError):
        return message("keys.password_wrong")
    return KeptKey(key.public, private)


def write_key(key: KeptKey) -> str:
    """Write a key for the ledger's file."""
    content: dict[str, object] = {"scheme": ED25519, "public": encoded(key.public)}
    if key.box is None:
        content["private"] = encoded(key.private)
    else:
        salt, cost, sealed = key.box
        content["box"] = [encoded(salt), cost, encoded(sealed)]
    return json.dumps(content)


def read_key(text: str) -> KeptKey | Message:
    """Read a kept key, or say that it is damaged."""
    try:
        return _read(json.loads(text))
    except (ValueError, KeyError, TypeError):
        return message("keys.damaged")


def _read(content: Mapping[str, object]) -> KeptKey:
    if content["scheme"] != ED25519:
        raise ValueError(content["scheme"])
    public = decoded(content["public"])
    if "private" in content:
        private = decoded(content["private"])
        _check(len(public) == len(private) == _KEY)
        return KeptKey(public, private)
    salt, cost, sealed = _triple(content["box"])
    _check(len(public) == _KEY and LEAST_COST <= cost <= MOST_COST)
    return KeptKey(public, b"", (salt, cost, sealed))


def _triple(box: object) -> tuple[bytes, int, bytes]:
    match box:
        case [salt, int(cost), sealed]:
            return decoded(salt), cost, decoded(sealed)
        case _:
            raise ValueError(box)


def _check(fits: bool) -> None:  # noqa: FBT001 - the one thing it is told
    if not fits:
        raise ValueError


def decoded(text: object) -> bytes:
    """Read bytes as a signature has them.

    Raises:
        ValueError: They are not written so.
    """
    return b64decode(str(text), validate=True)
