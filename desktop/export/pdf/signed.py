"""Pages that people sign and seal: facts beside a code, and the file they go into."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.export.layout import MM
from desktop.export.layout import Binding
from desktop.export.layout import lie_of
from desktop.export.pdf.code import SIDE
from desktop.export.pdf.code import draw_code
from desktop.export.pdf.fonts import Face
from desktop.export.pdf.page import Style
from desktop.export.pdf.pen import BODY
from desktop.export.pdf.pen import Pen
from desktop.export.pdf.writing import draw_page
from desktop.export.reread import check_pdf
from desktop.export.safe_file import write_safely

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.export.layout import Lie
    from desktop.export.pdf.fonts import Fonts
    from desktop.export.pdf.page import Composer
    from desktop.export.pdf.page import Page

FACT: Final = Style(Face.SONG, BODY)
SAID: Final = Style(Face.SONG, BODY, above=6.0)
SEAL: Final = 42 * MM
"""Room for a round seal, which a person sets: none is ever drawn."""


def no_foot(_pen: Pen, _number: int, _lie: Lie) -> None:
    """Say nothing at the foot."""


def write_signed(
    path: Path,
    pages: Sequence[Page],
    fonts: Fonts,
    said: tuple[str, str, str],
    foot: Callable[[Pen, int, Lie], None] = no_foot,
) -> None:
    """Write pages as a PDF; `said` are its title, author and subject.

    Raises:
        ExportError: It could not be written; an old one is as it was.
    """

    def write(part: Path) -> None:
        pen = Pen(part, fonts)
        try:
            pen.describe(*said, "")
            for number, page in enumerate(pages, 1):
                lie = lie_of(number, wide=False, binding=Binding.SCREEN)
                draw_page(page, pen, lie)
                foot(pen, number, lie)
                pen.end_page()
            pen.save()
        finally:
            pen.close()

    write_safely(path, write, lambda part: check_pdf(part, len(pages)))


def set_facts(composer: Composer, facts: Iterable[tuple[str, str]], code: str) -> None:
    """Set what it is about, with the code to be scanned beside it, if there is one."""
    width, top = composer.width, composer.y
    if code:
        right = composer.left + width - SIDE
        composer.place(0.0, lambda pen, at: draw_code(pen, code, right, at))
        composer.width = width - SIDE - 8.0
    for label, value in facts:
        composer.paragraph(f"{label}：{value}", FACT)
    composer.width = width
    if code:
        composer.skip(max(SIDE - (top - composer.y), 0.0))
