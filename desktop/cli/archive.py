"""`taizhang handover`, `archive` and `unpack`: ledgers that change hands or rest."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from desktop.app.handover.keeping.archiving import Maker
from desktop.app.handover.keeping.archiving import Wish
from desktop.app.handover.keeping.archiving import copied
from desktop.app.handover.keeping.archiving import make_package
from desktop.app.handover.keeping.archiving import note_given
from desktop.app.handover.keeping.archiving_open import look_into
from desktop.app.handover.keeping.archiving_open import unpack as unpack_package
from desktop.app.handover.keeping.sealing import is_sealed
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.passwords import key_password_of
from desktop.cli.passwords import password_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.handing import Purpose

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.app.handover.keeping.archiving import Made
    from desktop.app.handover.keeping.archiving_open import Looked
    from desktop.app.progress import Progress
    from desktop.cli.desk import Desk
    from desktop.core.messages import Param
    from desktop.exchange.handing import Package


def handover(desk: Desk, options: Namespace) -> int:
    """Make a package for a successor, and note in the ledger who gets it."""
    return _make(desk, options, Purpose.HANDOVER, options.to)


def archive(desk: Desk, options: Namespace) -> int:
    """Make a package for the archive, and note in the ledger that it was made."""
    return _make(desk, options, Purpose.ARCHIVE, "")


def _go_on(_: Progress) -> bool:
    return True


def _make(desk: Desk, options: Namespace, purpose: Purpose, taker: str) -> int:
    original, folder = Path(options.ledger), Path(options.out)
    if not folder.is_dir():
        raise CannotRunError(message("handing.no_folder", folder=str(folder)))
    maker = Maker(desk.person, desk.places.fonts, desk.say, _go_on)
    with (
        desk.open(original, read_only=False) as ledger,
        TemporaryDirectory(prefix="taizhang-") as own,
    ):
        password = password_of(desk, options, again=True) if options.seal else ""
        key = key_password_of(desk, options, ledger)
        wish = Wish(purpose, folder, taker, options.note or "", password, key)
        copy = copied(ledger, Path(own), _go_on)
        made = make_package(copy, original, wish, maker)
        note_given(ledger, made)
    if options.json:
        desk.answer(_made_facts(desk, made))
    else:
        _tell_made(desk, made)
    return FOUND if made.faults else DONE


def _tell_made(desk: Desk, made: Made) -> None:
    desk.tell("Written and read back: {path}", path=str(made.path))
    if made.faults:
        desk.tell(
            "The ledger has {count} faults; the account names them.", count=made.faults
        )
    desk.tell(
        "{count} things are open; the account inside lists them.", count=made.open
    )
    if made.unsigned is not None:
        desk.told(made.unsigned)


def _made_facts(desk: Desk, made: Made) -> dict[str, object]:
    unsigned = made.unsigned
    return {
        "file": str(made.path),
        **_package_facts(made.package),
        "faults": made.faults,
        "open": made.open,
        "unsigned": "" if unsigned is None else desk.say.message(unsigned),
    }


def _package_facts(package: Package) -> dict[str, object]:
    return {
        "purpose": package.purpose.value,
        "package": package.digest,
        "unit": package.unit,
        "unit_name": package.unit_name,
        "revision": package.revision,
        "giver": package.giver,
        "taker": package.taker,
        "made": package.made,
        "note": package.note,
    }


def unpack(desk: Desk, options: Namespace) -> int:
    """Say what a package is; with a place for it, put its ledger there."""
    path = Path(options.file)
    if not path.is_file():
        raise CannotRunError(message("handing.unreadable", detail=str(path)))
    password = password_of(desk, options) if is_sealed(path) else None
    looked: Looked | Message
    if options.ledger is None:
        looked = look_into(path, password, _go_on)
    else:
        target = Path(options.ledger)
        looked = unpack_package(path, target, password, desk.person, _go_on)
    if isinstance(looked, Message):
        raise CannotRunError(looked)
    if options.json:
        said = desk.say.message(looked.signed)
        facts = _package_facts(looked.package)
        desk.answer({**facts, "signed": said, "ledger": options.ledger})
    else:
        _tell_looked(desk, looked, options.ledger)
    return DONE


def _tell_looked(desk: Desk, looked: Looked, ledger: str | None) -> None:
    package = looked.package
    told: dict[str, Param] = {
        "unit": package.unit_name,
        "revision": package.revision,
        "giver": package.giver,
        "made": package.made[:16].replace("T", " "),
    }
    if package.purpose is Purpose.HANDOVER:
        desk.tell(
            "{unit}, revision {revision}: handed over by {giver}, {made}.", **told
        )
    else:
        desk.tell("{unit}, revision {revision}: put away by {giver}, {made}.", **told)
    if package.note:
        desk.line(package.note)
    desk.told(looked.signed)
    if ledger is None:
        desk.tell("The package is whole. Nothing was written; this was only a look.")
    elif package.purpose is Purpose.HANDOVER:
        desk.tell("The ledger is yours now: {path}", path=ledger)
    else:
        desk.tell("Only to be read: {path}", path=ledger)
