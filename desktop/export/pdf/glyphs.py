"""Texts as the codes of embedded fonts: one font a face, two bytes a character.

reportlab cuts a font into subsets of 256 characters and looks each character up as it
is set; a Chinese name changes fonts two or three times. Here a face is one font whose
codes are numbered as characters come, and a whole text becomes codes in one call of
`str.translate`. Each character has its own code even where two share a glyph, so that
every text is found and copied as itself, above U+FFFF too.
"""

from __future__ import annotations

import re
import struct
from itertools import groupby
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.export.pdf.fonts import UNITS_PER_EM
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.values import Name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.values import Entries
    from desktop.export.pdf.values import Objects
    from desktop.export.pdf.values import Ref

_ENTRY: Final = re.compile(rb"<[0-9A-F]{4}> <([0-9A-F]+)>")
BLOCK: Final = 100
"""Most entries one block of a ToUnicode map may have."""
SUBSET: Final = "TAIZHA+"
"""Marks an embedded font as cut down to what is used."""
SYMBOLIC: Final = 4
"""Flag of a font whose codes are no standard encoding's."""


class CodedFont:
    """A font of a document: the characters it sets, each with its code from 1."""

    def __init__(self, fonts: Fonts, face: Face, name: str) -> None:
        """Begin without characters; `name` is the font's among a page's resources."""
        self.name = name
        self._fonts, self._of = fonts, face
        self._codes: dict[str, int] = {}

    def code(self, character: str) -> str:
        """Write a character's code in four hexadecimal digits."""
        return f"{self._codes.setdefault(character, len(self._codes) + 1):04X}"

    @property
    def _face(self) -> Any:  # noqa: ANN401 - the stubs know little of it
        return self._fonts.font(self._of).face

    @property
    def points(self) -> list[int]:
        """The characters that are used, as numbers, in the order of their codes."""
        return [ord(character) for character in self._codes]

    def add_to(self, objects: Objects) -> Ref:
        """Write the font's objects into a document; give the font."""
        title = Name(SUBSET + self._face.name.decode())
        system: Entries = {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0}
        glyphs, program = cut_down(self._face, self.points)
        codes = glyph_map(glyphs[point] for point in self.points)
        descendant = objects.add(
            {
                "Type": Name("Font"),
                "Subtype": Name("CIDFontType2"),
                "BaseFont": title,
                "CIDSystemInfo": system,
                "DW": UNITS_PER_EM,
                "W": list(widths_of(self._widths())),
                "CIDToGIDMap": objects.stream({}, [codes]),
                "FontDescriptor": self._described(objects, title, program),
            }
        )
        return objects.add(
            {
                "Type": Name("Font"),
                "Subtype": Name("Type0"),
                "BaseFont": title,
                "Encoding": Name("Identity-H"),
                "DescendantFonts": [descendant],
                "ToUnicode": objects.stream({}, [to_unicode(self.points)]),
            }
        )

    def _described(self, objects: Objects, title: Name, program: bytes) -> Ref:
        face = self._face
        return objects.add(
            {
                "Type": Name("FontDescriptor"),
                "FontName": title,
                "Flags": SYMBOLIC,
                "FontBBox": face.bbox,
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "CIDSet": objects.stream({}, [bits(len(self._codes) + 1)]),
                "FontFile2": objects.stream({"Length1": len(program)}, [program]),
            }
        )

    def _widths(self) -> list[int]:
        widths = self._face.charWidths
        return [round(widths[point]) for point in self.points]


class Codes(dict[int, str]):
    """How each character is written in a face and size, for `str.translate`.

    A character that another font sets changes to that and back within the text.
    """

    def __init__(
        self, fonts: Fonts, faces: dict[Face, CodedFont], style: tuple[Face, float]
    ) -> None:
        super().__init__()
        self._fonts, self._faces = fonts, faces
        self._face, self._size = style
        self._own = faces[self._face]

    @property
    def begin(self) -> str:
        """Choose the font and size."""
        return f"{self._own.name} {self._size:g} Tf"

    def show(self, text: str) -> str:
        """Show a text where the font is chosen; it is chosen afterwards too."""
        return f"<{text.translate(self)}>Tj"

    def __missing__(self, point: int) -> str:
        glyphs = self._fonts.choose(self._face, chr(point))
        font = self._faces[glyphs.face]
        code = "".join(map(font.code, glyphs.text))
        if font is not self._own:
            there = f"{font.name} {self._size:g} Tf"
            code = f">Tj {there}<{code}>Tj {self.begin}<"
        self[point] = code
        return code


class Lettering:
    """All fonts of one document."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._faces = {
            face: CodedFont(fonts, face, f"/F{place}")
            for place, face in enumerate(Face, 1)
        }
        self._codes: dict[tuple[Face, float], Codes] = {}

    def codes(self, face: Face, size: float) -> Codes:
        """Give how texts are written in a face and size."""
        style = (face, size)
        if style not in self._codes:
            self._codes[style] = Codes(self._fonts, self._faces, style)
        return self._codes[style]

    def add_to(self, objects: Objects) -> dict[str, Ref]:
        """Write the fonts that were used into a document; give them by name."""
        used = [font for font in self._faces.values() if font.points]
        return {font.name[1:]: font.add_to(objects) for font in used}


def cut_down(face: Any, points: Sequence[int]) -> tuple[dict[int, int], bytes]:  # noqa: ANN401 - as above
    """Cut a font down to characters; give the glyph of each there, and the font.

    reportlab takes glyphs in the order of the characters and each of them once.
    """
    taken = {0: 0}
    found = {
        point: taken.setdefault(face.charToGlyph[point], len(taken)) for point in points
    }
    return found, face.makeSubset(points)


def glyph_map(glyphs: Iterable[int]) -> bytes:
    """Say which glyph of an embedded font each code from 1 shows."""
    found = (0, *glyphs)
    return struct.pack(f">{len(found)}H", *found)


def widths_of(widths: Sequence[int]) -> Iterator[int | list[int]]:
    """Write the widths of codes from 1, leaving out those of a full em."""
    numbered = enumerate(widths, 1)
    for full, run in groupby(numbered, key=lambda pair: pair[1] == UNITS_PER_EM):
        if not full:
            some = list(run)
            yield some[0][0]
            yield [width for _, width in some]


def bits(count: int) -> bytes:
    """Set so many bits, from the highest of the first byte on."""
    whole, left = divmod(count, 8)
    return b"\xff" * whole + (bytes([0xFF00 >> left & 0xFF]) if left else b"")


def to_unicode(points: Sequence[int]) -> bytes:
    """Write the map from codes, counted from 1, to characters in UTF-16."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(points), BLOCK):
        block = points[start : start + BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{code:04X}> <{_utf16(point)}>"
            for code, point in enumerate(block, start + 1)
        ]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()


def from_unicode(written: bytes) -> list[int]:
    """Read back which characters the codes from 1 are."""
    _, _, entries = written.partition(b"endcodespacerange")
    return [
        ord(bytes.fromhex(unit.decode()).decode("utf-16-be"))
        for unit in _ENTRY.findall(entries)
    ]


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()
