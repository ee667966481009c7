"""Packs as a person names them, and the faults they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.packs.available import find_pack
from desktop.app.packs.available import pack_ids
from desktop.cli.desk import CannotRunError
from desktop.core.messages import message
from desktop.forms.model import Pack

if TYPE_CHECKING:
    from desktop.cli.desk import Desk
    from desktop.forms.problems import Problem


def tell_faults(desk: Desk, name: str, problems: tuple[Problem, ...]) -> None:
    """Say faults a line each, with their place."""
    for found in problems:
        place = f"{found.file}:{found.line}:{found.column}"
        if not found.line:
            place = ": ".join(filter(None, (found.file or name, found.path)))
        desk.line(f"{place}: {desk.say.message(found.message)}")


def pack_of(desk: Desk, wanted: str) -> Pack:
    """Load a pack: by its id, or by the path of its folder or of its one file.

    Raises:
        CannotRunError: There is none of that name, or it has faults.
    """
    found = find_pack(desk.places.packs, wanted)
    if found is None:
        known = "、".join(pack_ids(desk.places.packs))
        raise CannotRunError(message("cli.unknown-pack", pack=wanted, known=known))
    if not isinstance(found, Pack):
        raise CannotRunError(message("cli.faulty-pack", pack=wanted))
    return found
