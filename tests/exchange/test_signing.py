from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.manifest import Signature
from desktop.exchange.keys import encoded
from desktop.exchange.keys import new_key
from desktop.exchange.signing import DOMAIN
from desktop.exchange.signing import Proof
from desktop.exchange.signing import holds
from desktop.exchange.signing import proof_of
from desktop.exchange.signing import sign_bytes
from desktop.exchange.signing import sign_digest
from desktop.exchange.signing import signed_bytes

# RFC 8032, section 7.1: private key, public key, message, signature.
VECTORS = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
            "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
            "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
            "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
)
DIGEST = "ab" * 32
KEY = new_key()


@pytest.mark.parametrize(("private", "public", "said", "value"), VECTORS)
def test_sign_bytes__as_rfc_8032_has_it(
    private: str, public: str, said: str, value: str
) -> None:
    data = bytes.fromhex(said)
    assert sign_bytes(bytes.fromhex(private), data).hex() == value
    assert holds(bytes.fromhex(public), bytes.fromhex(value), data)
    assert not holds(bytes.fromhex(public), bytes.fromhex(value), data + b"\0")


def test_sign_digest__what_is_signed_says_what_it_is_for() -> None:
    signature = sign_digest(KEY, DIGEST)
    assert signature.scheme == "ed25519"
    assert signed_bytes(DIGEST) == DOMAIN + DIGEST.encode()
    value = sign_bytes(KEY.private, DOMAIN + DIGEST.encode())
    assert signature.value == encoded(value)
    assert proof_of(signature, DIGEST) is Proof.GOOD
    # A signature of the bare digest is one of something else.
    bare = replace(signature, value=encoded(sign_bytes(KEY.private, DIGEST.encode())))
    assert proof_of(bare, DIGEST) is Proof.BROKEN


@given(st.integers(0, 511))
def test_proof_of__every_flipped_bit_breaks_it(bit: int) -> None:
    value = bytearray(sign_bytes(KEY.private, signed_bytes(DIGEST)))
    value[bit // 8] ^= 1 << bit % 8
    signature = Signature("ed25519", encoded(KEY.public), encoded(bytes(value)))
    assert proof_of(signature, DIGEST) is Proof.BROKEN


def test_proof_of__another_digest_or_key_breaks_it() -> None:
    signature = sign_digest(KEY, DIGEST)
    assert proof_of(signature, "ac" + DIGEST[2:]) is Proof.BROKEN
    other = replace(signature, key=encoded(new_key().public))
    assert proof_of(other, DIGEST) is Proof.BROKEN


def test_proof_of__a_kind_that_nobody_here_can_check_is_neither_good_nor_bad() -> None:
    assert proof_of(Signature("sm2", "key", "value"), DIGEST) is Proof.UNKNOWN


def test_proof_of__one_key_is_written_in_one_way() -> None:
    signature = sign_digest(KEY, DIGEST)
    # The last letter of 32 bytes has two bits that say nothing.
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = letters[letters.index(signature.key[-2]) ^ 1]
    other = replace(signature, key=f"{signature.key[:-2]}{last}=")
    assert proof_of(other, DIGEST) is Proof.BROKEN


@given(st.text(), st.text())
def test_proof_of__anything_may_stand_there(key: str, value: str) -> None:
    assert proof_of(Signature("ed25519", key, value), DIGEST) is Proof.BROKEN


def test_proof_of__what_is_no_base64_is_broken() -> None:
    signature = replace(sign_digest(KEY, DIGEST), key="!")
    assert proof_of(signature, DIGEST) is Proof.BROKEN
