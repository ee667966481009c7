"""What is said of PDFs that carry their data and the state of their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "archive.unreadable": (
        "{name} cannot be read as a PDF: it is damaged or something else. Nothing was "
        "changed. Ask for the file again."
    ),
    "archive.locked": (
        "{name} is locked with a password. Open it with a PDF reader, save it without "
        "the password, and check it again."
    ),
    "archive.too_large": (
        "{name} holds more than a report of this program can have, so it was not "
        "read on. Nothing was changed."
    ),
    "archive.not_ours": (
        "{name} carries no data of this program. It was not made by this program, or "
        "somebody printed or scanned it anew. Ask for the file as it was exported."
    ),
    "archive.newer": (
        "{name} was made by a newer version of the program; check it with that one."
    ),
    "archive.data_changed": (
        "The data inside this file are not what was written: they were altered."
    ),
    "archive.pages_altered": (
        "Not as they were written, or put in later: page {pages} of this file."
    ),
    "archive.pages_lost": (
        "Taken out of this file: what was page {pages} when it was written."
    ),
    "archive.pages_moved": "The pages of this file stand in another order.",
}
