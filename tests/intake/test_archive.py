from __future__ import annotations

import struct
import zipfile
from dataclasses import replace

import pytest

from desktop.intake.archive import parts_of
from desktop.intake.archive import unpack
from desktop.intake.limits import LIMITS
from desktop.intake.refusal import RefusedError
from tests.intake.books import book
from tests.intake.books import packed


def test_unpack__gives_every_byte() -> None:
    data = packed({"a": b"x" * 200_000, "b": b"", "c/": b""})

    parts = parts_of(data, LIMITS)

    assert [part.name for part in parts] == ["a", "b"]
    assert [b"".join(unpack(data, part)) for part in parts] == [b"x" * 200_000, b""]


def test_unpack__stored() -> None:
    data = packed({"a": b"y" * 200_000}, zipfile.ZIP_STORED)

    (part,) = parts_of(data, LIMITS)

    assert b"".join(unpack(data, part)) == b"y" * 200_000


@pytest.mark.parametrize("change", [{"packed": 12}, {"size": 5}, {"checksum": 1}])
def test_unpack__says_damaged(change: dict[str, int]) -> None:
    data = packed({"a": bytes(range(256)) * 9})
    (part,) = parts_of(data, LIMITS)

    with pytest.raises(RefusedError) as refused:
        list(unpack(data, replace(part, **change)))  # type: ignore[arg-type]  # all are numbers

    assert refused.value.code == "intake.damaged"
    assert refused.value.params == {"part": "a"}


def test_unpack__garbage_is_damage() -> None:
    data = packed({"a": bytes(range(256)) * 9})
    (part,) = parts_of(data, LIMITS)

    with pytest.raises(RefusedError):
        list(unpack(b"\xff" * len(data), part))


def test_parts_of__total_size() -> None:
    with pytest.raises(RefusedError) as refused:
        parts_of(book(), replace(LIMITS, total_bytes=100))

    assert refused.value.code == "intake.unpacks_too_large"


def test_parts_of__encrypted_in_its_own_header() -> None:
    data = bytearray(book())
    struct.pack_into("<H", data, 6, 1)

    with pytest.raises(RefusedError) as refused:
        parts_of(bytes(data), LIMITS)

    assert refused.value.code == "intake.damaged"


def test_parts_of__unicode_names() -> None:
    (part,) = parts_of(packed({"xl/表.xml": b"<a/>"}), LIMITS)

    assert part.name == "xl/表.xml"
