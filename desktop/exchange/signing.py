"""Signatures: a ledger's key stands for a digest, and for nothing else.

What is signed is the digest of what is handed over, behind words that say what the
signature is for, so that it can never pass for a signature of something else.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.manifest import Signature
from desktop.exchange.keys import ED25519
from desktop.exchange.keys import decoded
from desktop.exchange.keys import encoded

if TYPE_CHECKING:
    from desktop.exchange.keys import KeptKey

DOMAIN: Final = b"taizhang hand-over digest v1\0"


class Proof(Enum):
    """What a signature is worth by itself; whose key it is, is another question."""

    GOOD = "good"
    BROKEN = "broken"
    """It is not of this digest and this key."""
    UNKNOWN = "unknown"
    """A kind of signature that this program cannot check."""


def signed_bytes(digest: str) -> bytes:
    """Give what is signed for a digest."""
    return DOMAIN + digest.encode("utf-8", "backslashreplace")


def sign_digest(key: KeptKey, digest: str) -> Signature:
    """Sign a digest with an open key."""
    value = sign_bytes(key.private, signed_bytes(digest))
    return Signature(ED25519, encoded(key.public), encoded(value))


def sign_bytes(private: bytes, data: bytes) -> bytes:
    """Sign bytes by Ed25519 (RFC 8032)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(data)


def proof_of(signature: Signature, digest: str) -> Proof:
    """Tell what a signature is worth; it may be anybody's."""
    if signature.scheme != ED25519:
        return Proof.UNKNOWN
    try:
        key, value = decoded(signature.key), decoded(signature.value)
    except ValueError:
        return Proof.BROKEN
    if encoded(key) != signature.key:
        # One key has one fingerprint.
        return Proof.BROKEN
    return Proof.GOOD if holds(key, value, signed_bytes(digest)) else Proof.BROKEN


def holds(public: bytes, value: bytes, data: bytes) -> bool:
    """Tell whether an Ed25519 signature is of these bytes by this key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(value, data)
    except (InvalidSignature, ValueError):
        return False
    return True
