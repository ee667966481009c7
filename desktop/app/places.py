"""Where things are; `desktop.__main__` finds out and hands it to whoever needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Folders and files of one installation.

    `resources` came with the program and is only read. `settings` and `documents`
    are the person's. `reader` is the command that reads a workbook in a process of
    its own (`desktop.intake.reader`).
    """

    resources: Path
    settings: Path
    documents: Path
    reader: tuple[str, ...]

    @property
    def packs(self) -> Path:
        """The packs that came with the program."""
        return self.resources / "packs"

    @property
    def starter(self) -> Path:
        """The pack that a new pack begins as."""
        return self.resources / "starter"

    @property
    def regions(self) -> Path:
        """The table of administrative units."""
        return self.resources / "regions" / "regions.tsv"

    @property
    def fonts(self) -> Path:
        """The fonts that PDF files embed."""
        return self.resources / "fonts"

    @property
    def locale(self) -> Path:
        """The translations."""
        return self.resources / "locale"

    @property
    def samples(self) -> Path:
        """Public lists of real institutions, for the demonstration."""
        return self.resources / "samples"
