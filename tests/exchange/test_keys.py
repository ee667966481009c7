from __future__ import annotations

import json
from base64 import b32encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.messages import Message
from desktop.exchange.keys import ED25519
from desktop.exchange.keys import LETTERS
from desktop.exchange.keys import SM2
from desktop.exchange.keys import KeptKey
from desktop.exchange.keys import fingerprint
from desktop.exchange.keys import locked
from desktop.exchange.keys import new_key
from desktop.exchange.keys import opened
from desktop.exchange.keys import read_fingerprint
from desktop.exchange.keys import read_key
from desktop.exchange.keys import write_key
from desktop.exchange.sealing import LEAST_COST


def test_fingerprint__is_easy_to_read_out() -> None:
    key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    assert fingerprint(ED25519, key) == "5SWD R77N HF2H 37AZ 4PJ8 NXDM FRS7 4Q6U"
    # The same by Base32: the digest's first 160 bits, in letters of our own.
    base32 = b32encode(sha256(b"ed25519:" + key.encode()).digest()[:20]).decode()
    ours = base32.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", LETTERS))
    assert fingerprint(ED25519, key).replace(" ", "") == ours
    assert not set("01IO") & set(LETTERS)
    assert len(set(LETTERS)) == 32


@given(st.text(), st.sampled_from([ED25519, SM2]))
def test_read_fingerprint__however_it_was_typed(key: str, scheme: str) -> None:
    shown = fingerprint(scheme, key)
    assert [len(group) for group in shown.split()] == [4] * 8
    assert read_fingerprint(shown) == shown
    assert read_fingerprint(shown.lower().replace(" ", "-")) == shown
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in shown if sign != " ")
    assert read_fingerprint(f"\t{wide}\n") == shown


def test_fingerprint__kinds_of_keys_are_told_apart() -> None:
    assert fingerprint(ED25519, "a") != fingerprint(SM2, "a")


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD " * 9, "O" * 32, "长" * 32])
def test_read_fingerprint__anything_else_is_none(typed: str) -> None:
    assert read_fingerprint(typed) is None


def test_key__is_kept_and_read_back() -> None:
    key = new_key()
    assert not key.locked
    assert read_key(write_key(key)) == key
    assert opened(key, None) == key
    assert new_key().public != key.public


def test_key__a_password_seals_it() -> None:
    key = new_key("长夏", LEAST_COST)
    assert key.locked
    assert key.private == b""
    text = write_key(key)
    kept = read_key(text)
    assert isinstance(kept, KeptKey)
    again = opened(kept, "长夏")
    assert isinstance(again, KeptKey)
    assert again.public == key.public
    assert again.private
    assert again.private.hex() not in text
    assert again.fingerprint == key.fingerprint
    assert opened(kept, "长秋") == Message("keys.password_wrong")
    assert opened(kept, None) == Message("keys.password_wanted")
    assert opened(kept, "") == Message("keys.password_wanted")


def test_key__what_is_sealed_for_one_key_serves_no_other() -> None:
    one, other = new_key(), locked(new_key(), "x", LEAST_COST)
    assert opened(KeptKey(one.public, b"", other.box), "x") == Message(
        "keys.password_wrong"
    )


def spoilt(**changes: object) -> str:
    content = json.loads(write_key(new_key("x", LEAST_COST)))
    return json.dumps({**content, **changes})


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_read_key__what_is_none_is_said(text: str) -> None:
    assert read_key(text) == Message("keys.damaged")


@pytest.mark.parametrize(
    "changes",
    [
        {"scheme": "sm2"},
        {"public": "AAAA"},
        {"public": "ü"},
        {"private": "AAAA"},
        {"box": None},
        {"box": ["AAAA", "10", "AAAA"]},
        {"box": ["AAAA", 40, "AAAA"]},
        {"box": ["AAAA", 1, "AAAA"]},
    ],
)
def test_read_key__a_damaged_one_is_said(changes: dict[str, object]) -> None:
    assert read_key(spoilt(**changes)) == Message("keys.damaged")


def test_opened__a_box_too_small_opens_nothing() -> None:
    kept = read_key(spoilt(box=["AAAA", LEAST_COST, "AAAA"]))
    assert isinstance(kept, KeptKey)
    assert opened(kept, "x") == Message("keys.password_wrong")
