from __future__ import annotations

import hashlib
import hmac
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.core.messages import Message
from desktop.exchange import sealing
from desktop.exchange.sealing import HEADER
from desktop.exchange.sealing import LEAST_COST
from desktop.exchange.sealing import MAGIC
from desktop.exchange.sealing import PIECE
from desktop.exchange.sealing import TAG
from desktop.exchange.sealing import Header
from desktop.exchange.sealing import check
from desktop.exchange.sealing import derived
from desktop.exchange.sealing import is_sealed
from desktop.exchange.sealing import read_header
from desktop.exchange.sealing import seal
from desktop.exchange.sealing import strength
from desktop.exchange.sealing import unseal

if TYPE_CHECKING:
    from pathlib import Path

WORD = "长宁 2025 上报"
FOLDER = HealthCheck.function_scoped_fixture


def made(folder: Path, content: bytes, password: str = WORD) -> Path:
    """Seal some bytes, cheaply."""
    plain, target = folder / "plain", folder / "sealed"
    plain.write_bytes(content)
    seal(plain, target, password, cost=LEAST_COST)
    return target


def code_of(sealed: Path, password: str = WORD) -> str:
    """Tell what is said of a sealed file; nothing is left of it."""
    out = sealed.parent / "out"
    said = unseal(sealed, out, password)
    assert out.exists() == (said is None)
    return said.code if said else ""


def header_of(**parts: int | bytes) -> bytes:
    """Write a header that is whole, whatever it says."""
    given: dict[str, int | bytes] = {"cost": 12, "length": 0, "version": 1, **parts}
    body = MAGIC + bytes((int(given["version"]), int(given["cost"]))) + bytes(16)
    body += int(given["length"]).to_bytes(8, "big") + bytes(16)
    return body + zlib.crc32(body).to_bytes(4, "big")


def test_derived__is_scrypt_as_rfc_7914_has_it() -> None:
    found = derived("pleaseletmein", b"SodiumChloride", 14, 64)
    assert found.hex() == (
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    )


@settings(suppress_health_check=[FOLDER], max_examples=20)
@given(content=st.binary(max_size=400), password=st.text(min_size=1, max_size=20))
def test_seal__what_was_sealed_comes_out(
    tmp_path: Path, content: bytes, password: str
) -> None:
    sealed = made(tmp_path, content, password)
    assert is_sealed(sealed)
    if len(content) >= 8:
        assert content not in sealed.read_bytes()
    assert unseal(sealed, tmp_path / "out", password) is None
    assert (tmp_path / "out").read_bytes() == content
    assert check(sealed, password) is None


