"""The packs that came with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.forms.load import load_pack
from desktop.forms.model import Pack

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.forms.problems import Problem


def pack_ids(folder: Path) -> tuple[str, ...]:
    """Name the packs of a folder, in order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/pack.yaml")))


def sound_packs(folder: Path) -> tuple[Pack, ...]:
    """Load the packs of a folder that have no faults; `pack lint` names the rest."""
    loaded = (load_pack(folder, pack_id) for pack_id in pack_ids(folder))
    return tuple(pack for pack in loaded if isinstance(pack, Pack))


def open_pack(folder: Path, pack_id: str) -> Pack | tuple[Problem, ...]:
    """Load one pack, or say what is wrong with it."""
    return load_pack(folder, pack_id)
