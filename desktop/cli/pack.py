"""`taizhang pack`: what pack authors need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.forms.lint import lint as lint_folder
from desktop.forms.problems import errors

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk


def lint(desk: Desk, options: Namespace) -> int:
    """Report every fault of packs at once, by file, line and column."""
    faults = 0
    for text in options.packs:
        folder = Path(text).resolve()
        problems = lint_folder(folder.parent, folder.name)
        for problem in problems:
            desk.line(
                f"{problem.file}:{problem.line}:{problem.column}: "
                f"{desk.say.message(problem.message)}"
            )
        faults += len(errors(problems))
        if not problems:
            desk.tell("{pack}: no faults.", pack=folder.name)
    return FOUND if faults else DONE