@pytest.mark.parametrize("length", [PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_seal__pieces_join_at_every_border(tmp_path: Path, length: int) -> None:
    content = bytes(number * 7 % 251 for number in range(length))
    sealed = made(tmp_path, content)
    assert sealed.stat().st_size == HEADER + length + TAG * -(-length // PIECE)
    assert code_of(sealed) == ""
    assert (tmp_path / "out").read_bytes() == content


def test_seal__another_reader_of_the_format_finds_the_same(tmp_path: Path) -> None:
    content = bytes(PIECE) + b"the end"
    data = made(tmp_path, content, "１２３abc").read_bytes()
    salt = data[8:24]
    both = hashlib.scrypt(b"123abc", salt=salt, n=1024, r=8, p=1, dklen=64)
    lead, proof = data[:32], data[32:48]
    assert int.from_bytes(data[24:32], "big") == len(content)
    assert hmac.digest(both[32:], lead, "sha256")[:16] == proof
    box, first = AESGCM(both[:32]), data[HEADER : HEADER + PIECE + TAG]
    found = box.decrypt(bytes(12), first, lead)
    found += box.decrypt(bytes(11) + b"\1", data[HEADER + PIECE + TAG :], lead)
    assert found == content


def test_seal__the_same_file_is_never_sealed_the_same_way_twice(tmp_path: Path) -> None:
    first = made(tmp_path, b"x").read_bytes()
    assert made(tmp_path, b"x").read_bytes() != first


@pytest.mark.parametrize("at", range(HEADER + 5 + TAG))
def test_unseal__every_flipped_bit_is_refused(tmp_path: Path, at: int) -> None:
    sealed = made(tmp_path, b"12345")
    data = bytearray(sealed.read_bytes())
    data[at] ^= 1 << at % 8
    sealed.write_bytes(data)
    codes = {"seal.damaged_header"} if at < HEADER else {"seal.altered"}
    assert code_of(sealed) in ({"seal.not_sealed"} if at < len(MAGIC) else codes)


@settings(suppress_health_check=[FOLDER], max_examples=30)
@given(data=st.data())
def test_unseal__a_long_file_is_refused_wherever_it_is_altered(
    tmp_path: Path, data: st.DataObject
) -> None:
    sealed = tmp_path / "long"
    if not sealed.exists():
        made(tmp_path, bytes(2 * PIECE + 3)).rename(sealed)
    whole = sealed.read_bytes()
    at = data.draw(st.integers(HEADER, len(whole) - 1))
    changed = tmp_path / "changed"
    byte = whole[at] ^ data.draw(st.integers(1, 255))
    changed.write_bytes(whole[:at] + bytes((byte,)) + whole[at + 1 :])
    said = check(changed, WORD)
    assert said is not None
    assert said.code == "seal.altered"
    piece = (at - HEADER) // (PIECE + TAG)
    assert dict(said.params)["at"] == piece * PIECE // 1024


@pytest.mark.parametrize(
    "kept",
    [
        len(MAGIC),
        HEADER - 1,
        HEADER,
        HEADER + TAG,
        HEADER + PIECE + TAG,
        HEADER + 2 * (PIECE + TAG),
        HEADER + 2 * (PIECE + TAG) + 1,
        HEADER + 2 * (PIECE + TAG) + TAG + 2,
    ],
)
def test_unseal__a_file_cut_anywhere_is_said_to_be_cut(
    tmp_path: Path, kept: int
) -> None:
    sealed = made(tmp_path, bytes(2 * PIECE + 3))
    sealed.write_bytes(sealed.read_bytes()[:kept])
    assert code_of(sealed) == "seal.cut_short"


def test_unseal__pieces_may_not_change_places(tmp_path: Path) -> None:
    sealed = made(tmp_path, bytes(3 * PIECE))
    data = sealed.read_bytes()
    step = PIECE + TAG
    head, one, two, three = (
        data[:HEADER],
        *(data[HEADER + at * step : HEADER + (at + 1) * step] for at in range(3)),
    )
    sealed.write_bytes(head + one + three + two)
    assert code_of(sealed) == "seal.altered"
    sealed.write_bytes(head + one + one + three)
    assert code_of(sealed) == "seal.altered"


def test_unseal__a_header_of_another_file_opens_nothing(tmp_path: Path) -> None:
    one = made(tmp_path, b"one").read_bytes()
    sealed = made(tmp_path, b"two")
    sealed.write_bytes(one[:HEADER] + sealed.read_bytes()[HEADER:])
    assert code_of(sealed) == "seal.altered"


def test_unseal__says_what_else_is_wrong(tmp_path: Path) -> None:
    sealed = made(tmp_path, b"content")
    assert code_of(sealed, "another") == "seal.password_wrong"
    whole = sealed.read_bytes()
    sealed.write_bytes(whole + b"\0")
    assert code_of(sealed) == "seal.too_long"
    sealed.write_bytes(b"PK\3\4" + whole)
    assert not is_sealed(sealed)
    assert code_of(sealed) == "seal.not_sealed"
    sealed.write_bytes(b"")
    assert code_of(sealed) == "seal.not_sealed"


@pytest.mark.parametrize(
    ("beginning", "code"),
    [
        (header_of(cost=19), "seal.unreasonable"),
        (header_of(cost=255), "seal.unreasonable"),
        (header_of(cost=0), "seal.unreasonable"),
        (header_of(version=0), "seal.unreasonable"),
        (header_of(version=2, cost=255), "seal.newer"),
        (header_of(length=2**64 - 1), "seal.cut_short"),
        (header_of(length=2**40), "seal.cut_short"),
        (header_of()[:-1] + b"\0", "seal.damaged_header"),
        (MAGIC, "seal.cut_short"),
    ],
)
def test_read_header__a_hostile_one_costs_nothing(
    tmp_path: Path, beginning: bytes, code: str
) -> None:
    sealed = tmp_path / "sealed"
    sealed.write_bytes(beginning + bytes(TAG))
    tracemalloc.start()
    try:
        found = read_header(sealed.read_bytes()[:HEADER], sealed.stat().st_size)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(found, Message)
    assert found.code == code
    assert most < 100_000


@settings(suppress_health_check=[FOLDER], max_examples=200)
@given(noise=st.binary(max_size=2 * HEADER), mark=st.booleans())
def test_read_header__anything_is_a_header_or_a_message(
    noise: bytes, mark: bool
) -> None:
    data = MAGIC + noise if mark else noise
    assert isinstance(read_header(data[:HEADER], len(data)), Message | Header)


def test_seal__memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    plain, sealed = tmp_path / "plain", tmp_path / "sealed"
    plain.write_bytes(bytes(40 * PIECE))
    tracemalloc.start()
    try:
        seal(plain, sealed, WORD, cost=LEAST_COST)
        assert unseal(sealed, tmp_path / "out", WORD) is None
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10 * PIECE


class TiredError(Exception):
    pass


def test_unseal__whoever_watches_may_stop_it(tmp_path: Path) -> None:
    sealed = made(tmp_path, bytes(3 * PIECE))
    heard: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> None:
        heard.append((done, total))
        if len(heard) == 2:
            raise TiredError

    with pytest.raises(TiredError):
        unseal(sealed, tmp_path / "out", WORD, watch)
    assert heard == [(0, 3 * PIECE), (PIECE, 3 * PIECE)]
    assert not (tmp_path / "out").exists()


def test_seal__a_file_that_shrinks_meanwhile_is_not_sealed(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(bytes(2 * PIECE))

    def watch(done: int, _total: int) -> None:
        if not done:
            plain.write_bytes(b"")

    with pytest.raises(ValueError, match="plain"):
        seal(plain, tmp_path / "sealed", WORD, watch, LEAST_COST)


def test_cost__is_between_what_is_read_and_fits_an_office_computer() -> None:
    assert sealing.LEAST_COST <= sealing.COST <= sealing.MOST_COST
    assert 128 * 8 << sealing.MOST_COST == 256 * 1024**2


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("abc", "seal.weak_short"),
        ("１２３４", "seal.weak_short"),
        ("84261937", "seal.weak_digits"),
        ("aaaaaaaaab", "seal.weak_pattern"),
        ("12345678x", "seal.weak_pattern"),
        ("xabcdefgh", "seal.weak_pattern"),
        ("My.Password.7", "seal.weak_usual"),
        ("长宁养老八月十五送走", None),
        ("4711 horse battery", None),
    ],
)
def test_strength__hints_at_what_is_guessed_first(
    password: str, code: str | None
) -> None:
    said = strength(password)
    assert (said.code if said else None) == code
