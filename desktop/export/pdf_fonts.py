"""Fonts of the PDF: embedded, chosen character by character, searchable.

reportlab embeds TrueType subsets well, with two faults that this module keeps out:

* Its ToUnicode map writes five hexadecimal digits for characters above U+FFFF, so that
  干𬒗镇 is copied as 干ⱉ镇. The map is written anew once reportlab has made its fonts.
* Its subset writes wrong advance widths for fonts that have not 1000 units an em. Ours
  have; a font that has not is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.core.messages import message
from desktop.export.pdf_text import break_lines
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportlab.pdfbase.pdfdoc import PDFDocument
    from reportlab.pdfbase.ttfonts import TTFont

UNITS_PER_EM: Final = 1000
BLOCK: Final = 100
"""Most entries one block of a ToUnicode map may have."""


class Face(Enum):
    """The typefaces of a report, by the file that holds them."""

    SONG = "NotoSerifSC-Regular.ttf"
    SONG_BOLD = "NotoSerifSC-Bold.ttf"
    HEI = "NotoSansSC-Regular.ttf"
    HEI_BOLD = "NotoSansSC-Bold.ttf"
    RARE = "BabelStoneHan-Rare.ttf"


FALLBACK: Final = (Face.SONG, Face.HEI, Face.RARE)
"""Where a character is looked for that a face has not, in this order."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """How one character is set: in which face, as what text, how wide (1/1000 em)."""

    face: Face
    text: str
    width: float


class Fonts:
    """The faces of one document; made anew for each, as reportlab asks."""

    def __init__(self, folder: Path) -> None:
        """Load the fonts of a folder.

        Raises:
            ExportError: A font file is missing or unusable.
        """
        self._fonts = {face: _load(folder / face.value) for face in Face}
        self._chosen: dict[Face, dict[str, Glyphs]] = {face: {} for face in Face}
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Give the characters no face has, as they were met."""
        return tuple(self._missing)

    def font(self, face: Face) -> TTFont:
        """Give reportlab's font of a face."""
        return self._fonts[face]

    def width(self, text: str, face: Face, size: float) -> float:
        """Measure a text in points."""
        chosen = self._chosen[face]
        total = 0.0
        for character in text:
            glyphs = chosen.get(character)
            total += (glyphs or self.choose(face, character)).width
        return total * size / UNITS_PER_EM

    def lines(
        self, text: str, width: float, face: Face, size: float
    ) -> tuple[str, ...]:
        """Break a text into lines of a width in points."""
        return break_lines(text, width, lambda piece: self.width(piece, face, size))

    def runs(self, text: str, face: Face) -> list[tuple[TTFont, str]]:
        """Split a text into pieces that one font can set each."""
        pieces: list[tuple[Face, str]] = []
        for character in text:
            glyphs = self.choose(face, character)
            if pieces and pieces[-1][0] is glyphs.face:
                pieces[-1] = (glyphs.face, pieces[-1][1] + glyphs.text)
            else:
                pieces.append((glyphs.face, glyphs.text))
        return [(self._fonts[found], piece) for found, piece in pieces]

    def choose(self, face: Face, character: str) -> Glyphs:
        """Find the face that has a character; without one, spell out its number."""
        found = self._chosen[face].get(character)
        if found is None:
            found = self._chosen[face][character] = self._find(face, character)
        return found

    def _find(self, face: Face, character: str) -> Glyphs:
        for candidate in (face, *FALLBACK):
            widths = self._fonts[candidate].face.charWidths
            if ord(character) in widths:
                return Glyphs(candidate, character, widths[ord(character)])
        self._missing[character] = None
        spelt = f"〔U+{ord(character):04X}〕"
        return Glyphs(face, spelt, self.width(spelt, face, UNITS_PER_EM))


def _load(path: Path) -> TTFont:
    from reportlab.pdfbase.ttfonts import TTFError
    from reportlab.pdfbase.ttfonts import TTFont

    try:
        font = TTFont(path.stem, str(path), shapable=False)
    except (TTFError, OSError) as error:
        raise ExportError(message("export.font_missing", name=path.name)) from error
    if font.face.unitsPerEm != UNITS_PER_EM:
        raise ExportError(message("export.font_missing", name=path.name))
    return font


class _Searchable:
    """Stands for a font when the document is closed, and mends its ToUnicode maps."""

    def __init__(self, font: TTFont) -> None:
        self._font = font

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        """Let reportlab write the font, then write what its characters mean."""
        subsets = self._font.state[document].subsets
        internal = self._font.state[document].internalName
        self._font.addObjects(document)
        known: Any = document
        for place, subset in enumerate(subsets):
            pdf_font = known.idToObject["BasicFonts"].dict[f"{internal}+{place}"]
            stream = known.idToObject[pdf_font.ToUnicode.name]
            stream.content = to_unicode(pdf_font.BaseFont, subset)


def make_searchable(document: Any) -> None:  # noqa: ANN401 - reportlab's stubs lack it
    """Have the document's fonts write right ToUnicode maps when it is closed."""
    document.delayedFonts[:] = [_Searchable(font) for font in document.delayedFonts]


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """Write the map from a subset's codes to characters, in UTF-16."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({name})",
        f"/Ordering ({name})",
        "/Supplement 0",
        ">> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    entries = [(code, point) for code, point in enumerate(subset) if point]
    for start in range(0, len(entries), BLOCK):
        block = entries[start : start + BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{_utf16(point)}>" for code, point in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()
