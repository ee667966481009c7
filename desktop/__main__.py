"""The program's start: finds out where things are and hands them to whoever is meant.

`taizhang` opens the window, `taizhang LEDGER` opens it on a ledger, and
`taizhang COMMAND …` does the same work without a window. Nothing is imported here that
the chosen way does not need.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.person import Person
    from desktop.app.places import Places
    from desktop.core.messages import Message
    from desktop.core.words import Words

READER = "--read-workbook"
"""Hidden: this process is a reader of one untrusted workbook."""
COMMANDS = (
    "new",
    "import",
    "check",
    "indicators",
    "compare",
    "rollup",
    "definitions",
    "export",
    "batch",
    "template",
    "collect",
    "submit",
    "preview",
    "receive",
    "undo",
    "board",
    "return",
    "receipt",
    "keys",
    "handover",
    "archive",
    "unpack",
    "unseal",
    "period",
    "units",
    "upgrade",
    "pack",
    "verify",
    "doctor",
    "demo",
)
FAILED = 2
INTERRUPTED = 130
"""The person pressed Ctrl+C; the number shells use."""
NOBODY_READS = 141
"""Whoever read the output is gone; the number shells use."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start what the arguments mean; gives the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == [READER, "handed-in"]:
        from desktop.app.handover.receiving.proving import main as prove

        return prove()
    if given[:1] == [READER]:
        from desktop.intake.reader import main as read

        return read(given[1:])
    _speak_utf8()
    return quietly(lambda: _start(given))


def _start(given: list[str]) -> int:
    if given[:1] == ["--version"]:
        sys.stdout.write(f"taizhang {version()}\n")
        return 0
    if given and (given[0] in COMMANDS or given[0].startswith("-")):
        return _command(given)
    if given and not Path(given[0]).is_file():
        return _not_understood(given[0])
    if len(given) > 1:
        return _too_many(given[1:])
    return show(Path(given[0]) if given else None)


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
    """Find the words of the reader's language; Chinese unless English is asked for."""
    from desktop.core.compiled_words import CompiledWords
    from desktop.core.words import Words

    language = os.environ.get("TAIZHANG_LANGUAGE", "zh_CN").partition(".")[0]
    compiled = locale / language / "LC_MESSAGES" / "taizhang.mo"
    found = CompiledWords(compiled.read_bytes()) if compiled.is_file() else None
    return Words(_templates, found)


def _templates() -> Mapping[str, str]:
    """Load the templates of messages: labels do without them."""
    from desktop.core.catalogue import CATALOGUE

    return CATALOGUE


def person() -> Person:
    """Find out who sits here."""
    from datetime import datetime

    from desktop.app.person import Person

    return Person(
        who=_user(),
        clock=lambda: datetime.now().astimezone(),
        new_id=_new_id,
    )


def _new_id() -> str:
    from uuid import uuid4

    return uuid4().hex


def _user() -> str:
    """Give the name of whoever is logged in; some machines know none."""
    from getpass import getuser

    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return "—"


def can_show() -> bool:
    """Tell whether somebody sits before a screen and could use a window."""
    if os.environ.get("CI") or sys.stdin is None or not sys.stdin.isatty():
        return False
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform.startswith(("win", "darwin")) or any(
        os.environ.get(name) for name in screens
    )


def show(ledger: Path | None) -> int:
    """Open the window, on a ledger if one is named; gives the exit code."""
    from desktop.core.messages import message

    # What is imported stays; the window looks for garbage once it is there.
    gc.disable()
    try:
        from desktop.ui.beginning import begin
        from desktop.ui.workplace import UiStart

        here = places()
        begun = begin(UiStart(here, person(), words(here.locale), ledger))
        from desktop.ui.application import run

        return run(begun)
    except ImportError as error:
        _complain(message("cli.no-window", detail=str(error)))
        return FAILED
    finally:
        gc.enable()


def _command(given: list[str]) -> int:
    from desktop.cli.desk import Desk
    from desktop.cli.main import run

    here = places()
    desk = Desk(
        places=here,
        person=person(),
        say=words(here.locale),
        out=sys.stdout,
        err=sys.stderr,
        show=show if can_show() else None,
        ask=_ask if sys.stdin is not None and sys.stdin.isatty() else None,
    )
    return run(desk, given)


def _ask(text: str) -> str:
    """Ask for a password; nobody sees what is typed."""
    from getpass import getpass

    return getpass(text)


def _not_understood(word: str) -> int:
    from difflib import get_close_matches

    from desktop.core.messages import message

    commands = "、".join(COMMANDS)
    close = get_close_matches(word, COMMANDS, n=1)
    if close:
        said = message("cli.like-command", word=word, close=close[0], commands=commands)
    else:
        said = message("cli.no-such-command", word=word, commands=commands)
    _complain(said)
    return FAILED


def _too_many(more: list[str]) -> int:
    from desktop.core.messages import message

    _complain(message("cli.too-many", words=" ".join(more)))
    return FAILED


def _complain(said: Message) -> None:
    locale = resources() / "locale"
    sys.stderr.write(words(locale).message(said) + "\n")


def _speak_utf8() -> None:
    """Write UTF-8 wherever no console decides; what it cannot show becomes a mark."""
    import io

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def quietly(work: Callable[[], int]) -> int:
    """Do the work; a reader who left and a person who stops it are no errors."""
    try:
        code = work()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # What is still to be written goes nowhere, or Python complains at its end.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for the rest of the process
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main())
