"""The sheet of a workbook of ours that carries its manifest.

It is very hidden: only a macro editor shows it, so that nobody alters it by accident.
LibreOffice makes it an ordinary hidden sheet, which changes nothing. The envelope is
packed and written in letters that no program takes for anything else.
"""

from __future__ import annotations

import zlib
from base64 import b64decode
from base64 import b64encode
from binascii import Error as NotBase64Error
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.manifest import NAME
from desktop.core.manifest import NUMBER
from desktop.core.manifest import Place
from desktop.core.manifest import to_envelope
from desktop.core.manifest_read import LARGEST
from desktop.core.manifest_read import read_envelope
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export import wording
from desktop.export.manifest.data import FIGURES_TABLE
from desktop.export.manifest.data import FINDING_FIELDS
from desktop.export.manifest.data import FINDINGS_TABLE
from desktop.export.report import Chapter
from desktop.export.xlsx.plan import FINDINGS
from desktop.export.xlsx.plan import INDICATORS
from desktop.export.xlsx.plan import plan_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from openpyxl import Workbook

    from desktop.core.manifest import Envelope
    from desktop.core.manifest import Signature
    from desktop.export.report import Report
    from desktop.export.xlsx.plan import SheetPlan

SHEET: Final = "核验"
MARK: Final = "taizhang-manifest"
NOTICE: Final = (
    "本表由程序生成，供核验文件是否被改动，请勿修改或删除；删除后将无法核验。"
)
CHUNK: Final = 32_000
"""Characters a cell gets; it takes 32,767."""

_FIGURE_HEADS: Final[Mapping[tuple[str, int], str]] = {
    ("序号", 0): NUMBER,
    ("指标", 0): NAME,
    ("计量单位", 0): "measure",
    ("目标", 0): "target",
    ("本期值", 0): "value",
    ("状态", 0): "status",
    ("差距", 0): "left",
    ("分子数值", 0): "numerator",
    ("分子依据记录数", 0): "numerator_records",
    ("其中空白", 0): "numerator_blanks",
    ("分母数值", 0): "denominator",
    ("分母依据记录数", 0): "denominator_records",
    ("其中空白", 1): "denominator_blanks",
}
"""What the columns of the indicators hold, by head and its how manieth occurrence."""


def put_manifest(
    workbook: Workbook,
    data: bytes,
    places: Sequence[Place],
    signature: Signature | None = None,
) -> None:
    """Add the sheet to a workbook; data of no bytes add nothing."""
    if not data:
        return
    sheet = workbook.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for row in sheet_rows(data, places, signature):
        sheet.append(row)


def sheet_rows(
    data: bytes, places: Sequence[Place], signature: Signature | None = None
) -> Iterator[tuple[str, ...]]:
    """Give the texts of the sheet, row by row."""
    yield (NOTICE,)
    packed = zlib.compress(to_envelope(data, places, signature), 9)
    text = b64encode(packed).decode()
    pieces = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
    yield MARK, str(len(pieces))
    for number, piece in enumerate(pieces, 1):
        yield str(number), piece


def read_sheet(rows: Sequence[Sequence[str]]) -> Envelope | Message:
    """Read the texts of the sheet back; rows that were sorted or moved do no harm."""
    envelope = unpacked(rows)
    return envelope if isinstance(envelope, Message) else read_envelope(envelope)


def unpacked(rows: Sequence[Sequence[str]]) -> bytes | Message:
    """Put together what the texts of the sheet have packed: the envelope, unread."""
    named = {row[0]: row[1] for row in rows if len(row) > 1}
    count = named.get(MARK, "")
    if not count.isdecimal() or int(count) > len(named):
        return message("manifest.damaged")
    try:
        text = "".join(named[str(number)] for number in range(1, int(count) + 1))
        unpacking = zlib.decompressobj()
        return unpacking.decompress(b64decode(text, validate=True), LARGEST + 1)
    except (KeyError, NotBase64Error, ValueError, zlib.error):
        return message("manifest.damaged")


# --- Where the tables stand ---------------------------------------------------


def places_of(
    report: Report, figures: Sequence[str], findings: Sequence[str]
) -> tuple[Place, ...]:
    """Say where a report's tables stand in its workbook.

    `figures` and `findings` are the heads of the sheets of that name.
    """
    places = [_place(plan) for plan in plan_sheets(report)]
    if Chapter.INDICATORS not in report.left_out:
        holds = tuple(_figure_columns(figures))
        places.append(Place(FIGURES_TABLE, INDICATORS, 3, 1, tuple(figures), holds))
    if Chapter.FINDINGS not in report.left_out:
        fields = tuple(field for field, _ in FINDING_FIELDS)
        heads = tuple(findings)
        foot = "" if report.findings else wording.NO_FINDINGS
        holds = (NUMBER, *fields)
        place = Place(FINDINGS_TABLE, FINDINGS, 3, 1, heads, holds, foot=foot)
        places.append(place)
    return tuple(places)


def _figure_columns(heads: Sequence[str]) -> Iterator[str]:
    for place, head in enumerate(heads):
        yield _FIGURE_HEADS.get((head, heads[:place].count(head)), "")


def _place(plan: SheetPlan) -> Place:
    form = plan.form
    columns = (*form.stub, *form.columns)
    lines: tuple[tuple[str, ...], ...] = ()
    holds = tuple(
        column.id or (f"_{place}" if place > 0 else "")
        for place, column in enumerate(columns, 1 - len(form.stub))
    )
    if form.across:
        lines = tuple((row.key, *row.stub) for row in form.rows)
        holds = (*("" for _ in form.stub), *(column.id for column in form.columns))
    return Place(
        table=form.id,
        sheet=plan.name,
        row=plan.data,
        column=1,
        heads=tuple(column.number for column in columns),
        holds=holds,
        lines=lines,
        foot=form.empty or wording.LEGEND,
    )
