"""How the parts of the PDF are headed, and the type their text is set in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.export import wording
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.page import Style
from desktop.export.pdf.pen import BODY
from desktop.export.pdf.pen import SMALL

if TYPE_CHECKING:
    from desktop.export.pdf.page import Composer

HEADING: Final = Style(Face.SONG_BOLD, 16.0)
AGAIN: Final = Style(Face.SONG_BOLD, 12.0)
SECOND: Final = Style(Face.HEI_BOLD, BODY, above=8.0, heading=True)
TEXT: Final = Style(Face.SONG, BODY)
SMALL_TEXT: Final = Style(Face.SONG, SMALL, indent=SMALL)
NOTE: Final = Style(Face.SONG, SMALL, above=4.0)


def head_part(composer: Composer, title: str, level: int = 0) -> None:
    """Begin a part: its title, which stands in the contents too."""
    composer.bookmark(title, level)
    composer.centred(title, HEADING)
    composer.skip(10.0)


def head_on(composer: Composer, title: str, more: str = wording.GOES_ON) -> None:
    """Have every further page begin with the title and （续）, or other words."""

    def again() -> None:
        composer.centred(title + more, AGAIN)
        composer.skip(4.0)

    composer.running_head = again
