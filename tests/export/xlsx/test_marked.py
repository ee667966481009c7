from __future__ import annotations

import zipfile
from io import BytesIO

from desktop.core.untouched import BLANK
from desktop.core.untouched import CARRIER
from desktop.core.untouched import packed_digest
from desktop.core.untouched import untouched
from desktop.export.template.zip import read_archive
from desktop.export.xlsx.marked import PIECE
from desktop.export.xlsx.marked import put_marked

IDENTIFIER = f"<p>{BLANK}</p>".encode()


def test_put_marked__digests_of_what_lies_in_the_archive() -> None:
    long = [bytes(range(256)) * 5000, "末".encode()]
    parts = {"a": [b"<a/>"], "long": long, "empty": []}
    made, again = BytesIO(), BytesIO()
    put_marked(made, parts.items(), IDENTIFIER)
    put_marked(again, parts.items(), IDENTIFIER)

    data = made.getvalue()
    assert data == again.getvalue()
    archive = read_archive(data)
    assert list(archive.entries) == [*parts, CARRIER]
    assert {name: archive.read(name) for name in parts} == {
        name: b"".join(pieces) for name, pieces in parts.items()
    }
    digests = {
        name: packed_digest([archive.packed(name)], deflated=True) for name in parts
    }
    assert untouched(digests, archive.read(CARRIER))
    with zipfile.ZipFile(made) as found:
        assert found.testzip() is None


def test_put_marked__a_part_larger_than_what_is_read_at_once() -> None:
    noise = b"".join(n.to_bytes(8, "big") for n in map(_scattered, range(PIECE // 6)))
    made = BytesIO()
    put_marked(made, [("a", [noise])], IDENTIFIER)

    archive = read_archive(made.getvalue())
    assert archive.entries["a"].compress_size > PIECE
    digests = {"a": packed_digest([archive.packed("a")], deflated=True)}
    assert untouched(digests, archive.read(CARRIER))


def _scattered(number: int) -> int:
    return number * 0x9E3779B97F4A7C15 % (1 << 64)
