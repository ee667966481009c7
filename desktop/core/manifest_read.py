"""Reading the manifest of a file that may be anybody's.

Whatever is odd about it is a message; what is cut short, altered or invented never
becomes a manifest.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import cast

from desktop.core.manifest import DATA
from desktop.core.manifest import ENVELOPE
from desktop.core.manifest import STAMP_NUMBERS
from desktop.core.manifest import STAMP_TEXTS
from desktop.core.manifest import VERSION
from desktop.core.manifest import Envelope
from desktop.core.manifest import Line
from desktop.core.manifest import Lineage
from desktop.core.manifest import Manifest
from desktop.core.manifest import Note
from desktop.core.manifest import Place
from desktop.core.manifest import Signature
from desktop.core.manifest import Stamp
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.core.manifest import canonical_json
from desktop.core.manifest import digest_of
from desktop.core.manifest import parsed_json
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.manifest import Json
    from desktop.core.messages import Message

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest manifest that is read."""
MOST: Final = 2_000
"""Tables of the largest manifest, and places."""


class _UnfitError(Exception):
    """The text is JSON, but none of ours."""


class _NewerError(Exception):
    """A later version of the program wrote it."""


_FIRST: Final = b'{"data":{'
"""How an envelope of ours begins: its keys are in their order."""
_NEXT: Final = b'},"digest":"'
"""Where its data end."""
_PARTS: Final = 4
"""Of a line: key, unit, name, cells."""
_LISTS: Final = frozenset({list})
_TEXTS: Final = frozenset({str})
_TEXTS_OR_BLANK: Final = frozenset({str, type(None)})
_FAULTS: Final = (_UnfitError, ValueError, KeyError, RecursionError)


def read_data(data: bytes) -> Manifest | Message:
    """Read the data that a PDF carries, or say why it is none of ours."""
    if len(data) > LARGEST:
        return message("manifest.too_large")
    try:
        return _manifest(_object(parsed_json(data), DATA))
    except _NewerError:
        return message("manifest.newer")
    except _FAULTS:
        return message("manifest.damaged")


def read_envelope(data: bytes) -> Envelope | Message:
    """Read what a workbook carries; data that its digest denies are damaged."""
    if len(data) > LARGEST:
        return message("manifest.too_large")
    try:
        opened, written = _opened(data)
        content = _object(opened, ENVELOPE)
        inner = _object(content["data"], DATA)
        digest = _text(content["digest"])
        # What was written in another way than ours counts as we would write it.
        if digest_of(written) != digest and digest_of(canonical_json(inner)) != digest:
            return message("manifest.damaged")
        places = tuple(_place(_keyed(each)) for each in _few(content["places"]))
        signature = content.get("signature")
        return Envelope(
            _manifest(inner),
            digest,
            places,
            None if signature is None else Signature(*_row(signature, 3)),
        )
    except _NewerError:
        return message("manifest.newer")
    except _FAULTS:
        return message("manifest.damaged")


def _opened(text: bytes) -> tuple[object, bytes]:
    """Read an envelope, and give its data as they are written if they come first.

    So they lie where we wrote them, and to take their digest they need not be written
    once more. Elsewhere it is the whole text, of which there is no digest.
    """
    # Inside of texts, marks of quotation stand behind a stroke.
    end = text.rfind(_NEXT) + 1
    if not text.startswith(_FIRST) or not end:
        return parsed_json(text), text
    start = len(_FIRST) - 1
    rest = _keyed(parsed_json(b"{" + text[end + 1 :]))
    if "data" in rest:
        raise _UnfitError
    data = text[start:end]
    return {**rest, "data": parsed_json(data)}, data


def _object(content: object, written: str) -> Json:
    found = _keyed(content)
    if found["format"] != written:
        raise _UnfitError
    if _number(found["version"]) > VERSION:
        raise _NewerError
    return found


def _manifest(content: Json) -> Manifest:
    lineage = content.get("lineage")
    units = (_row(each, 2) for each in _list(content["units"]))
    notes = (Note(*_row(each, 4)) for each in _list(content.get("notes", [])))
    return Manifest(
        _stamp(_keyed(content["stamp"])),
        tuple(_read_table(_keyed(each)) for each in _few(content["tables"])),
        tuple((code, name) for code, name in units),
        tuple(notes),
        None if lineage is None else _lineage(_keyed(lineage)),
    )


def _stamp(content: Json) -> Stamp:
    texts = {name: _text(content[name]) for name in STAMP_TEXTS}
    revision, seq = (_number(content[name]) for name in STAMP_NUMBERS)
    return Stamp(**texts, revision=revision, seq=seq)


def _lineage(content: Json) -> Lineage:
    counts = (_list(each) for each in _list(content["counts"]))
    return Lineage(
        _number(content["parent"]),
        _text(content["parent_digest"]),
        tuple((_text(form), _number(count)) for form, count in counts),
        _text(content.get("marks", "")),
    )


def _read_table(content: Json) -> Table:
    fields = tuple(
        (id_, title) for id_, title in (_row(f, 2) for f in _list(content["fields"]))
    )
    totals = content["totals"]
    width = len(fields)
    return Table(
        _text(content["id"]),
        _text(content["title"]),
        TableKind(content["kind"]),
        fields,
        _lines(_list(content["rows"]), width),
        None if totals is None else _lines([totals], width)[0],
        bool(content["nil"]),
    )


def _lines(content: Sequence[object], width: int) -> tuple[Line, ...]:
    """Read the rows of a table; most of a manifest is in them, so all at once."""
    _check_lists(content, _PARTS)
    rows = cast("Sequence[Sequence[Any]]", content)
    keys, units, names, cells = zip(*rows, strict=True) if rows else ((),) * _PARTS
    _check_lists(cells, width)
    # JSON has no other kinds of text.
    if not _TEXTS.issuperset(map(type, chain(keys, units, names))):
        raise _UnfitError
    if not _TEXTS_OR_BLANK.issuperset(map(type, chain.from_iterable(cells))):
        raise _UnfitError
    return tuple(map(Line, keys, units, names, map(tuple, cells)))


def _check_lists(content: Sequence[object], width: int) -> None:
    if not _LISTS.issuperset(map(type, content)):
        raise _UnfitError
    if not {width}.issuperset(map(len, cast("Sequence[Sequence[object]]", content))):
        raise _UnfitError


def _place(content: Json) -> Place:
    row, column = _list(content["at"])
    return Place(
        _text(content["table"]),
        _text(content["sheet"]),
        _number(row),
        _number(column),
        _row(content["heads"]),
        _row(content["holds"]),
        tuple(_row(line) for line in _list(content["lines"])),
        _text(content["foot"]),
    )


def _row(content: object, width: int | None = None) -> tuple[str, ...]:
    found = _list(content)
    if width is not None and len(found) != width:
        raise _UnfitError
    if not _TEXTS.issuperset(map(type, found)):
        raise _UnfitError
    return tuple(found)  # type: ignore[arg-type]  # by what was asked above


def _text(content: object) -> str:
    if not isinstance(content, str):
        raise _UnfitError
    return content


def _number(content: object) -> int:
    # True is an int to Python, and no number to anybody else.
    if type(content) is not int:
        raise _UnfitError
    return content


def _few(content: object) -> Sequence[object]:
    found = _list(content)
    if len(found) > MOST:
        raise _UnfitError
    return found


def _list(content: object) -> Sequence[object]:
    if not isinstance(content, list):
        raise _UnfitError
    return content


def _keyed(content: object) -> Json:
    if not isinstance(content, dict):
        raise _UnfitError
    return content
