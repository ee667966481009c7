"""The order of texts: Chinese ones by pinyin, without a table of readings.

GB 2312 lays out its 3,755 common characters by their reading and the rarer 3,008 by
radical and strokes, and GB 18030 keeps these places. A character with several readings
stands at its usual one.
"""

from __future__ import annotations

from typing import Final

FUNCTION: Final = "sort_key"
"""What SQL calls it on every connection of a ledger."""


def sort_key(value: float | str | None) -> float | bytes | None:
    """Give what a value is sorted by; numbers stay what they are."""
    return value.encode("gb18030") if isinstance(value, str) else value
