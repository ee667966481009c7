"""The colour space of our PDFs: a profile of sRGB, written by the standard's numbers.

PDF/A wants a profile inside the file, and PDF/A-1 knows profiles of version 2 only.
Sources: IEC 61966-2-1 (the curve and the primaries); ICC.1:2001-04 (the layout; the
primaries are adapted to D50, as it asks).
"""

from __future__ import annotations

import struct
from typing import Final

D50: Final = (0.9642, 1.0, 0.8249)
RED: Final = (0.43607, 0.22249, 0.01392)
GREEN: Final = (0.38515, 0.71687, 0.09708)
BLUE: Final = (0.14307, 0.06061, 0.71410)
LINEAR: Final = 0.04045
"""Up to which value the curve is straight."""
STEPS: Final = 1024
"""Places at which the curve is written down."""
HEAD: Final = 128
ENTRY: Final = 12


def srgb_profile() -> bytes:
    """Write the profile; the same bytes each time."""
    curve = _curve()
    tags = (
        (b"desc", _description("sRGB IEC61966-2.1")),
        (b"cprt", b"text\0\0\0\0No copyright, use freely\0"),
        (b"wtpt", _place(D50)),
        (b"rXYZ", _place(RED)),
        (b"gXYZ", _place(GREEN)),
        (b"bXYZ", _place(BLUE)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    )
    start = HEAD + 4 + ENTRY * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}
    for name, content in tags:
        if content not in places:
            places[content] = start + len(body)
            body += content + b"\0" * (-len(content) % 4)
        table += name + struct.pack(">II", places[content], len(content))
    return _head(HEAD + len(table) + len(body)) + table + body


def _head(size: int) -> bytes:
    """Say what the profile is: version 2.1, for screens, RGB seen through XYZ."""
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I4xI", size, 0x02100000) + b"mntrRGB XYZ " + made + b"acsp"
    # No platform, maker, model or flags; perceptual; seen under D50; no creator.
    return (head + bytes(28) + b"".join(map(_fixed, D50))).ljust(HEAD, b"\0")


def _curve() -> bytes:
    """Write how much light each value between 0 and 1 stands for."""
    values = (_light(step / (STEPS - 1)) for step in range(STEPS))
    rounded = (round(value * 0xFFFF) for value in values)
    return struct.pack(f">4s4xI{STEPS}H", b"curv", STEPS, *rounded)


def _light(value: float) -> float:
    if value <= LINEAR:
        return value / 12.92
    light: float = ((value + 0.055) / 1.055) ** 2.4
    return light


def _description(text: str) -> bytes:
    plain = text.encode("ascii") + b"\0"
    # Neither the Unicode nor the Macintosh form, which have fixed room.
    return struct.pack(">4s4xI", b"desc", len(plain)) + plain + bytes(8 + 3 + 67)


def _place(point: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, point))


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 0x10000))
