"""`taizhang pack new`, `build` and `schema`: what is written for pack authors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.packs.available import faults_of
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.named_pack import pack_of
from desktop.cli.named_pack import tell_faults
from desktop.core.messages import message
from desktop.forms.load import is_pack_id
from desktop.forms.one_file import SUFFIX
from desktop.forms.one_file import written_whole
from desktop.forms.problems import errors
from desktop.forms.written import digest

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from desktop.cli.desk import Desk

_STARTER_ID: Final = "my_pack"
"""What the starter is called until somebody names it."""


def new(desk: Desk, options: Namespace) -> int:
    """Write a small pack with comments, to be changed into one's own."""
    folder = new_folder(options.folder)
    starter = desk.places.starter
    texts = {
        path.relative_to(starter).as_posix(): path.read_text("utf-8").replace(
            _STARTER_ID, folder.name
        )
        for path in sorted(starter.rglob("*.yaml"))
    }
    write_texts(folder, texts)
    for name in texts:
        desk.line(str(folder / name))
    desk.tell("Change it, then: taizhang pack lint {folder}", folder=str(folder))
    return DONE


def build(desk: Desk, options: Namespace) -> int:
    """Write a pack as one file that can be handed on."""
    folder = Path(options.pack)
    if folder.is_dir():
        problems = faults_of(desk.places.packs, folder.resolve())
        if errors(problems):
            tell_faults(desk, folder.name, problems)
            desk.tell("Nothing was written: the pack has faults.")
            return FOUND
    pack = pack_of(desk, options.pack)
    path = Path(options.out or f"{pack.id}-{pack.version}{SUFFIX}")
    write_texts(path.absolute().parent, {path.name: written_whole(pack)})
    desk.tell(
        "Wrote {path}: {pack} {version}, digest {digest}.",
        path=str(path),
        pack=pack.title,
        version=pack.version,
        digest=digest(pack)[:12],
    )
    return DONE


def schema(desk: Desk, options: Namespace) -> int:
    """Write the JSON Schemas of a pack's files, for editors."""
    from desktop.forms.json_schema import schemas

    folder, texts = Path(options.to), schemas()
    write_texts(folder, texts)
    for name in texts:
        desk.line(str(folder / name))
    return DONE


def new_folder(text: str) -> Path:
    """Give a folder that may become a pack's, which is named by it.

    Raises:
        CannotRunError: Its name is no pack's, or something stands there.
    """
    folder = Path(text).absolute()
    if not is_pack_id(folder.name):
        raise CannotRunError(message("forms.pack_name", name=folder.name))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotRunError(message("cli.not-empty", folder=str(folder)))
    return folder


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write texts into a folder, which is made if need be.

    Raises:
        CannotRunError: It cannot be done.
    """
    try:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    except OSError as fault:
        detail = fault.strerror or str(fault)
        raise CannotRunError(
            message("cli.not-written", folder=str(folder), detail=detail)
        ) from fault
