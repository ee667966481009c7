"""The packs that came with the program, and those a person has elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.messages import message
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.one_file import MAX_BYTES
from desktop.forms.one_file import read_whole
from desktop.forms.problems import Place
from desktop.forms.problems import errors
from desktop.forms.problems import problem

if TYPE_CHECKING:
    from desktop.core.messages import Message
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


def find_pack(folder: Path, wanted: str) -> Pack | tuple[Problem, ...] | None:
    """Load the pack that is meant; None where there is none.

    `wanted` names a pack of `folder`, or is the path of a pack's own folder or of a
    pack in one file. These may come from anyone, so they are linted too.
    """
    if wanted in pack_ids(folder):
        return open_pack(folder, wanted)
    path = Path(wanted).absolute()
    if not path.is_file() and not (path / "pack.yaml").is_file():
        return None
    found = faults_of(folder, path)
    if errors(found):
        return found
    return _read(path) if path.is_file() else load_pack(path.parent, path.name, folder)


def newer_pack(folder: Path, than: Pack) -> Pack | None:
    """Load the version of a pack that came with the program, if it is a newer one."""
    if than.id not in pack_ids(folder):
        return None
    pack = open_pack(folder, than.id)
    if isinstance(pack, Pack) and pack.version_numbers > than.version_numbers:
        return pack
    return None


def given_pack(folder: Path, path: Path) -> Pack | tuple[Message, ...]:
    """Load a pack somebody gave the person, or say what is wrong and what to do."""
    found = find_pack(folder, str(path))
    if isinstance(found, Pack):
        return found
    if found is None:
        return (message("app.pack-none", file=path.name),)
    faults = errors(found)
    summary = message("app.pack-faulty", file=path.name, count=len(faults))
    return (summary, *(each.message for each in faults))


def faults_of(folder: Path, path: Path) -> tuple[Problem, ...]:
    """Say everything that is wrong with a pack's folder or with a pack in one file.

    `folder` holds the shared library, for a pack that has none beside it.
    """
    # The checks load the expression language, which choosing a pack need not wait for.
    from desktop.forms.lint import lint  # noqa: PLC0415 - see above
    from desktop.forms.lint import lint_pack  # noqa: PLC0415 - see above

    if not path.is_file():
        return lint(path.parent, path.name, folder)
    pack = _read(path)
    return lint_pack(pack) if isinstance(pack, Pack) else pack


def _read(path: Path) -> Pack | tuple[Problem, ...]:
    try:
        with path.open("rb") as stream:
            return read_whole(stream.read(MAX_BYTES + 1))
    except OSError as fault:
        said = message("app.pack-unread", detail=fault.strerror or str(fault))
        return (problem(said, Place(path.name)),)
