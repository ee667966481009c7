"""Packs this program has checked before, told by their seals in a file of the person's.

Checking a pack costs a fifth of a second, mostly for loading the checker. A ledger's
pack is checked in full when it is opened for the first time; after that its text is
known, and only its shape is looked at. A text that was changed is another text.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING
from typing import Final

from desktop.forms.model import Pack
from desktop.forms.written import read_known
from desktop.forms.written import seal

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.forms.problems import Problem

KEPT: Final = 50
"""Seals that are remembered; the oldest go first."""


class KnownPacks:
    """Reads the packs of ledgers, those it knows without checking them again."""

    def __init__(self, path: Path) -> None:
        """Take the file that remembers; losing it costs a check and nothing else."""
        self._path = path

    def read(self, text: str) -> Pack | tuple[Problem, ...]:
        """Read the one-file form of a pack, or say what is wrong with it."""
        mark = seal(text)
        known = self._seals()
        pack = read_known(text) if mark in known else None
        if pack is not None:
            return pack
        from desktop.forms.load import pack_from_json  # noqa: PLC0415 - see above

        found = pack_from_json(text)
        if isinstance(found, Pack):
            self._keep([*(one for one in known if one != mark), mark][-KEPT:])
        return found

    def _seals(self) -> list[str]:
        with suppress(OSError, ValueError):
            found = json.loads(self._path.read_text(encoding="utf-8"))
            if isinstance(found, list):
                return [one for one in found if isinstance(one, str)]
        return []

    def _keep(self, seals: list[str]) -> None:
        """Write the file beside, then replace; a disk that refuses is no matter."""
        part = self._path.with_suffix(".part")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(seals, indent=1), encoding="utf-8")
            part.replace(self._path)
