"""Files under a password (加密件): sealed piece by piece, opened the same way.

A sealed file is a header and pieces. The header has the mark and the version, how much
work the password costs (scrypt), a salt, the length of what is inside, a proof that the
password is the right one, and a checksum by which a header that was hit on the way is
told from a wrong password. Each piece is AES-256-GCM under a key of this file alone,
its number being the nonce, and vouches for the header too; with the length known, no
piece can be left out, doubled, moved or added.

A hostile header can ask for no more than 256 MB and some seconds of work.
"""

from __future__ import annotations

import hmac
import os
import unicodedata
import zlib
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.messages import Message
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO
    from typing import TypeAlias

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    Watch: TypeAlias = Callable[[int, int], object]
    """Is told how many bytes are done, of how many; what it raises stops the work."""

MAGIC: Final = b"TZSEAL"
VERSION: Final = 1
COST: Final = 17
"""scrypt's N as a power of two: 128 MB and some tenths of a second a try."""
LEAST_COST: Final = 10
MOST_COST: Final = 18
SALT: Final = 16
PROOF: Final = 16
PIECE: Final = 256 * 1024
"""Bytes of a piece before it is sealed."""
TAG: Final = 16
_SIGNED: Final = len(MAGIC) + 2 + SALT + 8
HEADER: Final = _SIGNED + PROOF + 4
_R: Final = 8
_NONCE: Final = 12


@frozen
class Header:
    """What stands before the pieces; `proof` shows whether a password is the one."""

    cost: int
    salt: bytes
    length: int
    proof: bytes = b""

    @property
    def lead(self) -> bytes:
        """What the proof and every piece vouch for."""
        before = MAGIC + bytes((VERSION, self.cost)) + self.salt
        return before + self.length.to_bytes(8, "big")

    @property
    def written(self) -> bytes:
        """The header as it stands in the file."""
        body = self.lead + self.proof
        return body + zlib.crc32(body).to_bytes(4, "big")

    @property
    def size(self) -> int:
        """How long the sealed file is."""
        return HEADER + self.length + TAG * pieces_of(self.length)


