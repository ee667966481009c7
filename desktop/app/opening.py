"""Make a ledger, and open one for work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.ledgers.backing_up import BackupKeeper
from desktop.app.session import Session
from desktop.app.store_thread import StoreThread
from desktop.core.frozen import frozen
from desktop.store.ledger import Ledger
from desktop.store.reads import checked_pack

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.packs.known import KnownPacks
    from desktop.app.person import Person
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack


@frozen
class Beginning:
    """What a new ledger starts from; the first unit is the one it is for."""

    pack: Pack
    units: Sequence[Unit]
    period: Period


def create_ledger(path: Path, beginning: Beginning, person: Person) -> None:
    """Make a new ledger file and leave it closed.

    Raises:
        StoreError: It could not be made; nothing is left behind.
    """
    Ledger.create(
        path,
        pack=beginning.pack,
        units=beginning.units,
        period=beginning.period,
        who=person.who,
        clock=person.clock,
        new_id=person.new_id,
    ).close()


def open_ledger(
    path: Path,
    person: Person,
    *,
    read_only: bool = False,
    known: KnownPacks | None = None,
) -> Ledger:
    """Open a ledger on this thread; a pack that is `known` is not checked again.

    Raises:
        StoreError: Of the kind that says why not; the file is left as it is.
    """
    return Ledger.open(
        path,
        who=person.who,
        clock=person.clock,
        new_id=person.new_id,
        read_only=read_only,
        read_pack=checked_pack if known is None else known.read,
    )


def open_session(
    path: Path,
    person: Person,
    *,
    read_only: bool = False,
    period: Period | None = None,
    known: KnownPacks | None = None,
) -> Session:
    """Open a ledger on a thread of its own; `Session.refresh` starts its audit.

    It looks at a period, the latest if none is named.

    A ledger opened for writing is backed up by itself when that is due.

    Raises:
        StoreError: Of the kind that says why not; the file is left as it is.
    """
    thread = StoreThread(
        lambda: open_ledger(path, person, read_only=read_only, known=known)
    )
    session = Session(thread, path, person, period)
    if not read_only:
        BackupKeeper(session)
    return session
