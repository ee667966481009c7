"""Hostile and damaged submissions: each a real file that was spoilt in one way."""

from __future__ import annotations

import json
import zipfile
import zlib
from base64 import b64encode
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeAlias

from desktop.core.manifest import STAMP
from desktop.core.manifest import canonical_json
from desktop.core.manifest_read import LARGEST
from desktop.export.manifest.sheet import CHUNK
from desktop.export.manifest.sheet import MARK
from desktop.export.manifest.sheet import SHEET

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

Content: TypeAlias = "dict[str, Any]"
Texts: TypeAlias = "list[tuple[str, ...]]"

MANY: Final = 200
"""How many hostile files there are at least, with those any table may be."""
CUTS: Final = 24
FLIPS: Final = 24
DEEP: Final = 100_000


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A file with something wrong: its name and its bytes."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A hidden sheet with something wrong: its name and its texts, row by row."""

    name: str
    make: Callable[[], Texts]


# --- The container --------------------------------------------------------------


def containers(data: bytes) -> Iterator[Spoilt]:
    """Cut a file off, turn bits in it, and put other things in its place."""
    for cut in range(CUTS):
        length = len(data) * cut // CUTS
        yield Spoilt(f"cut at {length}", partial(_cut, data, length))
    for place in _packed_places(data):
        yield Spoilt(f"bit at {place}", partial(_flipped, data, place))
    yield Spoilt("twice", lambda: data[: len(data) // 2] + data)
    yield Spoilt("nothing but zeros", lambda: bytes(len(data)))
    yield Spoilt("end of zeros", lambda: data[:-400] + bytes(400))
    yield Spoilt("lines turned to Windows'", lambda: data.replace(b"\n", b"\r\n"))
    yield Spoilt("as text", lambda: data.decode("latin-1").encode())
    yield Spoilt("without its sheets", lambda: _without(data, "xl/worksheets/"))
    yield Spoilt("without its styles", lambda: _without(data, "xl/workbook.xml"))
    yield Spoilt("without its types", lambda: _without(data, "[Content_Types]"))


def _packed_places(data: bytes) -> list[int]:
    """Give places in the middle of packed parts, spread over the file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = sorted(archive.infolist(), key=lambda one: -one.compress_size)
        large = [one for one in parts if one.compress_size > 200]
        return [
            one.header_offset + 60 + len(one.filename) + one.compress_size * n // 4
            for one in large
            for n in (1, 2)
        ][:FLIPS]


def _cut(data: bytes, length: int) -> bytes:
    return data[:length]


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]


def _without(data: bytes, part: str) -> bytes:
    found = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as archive,
        zipfile.ZipFile(found, "w") as target,
    ):
        for one in archive.infolist():
            if not one.filename.startswith(part):
                target.writestr(one, archive.read(one))
    return found.getvalue()


# --- What the sheet says -----------------------------------------------------------


def sheets(envelope: bytes) -> Iterator[Sheet]:
    """Spoil what a sheet says, each time in another way."""
    content: Content = json.loads(envelope)
    yield from _wrappings(envelope)
    yield from _texts(envelope)
    spoils = [*_SHAPES, *_forged()]
    for name in STAMP:
        stamp = ("data", "stamp", name)
        spoils.append((f"stamp without {name}", _pop(*stamp)))
        spoils.append((f"stamp with another sort of {name}", _put(*stamp, value=[1])))
    for name, spoil in spoils:
        yield Sheet(name, partial(_spoilt_sheet, content, spoil))


def _spoilt_sheet(content: Content, spoil: Callable[[Content], object]) -> Texts:
    return _sheet(_spoilt(content, spoil))


def _spoilt(content: Content, spoil: Callable[[Content], object]) -> bytes:
    """Spoil a copy, and give it the digest it would have: a forger can do that."""
    found = deepcopy(content)
    spoil(found)
    if isinstance(found.get("data"), dict) and "digest" in found:
        found.setdefault("digest", "")
        if not found.pop("keep", False):
            found["digest"] = sha256(canonical_json(found["data"])).hexdigest()
    return canonical_json(found)


def _sheet(envelope: bytes) -> Texts:
    text = b64encode(zlib.compress(envelope)).decode()
    pieces = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
    numbered = [(str(number), piece) for number, piece in enumerate(pieces, 1)]
    return [("",), (MARK, str(len(pieces))), *numbered]


def _wrappings(envelope: bytes) -> Iterator[Sheet]:
    """Spoil how the text is packed into cells."""
    rows = _sheet(envelope)
    piece = rows[2][1]
    yield Sheet("no rows", list)
    yield Sheet("no mark", lambda: rows[2:])
    yield Sheet("count is no number", lambda: [(MARK, "one"), *rows[2:]])
    yield Sheet("count is negative", lambda: [(MARK, "-1"), *rows[2:]])
    yield Sheet("count of other digits", lambda: [(MARK, "²"), *rows[2:]])
    yield Sheet("count is immense", lambda: [(MARK, "9" * 4000), *rows[2:]])
    yield Sheet("one piece too many", lambda: [(MARK, "2"), *rows[2:], ("x", "y")])
    yield Sheet("a piece is missing", lambda: [rows[1]])
    yield Sheet("a piece is cut", lambda: [rows[1], ("1", piece[:-40])])
    yield Sheet("no letters of ours", lambda: [rows[1], ("1", "养老" * 100)])
    yield Sheet(
        "packed wrongly", lambda: [rows[1], ("1", b64encode(b"x" * 99).decode())]
    )
    yield Sheet("a bomb", lambda: _sheet(b" " * (LARGEST + 10)))


def _texts(envelope: bytes) -> Iterator[Sheet]:
    """Put other texts where the JSON should be."""
    deep = b"[" * DEEP + b"]" * DEEP
    for name, text in {
        "empty text": b"",
        "no JSON": b"<envelope/>",
        "cut JSON": envelope[: len(envelope) // 2],
        "two JSONs": envelope + envelope,
        "a list": b"[]",
        "a number": b"1",
        "null": b"null",
        "a string": b'"taizhang-manifest"',
        "not a number": b"NaN",
        "deep": deep,
        "deep inside": envelope.replace(b'"tables":[', b'"tables":[' + deep + b",", 1),
        "a number of many digits": b'{"format":' + b"9" * 99_999 + b"}",
        "no UTF-8": b"\xff\xfe" + envelope,
        "UTF-16": envelope.decode().encode("utf-16"),
    }.items():
        yield Sheet(name, partial(_sheet, text))


def _put(*path: str | int, value: object) -> Callable[[Content], object]:
    """Give what puts a value at a place."""

    def spoil(content: Content) -> object:
        at: Any = content
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        return None

    return spoil


def _pop(*path: str | int) -> Callable[[Content], object]:
    """Give what takes something away."""

    def spoil(content: Content) -> object:
        at: Any = content
        for step in path[:-1]:
            at = at[step]
        return at.pop(path[-1])

    return spoil


def _wrong_digest(content: Content) -> None:
    content["digest"] = "0" * 64
    content["keep"] = True


_TABLE: Final = ("data", "tables", 0)
_SHAPES: Final = (
    *(
        (f"without {'.'.join(map(str, path))}", _pop(*path))
        for path in (
            ("format",),
            ("version",),
            ("data",),
            ("digest",),
            ("places",),
            ("data", "format"),
            ("data", "version"),
            ("data", "stamp"),
            ("data", "units"),
            ("data", "tables"),
            (*_TABLE, "id"),
            (*_TABLE, "title"),
            (*_TABLE, "kind"),
            (*_TABLE, "fields"),
            (*_TABLE, "rows"),
            ("data", "lineage", "parent"),
            ("data", "lineage", "marks"),
            ("data", "lineage", "counts"),
            ("places", 0, "table"),
            ("places", 0, "at"),
            ("places", 0, "holds"),
        )
    ),
    ("another format", _put("format", value="taizhang-data")),
    ("another format inside", _put("data", "format", value="taizhang")),
    ("a later version", _put("version", value=2)),
    ("a later version inside", _put("data", "version", value=9)),
    ("version in words", _put("version", value="1")),
    ("version is true", _put("version", value=True)),
    ("a digest of zeros", _wrong_digest),
    ("tables are words", _put("data", "tables", value="eci")),
    ("tables are too many", lambda c: c["data"]["tables"].extend([{}] * 2001)),
    ("a table is a list", _put(*_TABLE, value=[])),
    ("a table is of no sort", _put(*_TABLE, "kind", value="sheet")),
    ("rows are a table", _put(*_TABLE, "rows", value={})),
    ("a row is too short", _put(*_TABLE, "rows", 0, value=["k"])),
    ("a row is too long", lambda c: c["data"]["tables"][0]["rows"][0].append(1)),
    ("cells are too few", lambda c: c["data"]["tables"][0]["rows"][0][3].pop()),
    ("a cell is a number", _put(*_TABLE, "rows", 0, 3, 0, value=12)),
    ("a cell is a list", _put(*_TABLE, "rows", 0, 3, 0, value=[[]])),
    ("a field is one text", _put(*_TABLE, "fields", 0, value="name")),
    ("nil in words", _put(*_TABLE, "nil", value="no")),
    ("units are codes", _put("data", "units", value=["310105001"])),
    ("places are words", _put("places", value="A1")),
    ("a place is nowhere", _put("places", 0, "at", value=["A", 1])),
    ("a note of three parts", _put("data", "notes", value=[["a", "b", "c"]])),
    ("lineage is a list", _put("data", "lineage", value=[1, 2])),
    ("parent in words", _put("data", "lineage", "parent", value="12")),
    ("counts are numbers", _put("data", "lineage", "counts", value=[1, 2])),
    ("marks are a list", _put("data", "lineage", "marks", value=["AAAA"])),
    ("a signature of two parts", _put("signature", value=["ed25519", "key"])),
)


def _forged() -> Iterator[tuple[str, Callable[[Content], object]]]:
    """Give what is of the right shape and cannot be in any ledger."""
    key, cell = (*_TABLE, "rows", 0, 0), (*_TABLE, "rows", 0, 3)
    yield "a key with NUL", _put(*key, value="a\0b")
    yield "a key of half a letter", _put(*key, value="\ud800")
    yield "no key", _put(*key, value="")
    yield (
        "the same key twice",
        lambda c: c["data"]["tables"][0]["rows"].append(
            c["data"]["tables"][0]["rows"][0]
        ),
    )
    for name, text in {
        "a text with NUL": "t:a\0b",
        "half a letter": "t:\ud800",
        "a text without its sort": "a",
        "a sort nobody knows": "z:1",
        "an absence nobody knows": "a:maybe",
    }.items():
        yield name, _put(*cell, 0, value=text)
    for name, text in {
        "endless beds": "n:1e999999999",
        "infinite beds": "n:Infinity",
        "beds that are no number": "n:NaN",
        "beds in words": "t:many",
        "beds of many digits": "n:" + "9" * 5000,
        "half a bed": "n:1.5",
    }.items():
        yield name, _put_field("beds_total", text)
    stamp = ("data", "stamp")
    yield "no unit", _put(*stamp, "unit", value="")
    yield "an immense unit", _put(*stamp, "unit", value="3" * 100_000)
    yield "another place", _put(*stamp, "unit", value="110101001")
    yield "a unit of markup", _put(*stamp, "unit", value="<b>x</b>")
    yield "another period", _put(*stamp, "period", value="1949")
    yield "no period", _put(*stamp, "period", value="")
    yield "another pack", _put(*stamp, "pack", value="nowhere")
    yield "an older pack", _put(*stamp, "pack_version", value="0.0.1")
    yield "a pack of other bytes", _put(*stamp, "pack_digest", value="0" * 64)
    yield "no lineage", _pop("data", "lineage")


def _put_field(field: str, text: str) -> Callable[[Content], object]:
    def spoil(content: Content) -> None:
        for table in content["data"]["tables"]:
            names = [name for name, _ in table["fields"]]
            if table["kind"] == "form" and field in names and table["rows"]:
                table["rows"][0][3][names.index(field)] = text
                return
        raise AssertionError(field)

    return spoil


def book_of(data: bytes, texts: Texts) -> bytes:
    """Put a spoilt sheet into a real file."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data))
    del book[SHEET]
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for row in texts:
        sheet.append([_writable(text) for text in row])
    found = BytesIO()
    book.save(found)
    return found.getvalue()


def _writable(text: str) -> str:
    return text[:32_767]
