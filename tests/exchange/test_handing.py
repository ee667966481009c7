from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.core.manifest import Signature
from desktop.core.manifest import canonical_json
from desktop.core.messages import Message
from desktop.exchange.handing import LARGEST_MANIFEST
from desktop.exchange.handing import LEDGER
from desktop.exchange.handing import MANIFEST
from desktop.exchange.handing import SLICE
from desktop.exchange.handing import Found
from desktop.exchange.handing import Package
from desktop.exchange.handing import Part
from desktop.exchange.handing import Purpose
from desktop.exchange.handing import read_manifest
from desktop.exchange.handing import read_package
from desktop.exchange.handing import take_out
from desktop.exchange.handing import write_manifest

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = bytes(2 * SLICE) + "台账".encode()
PART = Part(LEDGER, len(CONTENT), sha256(CONTENT).hexdigest())
PACKAGE = Package(
    purpose=Purpose.HANDOVER,
    unit="310105",
    unit_name="长宁区",
    ledger="l",
    epoch="e",
    revision=7,
    head="ab",
    giver="李芳",
    taker="王明",
    made="2026-01-09T10:00:00+08:00",
    note="",
    parts=(PART,),
)
SIGNATURE = Signature("ed25519", "key", "value")
SMALL_CONTENT = "小台账".encode() * 9
SMALL = replace(
    PACKAGE,
    parts=(Part(LEDGER, len(SMALL_CONTENT), sha256(SMALL_CONTENT).hexdigest()),),
)


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    files = {MANIFEST: write_manifest(PACKAGE, SIGNATURE), LEDGER: CONTENT}
    return zipped(tmp_path / "package.zip", files)


def test_read_package__what_was_written_is_read_back(whole: Path) -> None:
    assert read_package(whole) == Found(PACKAGE, SIGNATURE)


@given(texts=st.tuples(*[st.text(max_size=9)] * 3), revision=st.integers(0, 2**40))
def test_write_manifest__round_trip(texts: tuple[str, str, str], revision: int) -> None:
    giver, taker, note = texts
    package = replace(PACKAGE, giver=giver, taker=taker, note=note, revision=revision)
    found = read_manifest(write_manifest(package))
    assert found == Found(package)
    assert isinstance(found, Found)
    assert found.package.digest == package.digest


def test_digest__is_of_everything_the_package_says() -> None:
    others = (
        replace(PACKAGE, taker="另一个人"),
        replace(PACKAGE, purpose=Purpose.ARCHIVE),
        replace(PACKAGE, parts=(replace(PART, digest="00"),)),
        replace(PACKAGE, head="cd"),
    )
    assert len({PACKAGE.digest, *(other.digest for other in others)}) == 5


def changed(**changes: object) -> dict[str, Any]:
    envelope = json.loads(write_manifest(PACKAGE, SIGNATURE))
    return {**envelope, "content": {**envelope["content"], **changes}}


@pytest.mark.parametrize(
    "envelope",
    [
        [],
        {},
        {"content": []},
        {"content": {}},
        changed(format="other"),
        changed(version="1"),
        changed(purpose="sell"),
        changed(revision="7"),
        changed(unit=7),
        changed(parts=[]),
        changed(parts=[["a", 1, "b"], ["a", 1, "b"]]),
        changed(parts=[["a", -1, "b"]]),
        changed(parts=[["a", 2**60, "b"]]),
        changed(parts=[["a", 1]]),
        changed(parts=[["a", 1, "b"]] * 30),
        {**changed(), "signature": "x"},
        {**changed(), "signature": ["x", "y"]},
    ],
)
def test_read_manifest__an_odd_one_is_said(envelope: object) -> None:
    found = read_manifest(canonical_json(envelope))
    assert isinstance(found, Message)
    assert found.code == "handing.damaged"


def test_read_manifest__a_newer_one_is_said() -> None:
    found = read_manifest(canonical_json(changed(version=2, parts=None)))
    assert found == Message("handing.newer")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000])
def test_read_manifest__no_json_is_said(data: bytes) -> None:
    assert isinstance(read_manifest(data), Message)


def said(path: Path) -> str:
    found = read_package(path)
    assert isinstance(found, Message)
    return found.code


def test_read_package__anything_else_is_none(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(b"no zip at all")
    assert said(path) == "handing.no_package"
    assert said(zipped(path, {"a": b"b"})) == "handing.no_package"
    path.write_bytes(path.read_bytes()[:-9])
    assert said(path) == "handing.no_package"
    assert said(zipped(path, {MANIFEST: b"{}"})) == "handing.damaged"
    bomb = bytes(LARGEST_MANIFEST + 1)
    assert said(zipped(path, {MANIFEST: bomb})) == "handing.damaged"


def test_read_package__files_are_those_the_manifest_names(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    manifest = write_manifest(PACKAGE)
    assert said(zipped(path, {MANIFEST: manifest})) == "handing.damaged"
    more = {MANIFEST: manifest, LEDGER: CONTENT, "../../evil": b""}
    assert said(zipped(path, more)) == "handing.damaged"
    without = write_manifest(replace(PACKAGE, parts=(replace(PART, name="a"),)))
    odd = {MANIFEST: without, "a": CONTENT}
    assert said(zipped(path, odd)) == "handing.damaged"


def test_take_out__a_file_whole_or_nothing_of_it(whole: Path, tmp_path: Path) -> None:
    out, heard = tmp_path / "out", list[tuple[int, int]]()
    watch = heard.append
    assert take_out(whole, PART, out, lambda *told: watch(told)) is None
    assert out.read_bytes() == CONTENT
    assert heard == [(0, PART.size), (SLICE, PART.size), (2 * SLICE, PART.size)]
    assert take_out(whole, PART, None) is None
    for odd in (
        replace(PART, digest="00" * 32),
        replace(PART, size=PART.size + 1),
        replace(PART, size=PART.size - 1),
        replace(PART, size=5),
    ):
        fault = take_out(whole, odd, None)
        assert fault is not None
        assert fault.code == "handing.damaged"


def test_take_out__a_bomb_is_read_no_further_than_it_said(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", {LEDGER: bytes(40 * SLICE)})
    heard: list[int] = []
    fault = take_out(
        bomb, replace(PART, size=10), None, lambda done, _: heard.append(done)
    )
    assert fault is not None
    assert heard == [0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_take_out__every_flipped_byte_of_a_package_is_found(
    tmp_path: Path, data: st.DataObject
) -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, write_manifest(SMALL))
        archive.writestr(LEDGER, SMALL_CONTENT)
    whole = plain.getvalue()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = whole[at] ^ data.draw(st.integers(1, 255))
    path = tmp_path / "flipped.zip"
    path.write_bytes(whole[:at] + bytes((byte,)) + whole[at + 1 :])
    try:
        found = read_package(path)
        if isinstance(found, Message):
            return
        part = found.package.part(LEDGER)
        assert part is not None
        fault = take_out(path, part, None)
    except OSError:
        return  # A place before the file's beginning: whoever opens it says so.
    # What is not found stands outside of all files: times and the like.
    assert fault is not None or found == Found(SMALL)


def test_take_out__what_the_zip_itself_knows_to_be_damaged_is_said(
    tmp_path: Path,
) -> None:
    path = tmp_path / "stored.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(LEDGER, SMALL_CONTENT)
    data = path.read_bytes()
    path.write_bytes(data.replace(SMALL_CONTENT, SMALL_CONTENT[:-1] + b"?"))
    fault = take_out(path, SMALL.parts[0], None)
    assert fault == Message("handing.damaged", (("what", LEDGER),))
