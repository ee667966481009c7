"""Opening a foreign file: what it is decides how it is read, not what it is called."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.intake.children import READER_COMMAND
from desktop.intake.delimited import read_delimited
from desktop.intake.limits import LIMITS
from desktop.intake.preflight import preflight
from desktop.intake.table import Source
from desktop.intake.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.intake.limits import Limits

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt")


def read_source(
    path: Path, command: tuple[str, ...] = READER_COMMAND, limits: Limits = LIMITS
) -> Source | Message:
    """Read a file whole, or say why it is refused.

    The file is opened once and only read; every reader gets the same bytes. `command`
    starts a reading process.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError:
        return message("intake.unreadable", file=path.name)
    if len(data) > limits.file_bytes:
        most = limits.file_bytes // (1024 * 1024)
        return message("intake.file_too_large", file=path.name, limit=most)
    digest = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() in TEXT_ENDINGS and not data.startswith(b"PK\x03\x04"):
        read = read_delimited(data, path.name, limits)
        if isinstance(read, Message):
            return read
        return Source(path.name, digest, (read[0],), read[1])
    facts = preflight(data, path.name, limits)
    if isinstance(facts, Message):
        return facts
    tables = read_workbook(data, facts, command, limits)
    if isinstance(tables, Message):
        return message(tables.code, file=path.name, **dict(tables.params))
    return Source(path.name, digest, tables, facts.notes)
