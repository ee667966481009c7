"""`taizhang unseal`: write the readable copy of a sealed file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.handover.keeping.sealing import plain_name
from desktop.app.handover.keeping.sealing import save_plain
from desktop.cli.desk import DONE
from desktop.cli.desk import CannotRunError
from desktop.cli.export import make_folder
from desktop.cli.passwords import password_of
from desktop.core.messages import message

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk


def unseal(desk: Desk, options: Namespace) -> int:
    """Write readable copies; a file that is there already is never written over."""
    sealed = [Path(name) for name in options.files]
    targets = [_target(path, options.to) for path in sealed]
    password = password_of(desk, options)
    for path, target in zip(sealed, targets, strict=True):
        save_plain(path, target, password)
        if not options.json:
            desk.tell("Written: {path}", path=str(target))
    if options.json:
        desk.answer({"files": [str(target) for target in targets]})
    else:
        desk.tell(
            "Anybody can read this now. Keep it where nobody else comes, and delete it "
            "when it is no longer needed."
        )
    return DONE


def _target(path: Path, folder: str | None) -> Path:
    """Give the place of the readable copy, while nothing stands there.

    Raises:
        CannotRunError: There is no such file, or something stands there.
    """
    if not path.is_file():
        raise CannotRunError(message("exchange.unreadable", detail=str(path)))
    if folder is not None:
        make_folder(Path(folder))
    target = (Path(folder) if folder is not None else path.parent) / plain_name(path)
    if target.exists() and target != path:
        raise CannotRunError(message("seal.plain_there", file=str(target)))
    return target
