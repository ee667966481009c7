"""What a file of ours carries about itself, so that it can be held against its words.

The *data* are canonical bytes: JSON with sorted keys and no blanks, in UTF-8. Every
value is there as `desktop.core.cell_text` writes it, under the facility it belongs to.
Their SHA-256 is the digest that is printed; PDF and workbook of one report carry the
same. A workbook wraps them into an *envelope* that also says where in its sheets each
table stands. What a later version adds beside the names known here is passed over, and
still counts in the digest.
"""

from __future__ import annotations

import json
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

Json: TypeAlias = "Mapping[str, object]"
Texts: TypeAlias = "tuple[str | None, ...]"
"""Cells as canonical text; None is a blank."""

DATA: Final = "taizhang-data"
ENVELOPE: Final = "taizhang-manifest"
VERSION: Final = 1
PRINTED: Final = 16
"""Digits of the digest that are printed."""

STAMP_TEXTS: Final = (
    "pack",
    "pack_version",
    "pack_digest",
    "unit",
    "unit_name",
    "period",
    "period_title",
    "ledger",
    "epoch",
    "head",
    "made",
)
STAMP_NUMBERS: Final = ("revision", "seq")
STAMP: Final = (*STAMP_TEXTS, *STAMP_NUMBERS)
"""The parts of a stamp as they are written."""

NUMBER: Final = "_number"
NAME: Final = "_name"
UNIT: Final = "_unit"
UNIT_NAME: Final = "_unit_name"
"""What a column of a sheet may hold besides a field: running number, the record's name,
code and name of its unit."""


class TableKind(Enum):
    """What the rows of a table are."""

    FORM = "form"
    """Records, keyed by facility; in a form of units by the unit's code."""
    UNITS = "units"
    """Units of a table by unit."""
    FIGURES = "figures"
    """Indicators of the reporting unit."""
    FINDINGS = "findings"


@frozen
class Stamp:
    """Which state of which ledger a file shows.

    `ledger` and `epoch` name the ledger and the line of its copies, `revision` its last
    action, `seq` and `head` the last entry of its change log and that entry's hash.
    `made` is the time of that action, so that the same ledger gives the same bytes.
    """

    pack: str
    pack_version: str
    pack_digest: str
    unit: str
    unit_name: str
    period: str
    period_title: str
    ledger: str
    epoch: str
    head: str
    made: str
    revision: int
    seq: int


@frozen
class Line:
    """One row of a table: its key, its unit's code, the name a reader knows, cells."""

    key: str
    unit: str
    name: str
    cells: Texts


@frozen
class Table:
    """A table: `fields` are id and title, in the order of the cells.

    `totals` is the line of sums, if there is one. `nil` tells that there
    are no rows because the unit declared so (零报告).
    """

    id: str
    title: str
    kind: TableKind
    fields: tuple[tuple[str, str], ...]
    rows: tuple[Line, ...]
    totals: Line | None = None
    nil: bool = False


@frozen
class Note:
    """A note that travels: an explanation or remark (`topic` as in the ledger)."""

    form: str
    facility: str
    topic: str
    text: str


@frozen
class Lineage:
    """What a submission goes on from.

    `parent` is the revision acknowledged last, `parent_digest` the digest of what was
    acknowledged; nothing was where they are 0 and empty. `counts` are the records by
    form. `marks` are those of the ledger's revisions (`desktop.exchange.lineage`).
    """

    parent: int
    parent_digest: str
    counts: tuple[tuple[str, int], ...]
    marks: str = ""


@frozen
class Manifest:
    """Everything a file says about the data it shows; `units` are code and name."""

    stamp: Stamp
    tables: tuple[Table, ...]
    units: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    lineage: Lineage | None = None


