from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.one_file import FORMAT
from desktop.forms.one_file import MAX_BYTES
from desktop.forms.one_file import read_whole
from desktop.forms.one_file import written_whole
from desktop.forms.written import digest

PACKS = Path(__file__).parents[2] / "resources" / "packs"


@pytest.fixture(scope="module")
def pack() -> Pack:
    found = load_pack(PACKS, "changning")
    assert isinstance(found, Pack)
    return found


def code(data: bytes) -> str:
    problems = read_whole(data)
    assert isinstance(problems, tuple)
    return problems[0].message.code


def test_a_pack_comes_back_as_it_was__ok(pack: Pack) -> None:
    text = written_whole(pack)
    assert read_whole(text.encode()) == pack

    document = json.loads(text)
    assert (document["format"], document["digest"]) == (FORMAT, digest(pack))
    assert document["pack"]["version"] == pack.version


def test_the_layout_of_the_file_does_not_matter__ok(pack: Pack) -> None:
    document = json.loads(written_whole(pack))
    spread = json.dumps(document, ensure_ascii=True, indent=2)

    assert read_whole(b"\xef\xbb\xbf" + spread.encode()) == pack


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "forms.json_invalid"),
        (b"\xff\xfe", "forms.json_invalid"),
        (b'{"pack": NaN}', "forms.json_invalid"),
        (b"[" * 100_000, "forms.json_invalid"),
        (b"9" * 5_000, "forms.json_invalid"),
        (b"[]", "forms.no_pack_file"),
        (b'{"pack": {}}', "forms.no_pack_file"),
        (
            b'{"digest": "", "format": "taizhang-pack-2", "pack": {}}',
            "forms.other_format",
        ),
        (b'{"digest": "", "format": [1], "pack": {}}', "forms.other_format"),
        (b" " * (MAX_BYTES + 1), "forms.json_too_big"),
    ],
)
def test_what_is_no_pack__error(data: bytes, wanted: str) -> None:
    assert code(data) == wanted


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"title": "另一个"}, "forms.pack_damaged"),
        ({"surprise": 1}, "forms.key_unknown"),
        ({"forms": []}, "forms.list_too_short"),
    ],
)
def test_a_pack_that_was_changed__error(
    pack: Pack, change: dict[str, Any], wanted: str
) -> None:
    document = json.loads(written_whole(pack))
    document["pack"] |= change

    assert code(json.dumps(document).encode()) == wanted
