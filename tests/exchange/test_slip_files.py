from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.manifest import Signature
from desktop.core.manifest import canonical_json
from desktop.core.manifest import digest_of
from desktop.core.messages import Message
from desktop.exchange.slip import About
from desktop.exchange.slip import Agreed
from desktop.exchange.slip import FormLine
from desktop.exchange.slip import Item
from desktop.exchange.slip import PackageState
from desktop.exchange.slip import Receipt
from desktop.exchange.slip import Sender
from desktop.exchange.slip import Slip
from desktop.exchange.slip_files import LARGEST
from desktop.exchange.slip_files import LONGEST
from desktop.exchange.slip_files import Arrived
from desktop.exchange.slip_files import UnfitError
from desktop.exchange.slip_files import data_of
from desktop.exchange.slip_files import head_of
from desktop.exchange.slip_files import head_text
from desktop.exchange.slip_files import item_of
from desktop.exchange.slip_files import item_text
from desktop.exchange.slip_files import read_file
from desktop.exchange.slip_files import receipt_in
from desktop.exchange.slip_files import receipt_text
from desktop.exchange.slip_files import to_file

ABOUT = About("l1", "310105001", "华阳路街道", "2025", "2025年", "ab" * 32, "a.xlsx", 3)
SENDER = Sender("l2", "310105", "长宁区", "李四")
ITEM = Item(1, "eci", "甲院", "beds", "", ("beds",), ("n:1", "", ""), "请核对", "p")
SLIP = Slip("ab12-1", 1, SENDER, ABOUT, "2026-01-20", "2026-01-02T03:04", items=(ITEM,))
RECEIPT = Receipt(
    SENDER,
    ABOUT,
    7,
    "abcd",
    PackageState.ACCEPTED,
    "2026-01-01T00:00",
    "2026-01-02T00:00",
    "2026-01-03T00:00",
    "2026-01-03",
    (FormLine("eci", "养老机构调查表", 2, False, 1, 2, 3),),
    (Agreed("ab12-1", 1, 1, ("n:2", "", "")),),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
ITEMS = st.builds(
    Item,
    st.integers(1, 10**6),
    TEXT,
    TEXT,
    st.just("beds"),
    st.just(""),
    st.lists(TEXT, max_size=3).map(tuple),
    st.lists(TEXT, max_size=4).map(tuple),
    TEXT,
    TEXT,
    agreed=st.none() | st.lists(TEXT, max_size=4).map(tuple),
    here=st.booleans(),
    round=st.integers(1, 99),
)


def wrapped(content: dict[str, Any]) -> bytes:
    """Write a file that says something under a right digest."""
    data = canonical_json(content)
    return canonical_json({"data": json.loads(data), "digest": digest_of(data)})


@pytest.mark.parametrize("what", [SLIP, RECEIPT])
@pytest.mark.parametrize("signature", [None, Signature("ed25519", "k", "v")])
def test_read_file__what_was_written(
    what: Slip | Receipt, signature: Signature | None
) -> None:
    data = data_of(what)

    assert read_file(to_file(data, signature)) == Arrived(
        what, digest_of(data), signature
    )


@given(st.lists(ITEMS, max_size=4, unique_by=lambda item: item.number))
def test_read_file__any_items(items: list[Item]) -> None:
    slip = replace(SLIP, items=tuple(items))

    found = read_file(to_file(data_of(slip)))

    assert isinstance(found, Arrived)
    assert found.what == slip
    assert [item_of(item_text(item)) for item in items] == items
    assert head_of(head_text(slip)) == replace(slip, items=())


def test_receipt_text__and_back() -> None:
    assert receipt_in(receipt_text(RECEIPT)) == RECEIPT


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_read_file__noise_and_altered_bytes__error(noise: bytes, at: int) -> None:
    whole = to_file(data_of(SLIP))
    at %= len(whole)
    altered = whole[:at] + noise + whole[at + len(noise) :]
    for data in (noise, whole[:at], altered):
        found = read_file(data)
        assert isinstance(found, Message) or data == whole


def test_read_file__another_digest__error() -> None:
    content = json.loads(to_file(data_of(SLIP)))
    content["digest"] = digest_of(b"")

    found = read_file(canonical_json(content))

    assert isinstance(found, Message)
    assert found.code == "slips.damaged"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": 2}, "slips.newer"),
        ({"format": "taizhang-data"}, "slips.damaged"),
        ({"version": "1"}, "slips.damaged"),
        ({"edition": -1}, "slips.damaged"),
        ({"edition": 2**60}, "slips.damaged"),
        ({"edition": True}, "slips.damaged"),
        ({"due": "2026-02-30"}, "slips.damaged"),
        ({"due": "20260120"}, "slips.damaged"),
        ({"waiting": 1}, "slips.damaged"),
        ({"id": "a.b"}, "slips.damaged"),
        ({"id": ""}, "slips.damaged"),
        ({"id": "退回"}, "slips.damaged"),
        ({"made": "x" * (LONGEST + 1)}, "slips.damaged"),
        ({"made": "\0"}, "slips.damaged"),
        ({"made": None}, "slips.damaged"),
        ({"items": {}}, "slips.damaged"),
        ({"items": [1]}, "slips.damaged"),
        ({"items": [1] * 10_001}, "slips.damaged"),
        ({"sender": []}, "slips.damaged"),
    ],
)
def test_read_file__under_a_right_digest__error(
    change: dict[str, object], code: str
) -> None:
    content = {**json.loads(data_of(SLIP)), **change}

    found = read_file(wrapped(content))

    assert isinstance(found, Message)
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", 0),
        ("rule", "both"),
        ("field", ""),
        ("fields", "beds"),
        ("agreed", "n:1"),
        ("returned", [1]),
    ],
)
def test_read_file__an_item_that_is_none__error(name: str, value: object) -> None:
    content = json.loads(data_of(SLIP))
    content["items"][0][name] = value

    assert isinstance(read_file(wrapped(content)), Message)
    with pytest.raises(UnfitError):
        item_of(json.dumps(content["items"][0]))


@pytest.mark.parametrize(
    ("name", "value"), [("period", "never"), ("period", 2025), ("revision", "3")]
)
def test_read_file__about_nothing__error(name: str, value: object) -> None:
    content = json.loads(data_of(SLIP))
    content["about"][name] = value

    assert isinstance(read_file(wrapped(content)), Message)


def test_read_file__odd__error() -> None:
    content = json.loads(data_of(SLIP))
    twice = {**content, "items": content["items"] * 2}
    lacking = {name: part for name, part in content.items() if name != "due"}
    state = {**json.loads(data_of(RECEIPT)), "state": "lost"}
    surrogate = b'{"data": {"made": "\\ud800"}, "digest": ""}'
    signed = json.loads(to_file(data_of(SLIP)))
    many = canonical_json({**signed, "signature": ["ed25519"]})
    for data in (
        wrapped(twice),
        wrapped(lacking),
        wrapped(state),
        b"[" * 100_000,
        b"[]",
        b'{"data": []}',
        surrogate,
        many,
    ):
        found = read_file(data)
        assert isinstance(found, Message)
        assert found.code == "slips.damaged"
    large = read_file(b" " * (LARGEST + 1))
    assert isinstance(large, Message)
    assert large.code == "slips.too_large"


def test_item_of__too_deep__error() -> None:
    with pytest.raises(UnfitError):
        item_of("[" * 100_000)