@frozen
class Place:
    """Where a table stands in a workbook; rows and columns count from 1.

    `heads` are the words of the row above the first line, one a column: by them the
    table is found again when rows and columns have moved. `holds` says what each
    column holds: a field, or one of `NUMBER`, `NAME`, `UNIT`, `UNIT_NAME`; nothing
    where it holds neither. Where the records stand side by side (`lines` is not
    empty), `holds` has their keys, and each line the field it shows (nothing for a
    heading) and then its own words. `foot` begins the row behind the table.
    """

    table: str
    sheet: str
    row: int
    column: int
    heads: tuple[str, ...]
    holds: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...] = ()
    foot: str = ""

    @property
    def across(self) -> bool:
        """Whether the records stand side by side."""
        return bool(self.lines)


@frozen
class Signature:
    """Who stands for the digest: scheme (`ed25519`, one day `sm2`), key and value."""

    scheme: str
    key: str
    value: str


@frozen
class Envelope:
    """What a workbook carries."""

    manifest: Manifest
    digest: str
    places: tuple[Place, ...]
    signature: Signature | None = None


# --- Writing -----------------------------------------------------------------


def to_data(manifest: Manifest) -> bytes:
    """Write a manifest as its canonical bytes."""
    content: dict[str, object] = {
        "format": DATA,
        "version": VERSION,
        "stamp": {name: getattr(manifest.stamp, name) for name in STAMP},
        "units": manifest.units,
        "tables": [_table(table) for table in manifest.tables],
    }
    if manifest.notes:
        content["notes"] = [
            (note.form, note.facility, note.topic, note.text) for note in manifest.notes
        ]
    if manifest.lineage is not None:
        lineage = manifest.lineage
        content["lineage"] = {
            "parent": lineage.parent,
            "parent_digest": lineage.parent_digest,
            "counts": lineage.counts,
            "marks": lineage.marks,
        }
    return canonical_json(content)


def to_envelope(
    data: bytes, places: Sequence[Place], signature: Signature | None = None
) -> bytes:
    """Wrap data for a workbook."""
    content: dict[str, object] = {
        "format": ENVELOPE,
        "version": VERSION,
        "data": parsed_json(data),
        "digest": digest_of(data),
        "places": [
            {
                "table": place.table,
                "sheet": place.sheet,
                "at": (place.row, place.column),
                "heads": place.heads,
                "holds": place.holds,
                "lines": place.lines,
                "foot": place.foot,
            }
            for place in places
        ],
    }
    if signature is not None:
        content["signature"] = (signature.scheme, signature.key, signature.value)
    return canonical_json(content)


def digest_of(data: bytes) -> str:
    """Give the digest of data, in hexadecimal digits."""
    return sha256(data).hexdigest()


def short_code(stamp: Stamp, form: str, digest: str) -> str:
    """Give what is printed and scanned; `form` may be empty for the whole report."""
    parts = (form, stamp.unit, stamp.period, str(stamp.revision), digest[:PRINTED])
    return "|".join(parts)


def _table(table: Table) -> Json:
    return {
        "id": table.id,
        "title": table.title,
        "kind": table.kind.value,
        "fields": table.fields,
        "rows": [_parts(row) for row in table.rows],
        "totals": None if table.totals is None else _parts(table.totals),
        "nil": table.nil,
    }


def _parts(row: Line) -> tuple[object, ...]:
    return row.key, row.unit, row.name, row.cells


def canonical_json(content: object) -> bytes:
    """Write JSON in the one way that digests rest on."""
    from orjson import OPT_SORT_KEYS  # only who writes or reads files needs it
    from orjson import dumps

    try:
        return dumps(content, option=OPT_SORT_KEYS)
    except TypeError:
        # It has no halves of characters and no integers beyond 64 bits.
        text = json.dumps(
            content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return text.encode("utf-8", "backslashreplace")


def parsed_json(text: bytes) -> object:
    """Read JSON in UTF-8.

    Raises:
        ValueError: It is none.
        RecursionError: It is nested too deep.
    """
    from orjson import JSONDecodeError
    from orjson import loads

    try:
        return loads(text)
    except JSONDecodeError:
        # As above.
        return json.loads(text.decode())
