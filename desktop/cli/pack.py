"""`taizhang pack`: what pack authors need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.packs import faults_of
from desktop.app.packs import find_pack
from desktop.app.packs import pack_ids
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.core.messages import message
from desktop.forms.model import Pack
from desktop.forms.problems import errors

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk
    from desktop.forms.problems import Problem


def pack(desk: Desk, options: Namespace) -> int:
    """Do what is asked of packs; each part is loaded only when it is meant."""
    match options.action:
        case "lint":
            chosen = lint
        case "show":
            from desktop.cli.pack_show import show as chosen
        case "new":
            from desktop.cli.pack_write import new as chosen
        case "build":
            from desktop.cli.pack_write import build as chosen
        case "diff":
            from desktop.cli.pack_diff import compare as chosen
        case "export-xlsx":
            from desktop.cli.pack_book import export_book as chosen
        case "import-xlsx":
            from desktop.cli.pack_book import import_book as chosen
        case _:
            from desktop.cli.pack_write import schema as chosen
    return chosen(desk, options)


def lint(desk: Desk, options: Namespace) -> int:
    """Report every fault of packs at once, by file, line and column."""
    faults = 0
    for text in options.packs:
        path = Path(text).resolve()
        problems = faults_of(desk.places.packs, path)
        tell_faults(desk, path.name, problems)
        faults += len(errors(problems))
        if not problems:
            desk.tell("{pack}: no faults.", pack=path.name)
    return FOUND if faults else DONE


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
