"""How much of a foreign file is read before it is refused.

The numbers are ours: generous for the rosters of a county, far below what harms a small
office computer. They are handed in, so that a test can meet each of them cheaply.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on a file, on its parts, and on the processes that read it.

    A part smaller than `ratio_grace` may be packed as tightly as it likes: short,
    repetitive parts are common and harmless. `gap` is the longest run of characters
    between two tags; a full cell (32,767 characters) in escaped form fits.
    """

    file_bytes: int = 50 * _MEBIBYTE
    entries: int = 2_000
    total_bytes: int = 200 * _MEBIBYTE
    ratio: int = 200
    ratio_grace: int = _MEBIBYTE
    gap: int = 300_000
    tag: int = 65_536
    attributes: int = 256
    depth: int = 64
    elements: int = 2_000_000
    string: int = 32_767
    sheets: int = 256
    styles: int = 130_000
    names: int = 20_000
    merges: int = 5_000
    rows: int = 200_000
    columns: int = 2_000
    cells: int = 300_000
    area: int = 2_000_000
    """Cells of the smallest rectangle around all values of a sheet."""
    output_bytes: int = 128 * _MEBIBYTE
    """What a reading process may say."""
    memory_bytes: int = 1024 * _MEBIBYTE
    seconds: int = 60


LIMITS: Final = Limits()
