"""`taizhang pack`: what pack authors need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.packs.available import faults_of
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.named_pack import tell_faults
from desktop.forms.problems import errors

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk


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
