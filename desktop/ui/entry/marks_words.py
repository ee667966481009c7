"""What is said of a cell that was sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from desktop.app.entry.returned_cells import SentBack
    from desktop.core.words import Words

OF_SLIPS: Final = "slips."
"""Begins the titles of actions that may change what was sent back."""


def back_words(say: Words, back: SentBack) -> str:
    """Say why a cell was sent back, and by when it is to be corrected."""
    if back.corrected:
        return say("Sent back, corrected by now: {reason}", reason=back.reason)
    if back.due:
        return say("Sent back, by {due}: {reason}", due=back.due, reason=back.reason)
    return say("Sent back: {reason}", reason=back.reason)
