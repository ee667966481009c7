from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.core import manifest_read
from desktop.core.catalogue import CATALOGUE
from desktop.core.manifest import Envelope
from desktop.core.manifest import digest_of
from desktop.core.manifest import to_data
from desktop.core.manifest import to_envelope
from desktop.core.manifest_read import read_data
from desktop.core.manifest_read import read_envelope
from desktop.core.messages import message
from tests.core.test_manifest import ACROSS
from tests.core.test_manifest import MANIFEST
from tests.core.test_manifest import PLACE
from tests.core.test_manifest import SUBMITTED

DAMAGED = message("manifest.damaged")


def test_envelope__what_a_later_version_adds_is_passed_over_and_counts() -> None:
    content = json.loads(to_envelope(to_data(SUBMITTED), (PLACE,)))
    content["more"] = 1
    content["data"]["more"] = {"b": 1}
    changed = json.dumps(content).encode()
    assert read_envelope(changed) == DAMAGED
    data = json.dumps(
        content["data"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    content["digest"] = digest_of(data.encode())
    found = read_envelope(json.dumps(content).encode())
    assert isinstance(found, Envelope)
    assert found.manifest == SUBMITTED
    assert found.signature is None


def at(given_content: object, path: tuple[Any, ...], value: object) -> bytes:
    """Write JSON with another value at some place."""
    content = json.loads(json.dumps(given_content))
    *way, last = path
    inner = content
    for step in way:
        inner = inner[step]
    inner[last] = value
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "other"),
        (("version",), "1"),
        (("stamp",), []),
        (("stamp", "unit"), 7),
        (("stamp", "revision"), "4"),
        (("units", 0), ["310105"]),
        (("tables",), {}),
        (("tables", 0, "kind"), "odd"),
        (("tables", 0, "kind"), []),
        (("tables", 0, "fields", 0), ["a", "b", "c"]),
        (("tables", 0, "fields", 0), ["a", 7]),
        (("tables", 0, "rows", 0), ["a", "b"]),
        (("tables", 0, "rows", 0), "text"),
        (("tables", 0, "rows", 0, 1), None),
        (("tables", 0, "rows", 0, 3), "t:甲院"),
        (("tables", 0, "rows", 0, 3), ["t:甲院"]),
        (("tables", 0, "rows", 0, 3, 0), 5),
        (("lineage", "counts", 0), ["eci", "1"]),
        (("notes", 0), ["eci"]),
    ],
)
def test_read_data__what_is_not_ours_is_a_message(
    path: tuple[Any, ...], value: object
) -> None:
    content = json.loads(to_data(SUBMITTED))
    assert read_data(at(content, path, value)) == DAMAGED


def test_envelope__its_data_are_told_once_and_by_the_rules() -> None:
    whole = to_envelope(to_data(SUBMITTED), (PLACE,))
    assert isinstance(read_envelope(whole), Envelope)
    end = len(b'{"data":') + len(to_data(SUBMITTED))
    assert whole[end : end + 1] == b","
    assert read_envelope(whole[:end] + whole[end + 1 :]) == DAMAGED
    assert read_envelope(whole[:end] + b"}") == DAMAGED
    assert read_envelope(whole[:end] + b',"data":{}' + whole[end:]) == DAMAGED
    twice = whole.replace(b',"places":', b',"data":{},"places":')
    assert twice != whole
    assert read_envelope(twice) == DAMAGED


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000, b'{"format":"x"}']
)
def test_read__no_json_of_ours_is_a_message(data: bytes) -> None:
    assert read_data(data) == DAMAGED
    assert read_envelope(data) == DAMAGED


def test_read__newer_and_too_large_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.loads(to_data(MANIFEST))
    wrapped = json.loads(to_envelope(to_data(MANIFEST), ()))
    assert read_data(at(content, ("version",), 2)) == message("manifest.newer")
    assert read_envelope(at(wrapped, ("version",), 2)) == message("manifest.newer")
    newer = read_envelope(at(wrapped, ("data", "version"), 2))
    assert newer == message("manifest.newer")
    monkeypatch.setattr(manifest_read, "MOST", 0)
    assert read_data(to_data(MANIFEST)) == DAMAGED
    monkeypatch.setattr(manifest_read, "LARGEST", 10)
    assert read_data(to_data(MANIFEST)) == message("manifest.too_large")
    assert read_envelope(to_data(MANIFEST)) == message("manifest.too_large")
    for code in ("damaged", "newer", "too_large"):
        assert f"manifest.{code}" in CATALOGUE


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("digest",), "0"),
        (("data", "stamp", "unit_name"), "别处"),
        (("data", "tables", 0, "rows", 0, 3, 1), "n:101"),
        (("places", 0, "at"), [1]),
        (("places", 0, "at"), ["7", 1]),
        (("places", 0, "lines"), ["x"]),
        (("signature",), ["a"]),
    ],
)
def test_read_envelope__altered_is_damaged(
    path: tuple[Any, ...], value: object
) -> None:
    wrapped = json.loads(to_envelope(to_data(MANIFEST), (PLACE, ACROSS)))
    assert read_envelope(at(wrapped, path, value)) == DAMAGED
