"""Workbooks of ours with parts changed by hand, as a forger or an editor would."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.core.untouched import CARRIER
from desktop.export.template.zip import copied
from desktop.export.template.zip import read_archive
from desktop.export.xlsx.marked import put_marked

if TYPE_CHECKING:
    from collections.abc import Mapping


def parts_of(data: bytes) -> dict[str, bytes]:
    """Take an archive apart."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(
    data: bytes, changed: Mapping[str, bytes], left_out: frozenset[str] = frozenset()
) -> bytes:
    """Change parts of an archive, or leave them out; the others lie as they did."""
    return b"".join(copied(read_archive(data), changed, left_out))


def forged(parts: Mapping[str, bytes]) -> bytes:
    """Make an archive of parts with a digest to match."""
    others = ((name, [part]) for name, part in parts.items() if name != CARRIER)
    made = BytesIO()
    put_marked(made, others, parts[CARRIER])
    return made.getvalue()
