"""The records of a ledger as plain tables, for programs and for people's own tools.

`write_csv` makes one table a file that WPS and Excel open with a double click: UTF-8
with a mark in front, and nothing in it can become a formula. `write_package` makes one
Frictionless Data Package (a zip of CSV files with their Table Schema): what is in it is
typed, described, and proved by digests.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeAlias
from typing import assert_never

from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.export.safe_file import StoppedError
from desktop.export.safe_file import write_safely
from desktop.forms.entry import NO
from desktop.forms.entry import NOT_APPLICABLE
from desktop.forms.entry import UNKNOWN
from desktop.forms.entry import YES
from desktop.forms.fields import Blank
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import CreditCodeField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TelephoneField
from desktop.forms.fields import TextField
from desktop.forms.fields import UnitField
from desktop.forms.fields import YesNoField

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.core.messages import Message
    from desktop.forms.fields import Field

Json: TypeAlias = dict[str, Any]

KEYS: Final = ("_unit", "_unit_name", "_facility")
"""The columns before a form's own: unit code, its name, the facility's identity."""
_KEY_TITLES: Final = ("填报单位代码", "填报单位", "机构标识")
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so, some spreadsheets take for a formula."""
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip, so that the same ledger gives the same bytes."""
DESCRIPTION: Final = "datapackage.json"


@frozen
class Column:
    """One column: its name and title, and the field it shows (None: a key)."""

    name: str
    title: str
    field: Field | None = None
    choices: tuple[str, ...] = ()


@frozen
class DataTable:
    """A form's records as texts; `key` names the columns that identify a row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    key: tuple[str, ...] = ()
    about: str = ""


@frozen
class Package:
    """What a package says of itself; `facts` are ours, beside the standard's words."""

    name: str
    title: str
    plan: str
    facts: Mapping[str, str]


def key_columns() -> tuple[Column, ...]:
    """Give the columns that stand before a form's own."""
    pairs = zip(KEYS, _KEY_TITLES, strict=True)
    return tuple(Column(name, title) for name, title in pairs)


def write_csv(table: DataTable, path: Path) -> None:
    """Write one table for people; titles are the heads.

    Raises:
        ExportError: The file could not be written; what stood there is as it was.
    """
    heads = [column.title for column in table.columns]
    numeric = [_is_number(column.field) for column in table.columns]
    lines = (
        [
            text if plain else _harmless(text)
            for text, plain in zip(row, numeric, strict=True)
        ]
        for row in table.rows
    )
    content = _csv([heads, *lines], "\r\n").encode("utf-8-sig")
    _write(path, lambda part: _put(part, content), content)


def write_package(
    package: Package,
    tables: Sequence[DataTable],
    path: Path,
    go_on: Callable[[int, int], bool] = lambda _done, _total: True,
) -> None:
    """Write all tables as one data package; `go_on` is told how many are done.

    Raises:
        ExportError: The file could not be written; what stood there is as it was.
        StoppedError: `go_on` answered False.
    """
    files: dict[str, bytes] = {}
    resources = []
    for done, table in enumerate(tables):
        if not go_on(done, len(tables)):
            raise StoppedError
        heads = [column.name for column in table.columns]
        content = _csv([heads, *table.rows], "\n").encode()
        file = f"data/{table.name}.csv"
        files[file] = content
        resources.append(_resource(table, file, content))
    described = {DESCRIPTION: _json(_description(package, resources)), **files}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in described.items():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    whole = buffer.getvalue()
    _write(path, lambda part: _put(part, whole), whole)


def _write(path: Path, write: Callable[[Path], None], meant: bytes) -> None:
    def verify(part: Path) -> Message | None:
        if part.read_bytes() == meant:
            return None
        return message("export.damaged", name=path.name)

    write_safely(path, write, verify)


def _put(part: Path, content: bytes) -> None:
    part.write_bytes(content)


def _csv(rows: Sequence[Sequence[str]], ending: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=ending).writerows(rows)
    return text.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _json(data: Json) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _is_number(field: Field | None) -> bool:
    return isinstance(field, IntegerField | DecimalField)


# --- The description ---------------------------------------------------------


def _description(package: Package, resources: Sequence[Json]) -> Json:
    return {
        "profile": "tabular-data-package",
        "name": package.name,
        "title": package.title,
        "sources": [{"title": package.plan}],
        "resources": list(resources),
        "taizhang": dict(package.facts),
    }


def _resource(table: DataTable, file: str, content: bytes) -> Json:
    schema: Json = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": ["", NOT_APPLICABLE, UNKNOWN],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    found: Json = {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }
    return {**found, "description": table.about} if table.about else found


def _field(column: Column) -> Json:
    found: Json = {"name": column.name, "title": column.title}
    field = column.field
    if field is None:
        return {**found, "type": "string"}
    found |= _type(field)
    if field.explanation:
        found["description"] = field.explanation
    if field.measure:
        found["unit"] = field.measure
    if limits := _limits(field, column.choices):
        found["constraints"] = limits
    return found


def _type(field: Field) -> Json:
    match field:
        case IntegerField():
            return {"type": "integer"}
        case DecimalField():
            return {"type": "number"}
        case DateField():
            return {"type": "date"}
        case YesNoField():
            return {"type": "boolean", "trueValues": [YES], "falseValues": [NO]}
        case (
            TextField()
            | ChoiceField()
            | ChoicesField()
            | UnitField()
            | CreditCodeField()
            | TelephoneField()
        ):
            return {"type": "string"}
        case _:
            assert_never(field)


def _limits(field: Field, choices: tuple[str, ...]) -> Json:
    """Give the limits that hold whatever else the record says."""
    limits: Json = {}
    if field.blank is Blank.REQUIRED and field.visible_when is None:
        limits["required"] = not field.not_applicable
    if isinstance(field, IntegerField | DecimalField):
        for name, bound in (("minimum", field.minimum), ("maximum", field.maximum)):
            if bound is not None:
                limits[name] = str(bound)
    if isinstance(field, ChoiceField) and choices:
        limits["enum"] = list(choices)
    return {name: value for name, value in limits.items() if value is not False}
