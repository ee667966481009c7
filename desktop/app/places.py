"""Where things are; `desktop.__main__` finds out and hands it to whoever needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path


@frozen
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
    def known_packs(self) -> Path:
        """What packs were checked before (`desktop.app.packs.known`)."""
        return self.settings.with_name("known-packs.json")

    @property
    def compiled_binding(self) -> Path:
        """What Qt's binding was compiled to (`desktop.ui.binding`)."""
        return self.settings.with_name("binding.compiled")

    @property
    def people(self) -> Path:
        """Who works at this computer (`desktop.app.people.known`)."""
        return self.settings.with_name("people.json")

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
    def handbook(self) -> Path:
        """The chapters of the handbook."""
        return self.resources / "handbook"

    @property
    def samples(self) -> Path:
        """Public lists of real institutions, for the demonstration."""
        return self.resources / "samples"