def pieces_of(length: int) -> int:
    """Count the pieces of a content; an empty one has one, too."""
    return max(1, -(-length // PIECE))


def looks_sealed(beginning: bytes) -> bool:
    """Tell by its first bytes whether a file is sealed."""
    return beginning.startswith(MAGIC)


def is_sealed(path: Path) -> bool:
    """Tell whether a file is sealed, whatever it is called.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return looks_sealed(file.read(len(MAGIC)))


def plain_password(password: str) -> bytes:
    """Give the bytes of a password.

    Digits and letters typed in full width, as an input method leaves them, are the same
    as ordinary ones.
    """
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def derived(password: str, salt: bytes, cost: int, length: int) -> bytes:
    """Work a key out of a password; `cost` is scrypt's N as a power of two."""
    # Costs 0.1 s to load; only somebody who seals or opens waits for it.
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    kdf = Scrypt(salt=salt, length=length, n=1 << cost, r=_R, p=1)
    return kdf.derive(plain_password(password))


# --- Sealing -------------------------------------------------------------------


def seal(
    source: Path,
    target: Path,
    password: str,
    watch: Watch = lambda _done, _total: None,
    cost: int = COST,
) -> None:
    """Write a sealed copy of a file; memory does not grow with it.

    Raises:
        OSError: One of them cannot be read or written.
        ValueError: The file became shorter while it was read.
    """
    with source.open("rb") as given, target.open("wb") as sealed:
        length = os.fstat(given.fileno()).st_size
        header = Header(cost, os.urandom(SALT), length)
        key, proving = _keys(password, header)
        header = Header(cost, header.salt, length, _proof(proving, header))
        sealed.write(header.written)
        box = _box(key)
        for number, size in enumerate(_sizes(length)):
            watch(number * PIECE, length)
            piece = given.read(size)
            if len(piece) != size:
                raise ValueError(source)
            sealed.write(box.encrypt(_nonce(number), piece, header.lead))


def _sizes(length: int) -> Iterator[int]:
    for number in range(pieces_of(length)):
        yield min(PIECE, length - number * PIECE)


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE, "big")


def _keys(password: str, header: Header) -> tuple[bytes, bytes]:
    both = derived(password, header.salt, header.cost, 64)
    return both[:32], both[32:]


def _proof(key: bytes, header: Header) -> bytes:
    return hmac.digest(key, header.lead, "sha256")[:PROOF]


def _box(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


# --- Opening -------------------------------------------------------------------


def read_header(beginning: bytes, size: int) -> Header | Message:
    """Read the header of a file of `size` bytes, or say what is wrong with the file.

    Nothing is worked out yet; a hostile header costs nothing.
    """
    if not looks_sealed(beginning):
        return message("seal.not_sealed")
    if len(beginning) < HEADER:
        return message("seal.cut_short")
    body, sum_ = beginning[: HEADER - 4], beginning[HEADER - 4 : HEADER]
    version, cost = body[len(MAGIC) : len(MAGIC) + 2]
    if zlib.crc32(body).to_bytes(4, "big") != sum_:
        return message("seal.damaged_header")
    if version > VERSION:
        return message("seal.newer")
    if version != VERSION or not LEAST_COST <= cost <= MOST_COST:
        return message("seal.unreasonable")
    salt = body[len(MAGIC) + 2 :][:SALT]
    length = int.from_bytes(body[_SIGNED - 8 : _SIGNED], "big")
    header = Header(cost, salt, length, body[_SIGNED:])
    if size < header.size:
        return message("seal.cut_short")
    if size > header.size:
        return message("seal.too_long")
    return header


def unseal(
    source: Path,
    target: Path,
    password: str,
    watch: Watch = lambda _done, _total: None,
) -> Message | None:
    """Write the plain copy of a sealed file, or say why there is none.

    Where it fails nothing is left at `target`.

    Raises:
        OSError: One of them cannot be read or written.
    """
    try:
        with source.open("rb") as sealed, target.open("wb") as plain:
            said = _unsealed(sealed, plain, password, watch)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    if said is not None:
        target.unlink()
    return said


def check(
    source: Path, password: str, watch: Watch = lambda _done, _total: None
) -> Message | None:
    """Open a sealed file without keeping what is inside; None where all is well.

    Raises:
        OSError: It cannot be read.
    """
    with source.open("rb") as sealed:
        return _unsealed(sealed, None, password, watch)


def _unsealed(
    sealed: BinaryIO, plain: BinaryIO | None, password: str, watch: Watch
) -> Message | None:
    from cryptography.exceptions import InvalidTag

    size = os.fstat(sealed.fileno()).st_size
    header = read_header(sealed.read(HEADER), size)
    if isinstance(header, Message):
        return header
    key, proving = _keys(password, header)
    if not hmac.compare_digest(_proof(proving, header), header.proof):
        return message("seal.password_wrong")
    box = _box(key)
    for number, length in enumerate(_sizes(header.length)):
        watch(number * PIECE, header.length)
        try:
            piece = box.decrypt(_nonce(number), sealed.read(length + TAG), header.lead)
        except InvalidTag:
            return message("seal.altered", at=number * PIECE // 1024)
        if plain is not None:
            plain.write(piece)
    return None


# --- Passwords -----------------------------------------------------------------

_SHORT: Final = 8
_LONG: Final = 16
_RUNS: Final = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop")
_USUAL: Final = ("password", "admin", "taizhang", "mima", "iloveyou", "woaini")


def strength(password: str) -> Message | None:
    """Say what is weak about a password; None where nothing is.

    It is a hint and forbids nothing.
    """
    text = plain_password(password).decode("utf-8", "replace").lower()
    if len(text) < _SHORT:
        return message("seal.weak_short", least=_SHORT)
    if text.isdecimal() and len(text) < _LONG:
        return message("seal.weak_digits")
    if len(set(text)) <= len(text) // 3 or any(_runs(text)):
        return message("seal.weak_pattern")
    if any(word in text for word in _USUAL):
        return message("seal.weak_usual")
    return None


def _runs(text: str) -> Iterator[bool]:
    """Tell of each usual run whether half of the text is a piece of it."""
    half = max(5, len(text) // 2)
    for run in _RUNS:
        yield any(run[at : at + half] in text for at in range(len(run) - half + 1))
