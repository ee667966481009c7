"""Workbooks of ours with parts changed by hand, as a forger or an editor would."""

from __future__ import annotations

import re
import zipfile
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.core.untouched import BLANK
from desktop.core.untouched import CARRIER
from desktop.core.untouched import MARK
from desktop.core.untouched import marked

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGEST = re.compile(f"{MARK}[0-9a-f]{{64}}".encode())


def parts_of(data: bytes) -> dict[str, bytes]:
    """Take an archive apart."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def put_together(parts: Mapping[str, bytes]) -> bytes:
    """Make an archive of parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def forged(parts: Mapping[str, bytes]) -> bytes:
    """Make an archive of parts with a digest to match."""
    others = {name: part for name, part in parts.items() if name != CARRIER}
    digests = {name: sha256(part).hexdigest() for name, part in others.items()}
    carrier = _DIGEST.sub(BLANK.encode(), parts[CARRIER])
    return put_together({**others, CARRIER: marked(digests, carrier)})
