"""Fonts of the PDF: which face has a character, and how wide it is there.

How they are embedded says `pdf_glyphs`. reportlab cuts them down, and writes wrong
advance widths for fonts that have not 1000 units an em. Ours have; a font that has not
is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.export.pdf.text import break_lines
from desktop.export.safe_file import ExportError

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from pathlib import Path

    from reportlab.pdfbase.ttfonts import TTFont

UNITS_PER_EM: Final = 1000


class Face(Enum):
    """The typefaces of a report, by the file that holds them."""

    SONG = "NotoSerifSC-Regular.ttf"
    SONG_BOLD = "NotoSerifSC-Bold.ttf"
    HEI = "NotoSansSC-Regular.ttf"
    HEI_BOLD = "NotoSansSC-Bold.ttf"
    MORE = "NotoSerifSC-More.ttf"
    RARE = "BabelStoneHan-Rare.ttf"


FALLBACK: Final = (Face.SONG, Face.HEI, Face.MORE, Face.RARE)
"""Where a character is looked for that a face has not, in this order."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """How one character is set: in which face, as what text, how wide (1/1000 em)."""

    face: Face
    text: str
    width: float


class Typefaces:
    """The fonts of a folder, each read once it is needed.

    Reading them takes longer than a short report: whoever writes several hands the
    same on from one to the next. They stay as they were read.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet."""
        self._folder = folder
        self._fonts: dict[Face, TTFont] = {}

    def font(self, face: Face) -> TTFont:
        """Give reportlab's font of a face.

        Raises:
            ExportError: Its file is missing or unusable.
        """
        if face not in self._fonts:
            self._fonts[face] = _load(self._folder / face.value)
        return self._fonts[face]

    def check(self) -> None:
        """Look whether the files are there.

        Raises:
            ExportError: One is missing.
        """
        for face in Face:
            if not (self._folder / face.value).is_file():
                raise ExportError(message("export.font_missing", name=face.value))


def typefaces(fonts: Path | Typefaces) -> Typefaces:
    """Give the fonts of a folder, where they are not handed on already."""
    return fonts if isinstance(fonts, Typefaces) else Typefaces(fonts)


class Fonts:
    """The faces of one document; made anew for each, as it knows what was missing."""

    def __init__(self, fonts: Path | Typefaces) -> None:
        """Take the fonts of a folder, or those that were read for another document.

        Raises:
            ExportError: A font file is missing.
        """
        self._fonts = typefaces(fonts)
        self._fonts.check()
        self._chosen: dict[Face, dict[str, Glyphs]] = {face: {} for face in Face}
        self._widths = {face: _Widths(self, face) for face in Face}
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Give the characters no face has, as they were met."""
        return tuple(self._missing)

    def font(self, face: Face) -> TTFont:
        """Give reportlab's font of a face."""
        return self._fonts.font(face)

    def width(self, text: str, face: Face, size: float) -> float:
        """Measure a text in points."""
        return sum(map(self._widths[face].__getitem__, text)) * size / UNITS_PER_EM

    def units(self, face: Face) -> Mapping[str, float]:
        """Give how wide each character is in a face, in thousandths of its size."""
        return self._widths[face]

    def widest(self, texts: Collection[str], face: Face, size: float) -> float:
        """Find how wide the widest of some texts is; figures are all of one width."""
        widths = self._widths[face]
        each = {widths[character] for character in dict.fromkeys("".join(texts))}
        if len(each) == 1:
            return each.pop() * max(map(len, texts)) * size / UNITS_PER_EM
        found = max((sum(map(widths.__getitem__, text)) for text in texts), default=0)
        return found * size / UNITS_PER_EM

    def lines(
        self, text: str, width: float, face: Face, size: float
    ) -> tuple[str, ...]:
        """Break a text into lines of a width in points."""
        return break_lines(text, width, lambda piece: self.width(piece, face, size))

    def choose(self, face: Face, character: str) -> Glyphs:
        """Find the face that has a character; without one, spell out its number."""
        found = self._chosen[face].get(character)
        if found is None:
            found = self._chosen[face][character] = self._find(face, character)
        return found

    def _find(self, face: Face, character: str) -> Glyphs:
        for candidate in (face, *FALLBACK):
            widths = self._fonts.font(candidate).face.charWidths
            if ord(character) in widths:
                return Glyphs(candidate, character, widths[ord(character)])
        self._missing[character] = None
        spelt = f"〔U+{ord(character):04X}〕"
        return Glyphs(face, spelt, self.width(spelt, face, UNITS_PER_EM))


class _Widths(dict[str, float]):
    """How wide each character is in a face, found once."""

    def __init__(self, fonts: Fonts, face: Face) -> None:
        super().__init__()
        self._fonts, self._face = fonts, face

    def __missing__(self, character: str) -> float:
        width = self._fonts.choose(self._face, character).width
        self[character] = width
        return width


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
