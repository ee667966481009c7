"""Ledgers that were opened before: whether they are still where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.messages import message

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.messages import Message


def why_missing(path: Path) -> Message | None:
    """Say why a ledger cannot be opened where it was; None where it can.

    It asks the disk, which may be a network's: not on the main thread.
    """
    try:
        if path.is_file():
            return None
        away = not path.parent.is_dir()
    except OSError:
        away = True
    return message("app.recent.away" if away else "app.recent.gone")
