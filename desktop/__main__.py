"""The program's start: finds out where things are and hands them to whoever is meant.

`taizhang` opens the window, `taizhang LEDGER` opens it on a ledger, and
`taizhang COMMAND …` does the same work without a window. Nothing is imported here that
the chosen way does not need.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.person import Person
    from desktop.app.places import Places
    from desktop.core.words import Words

READER = "--read-workbook"
"""Hidden: this process is a reader of one untrusted workbook."""
COMMANDS = ("new", "import", "check", "indicators", "export", "pack", "doctor", "demo")


def main(arguments: Sequence[str] | None = None) -> int:
    """Start what the arguments mean; gives the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [READER]:
        from desktop.intake.reader import main as read

        return read(given[1:])
    if given[:1] == ["--version"]:
        sys.stdout.write(f"taizhang {version()}\n")
        return 0
    if given and (given[0] in COMMANDS or given[0].startswith("-")):
        return _command(given)
    return _window(given)


def version() -> str:
    """Give the program's version."""
    from importlib.metadata import version as installed

    return installed("taizhang")


def places() -> Places:
    """Find out where this installation keeps things."""
    from platformdirs import user_config_path
    from platformdirs import user_documents_path

    from desktop.app.places import Places

    frozen = getattr(sys, "frozen", False)
    start = (sys.executable,) if frozen else (sys.executable, "-m", "desktop")
    return Places(
        resources=resources(),
        settings=user_config_path("taizhang", appauthor=False) / "settings.json",
        documents=user_documents_path() / "民生台账",
        reader=(*start, READER),
    )


def resources() -> Path:
    """Find the data that came with the program: frozen, installed, or in a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    here = Path(__file__).resolve().parent
    installed = here / "_resources"
    return installed if installed.is_dir() else here.parent / "resources"


def words(locale: Path) -> Words:
    """Load the words of the reader's language; Chinese unless English is asked for."""
    import os
    from gettext import translation

    from desktop.core.catalogue import CATALOGUE
    from desktop.core.words import Words

    language = os.environ.get("TAIZHANG_LANGUAGE", "zh_CN")
    found = translation("taizhang", locale, [language], fallback=True)
    return Words(CATALOGUE, found)


def person() -> Person:
    """Find out who sits here."""
    from datetime import datetime
    from getpass import getuser
    from uuid import uuid4

    from desktop.app.person import Person

    return Person(
        who=getuser(),
        clock=lambda: datetime.now().astimezone(),
        new_id=lambda: uuid4().hex,
    )


def _command(given: list[str]) -> int:
    from desktop.cli.desk import Desk
    from desktop.cli.main import run

    here = places()
    desk = Desk(here, person(), words(here.locale), sys.stdout, sys.stderr)
    return run(desk, given)


def _window(given: list[str]) -> int:
    from desktop.ui.application import UiStart
    from desktop.ui.application import run

    here = places()
    ledger = Path(given[0]) if given else None
    return run(UiStart(here, person(), words(here.locale), ledger))


if __name__ == "__main__":
    sys.exit(main())
