"""The ledger: one SQLite file that is whole by itself.

A `Ledger` is synchronous and belongs to the thread that opened it; only `interrupt` may
be called from another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordRemoved
from desktop.core.messages import message
from desktop.store.choice_rows import before
from desktop.store.choice_rows import taken_over
from desktop.store.connection import roomy
from desktop.store.connection import transaction
from desktop.store.errors import BusyError
from desktop.store.errors import DiskError
from desktop.store.errors import ReadOnlyError
from desktop.store.errors import UnfitChangeError
from desktop.store.errors import translated
from desktop.store.files import NewLedger
from desktop.store.files import Origin
from desktop.store.files import create_file
from desktop.store.files import open_file
from desktop.store.log import ActionLog
from desktop.store.log import read_head
from desktop.store.reader import Reader
from desktop.store.reads import checked_pack
from desktop.store.records import Applied
from desktop.store.records import Stale
from desktop.store.shelf import Upgraded

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import Self

    from desktop.core.changes import Action
    from desktop.core.changes import Change
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack
    from desktop.store.doctor import Checked
    from desktop.store.doctor import Diagnosis
    from desktop.store.files import OpenFile
    from desktop.store.journal_rows import Part
    from desktop.store.reads import PackReader
    from desktop.store.records import Answer


ROLLED_BACK: Final = "ROLLBACK"
"""What the disk is said to have done when it ended a transaction by itself."""


class Ledger(Reader):
    """One open ledger; made by `create` or `open`."""

    def __init__(self, file: OpenFile, origin: Origin) -> None:
        """Take an open file; see `create` and `open`."""
        super().__init__(file)
        self._origin = origin

    @classmethod
    def create(  # noqa: PLR0913 - keywords name them
        cls,
        path: Path,
        *,
        pack: Pack,
        units: Sequence[Unit],
        period: Period,
        who: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> Ledger:
        """Make a new ledger and open it; the first unit is the root of the others.

        Raises:
            LedgerExistsError: There is a file already; it is left as it is.
            StoreError: The folder, the disk or the units do not allow it.
        """
        origin = Origin(who, clock, new_id)
        new = NewLedger(pack, tuple(units), period)
        return cls(create_file(path, new, origin), origin)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        who: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        read_only: bool = False,
        read_pack: PackReader = checked_pack,
    ) -> Ledger:
        """Open a ledger; a backup that is opened for writing goes on as a new line.

        `read_pack` checks the pack in the file, or knows that this was done.

        Raises:
            StoreError: Of the kind that says why not; the file is left as it is.
        """
        origin = Origin(who, clock, new_id, read_pack)
        return cls(open_file(path, origin, read_only=read_only), origin)

    def close(self) -> None:
        """Close the file and let others write; closing twice is harmless."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- Writing ---------------------------------------------------------

    def apply(
        self, action: Action, look: Callable[[Applied], object] = lambda _: None
    ) -> Answer:
        """Do all of an action, with its log entries, in one transaction.

        When this returns `Applied`, the action is on the disk. A `Stale` answer lists
        every place that is no longer as the action found it; nothing was written.
        `look` may read what the ledger will hold, before the disk has answered.

        Raises:
            UnfitChangeError: A change names what the ledger does not have, or a value
                its field cannot hold.
            StoreError: The disk did not take it; nothing was half done.
        """
        changes = action.changes
        counts, begun = self._counts, self._begun
        work = Upgraded(self._shelf, changes)
        answer = _patiently(
            lambda: self._write(action.title, lambda _: work, look=look)
        )
        if {RecordAdded, RecordRemoved}.isdisjoint(map(type, changes)):
            self._counts = counts
        touched = answer.records if isinstance(answer, Applied) else frozenset()
        written = {(key.form, key.period) for key in touched}
        self._begun = {
            key: known for key, known in begun.items() if known or key not in written
        }
        return answer

    def receive(
        self,
        title: Message,
        parts: Iterable[Part],
        go_on: Callable[[], bool] = lambda: True,
    ) -> Answer:
        """Write what became of packages, with their changes, as one action.

        Whoever makes the parts may read the ledger; no two may change the same record.
        Before each of them `go_on` is asked.

        Raises:
            StoppedError: `go_on` said no; nothing was written, as if a part raised.
            StoreError: A change does not fit, or the disk did not take it.
        """
        from desktop.store.journal_rows import changes_of  # noqa: PLC0415 - opening need not wait for it

        def more(log: ActionLog) -> Iterator[Sequence[Change]]:
            return changes_of(self._connection, parts, log, go_on)

        with roomy(self._connection):
            return self._write(title, lambda _: Upgraded(self._shelf, ()), more)

    def keep_note(self, name: str, text: str, action: Action) -> Answer:
        """Let the file keep a note about itself, with an action that tells of it.

        The note itself has no part in the change log.

        Raises:
            StoreError: The disk did not take it; nothing was half done.
        """

        def work(_: ActionLog) -> Upgraded:
            setup.put_meta(self._connection, name, text)
            return Upgraded(self._shelf, action.changes)

        from desktop.store import setup  # noqa: PLC0415 - opening need not wait for it

        return self._write(action.title, work)

    def add_period(
        self,
        period: Period,
        copy_from: Period | None = None,
        brought: Action | None = None,
    ) -> Answer:
        """Add a period, with the rosters of another one if wanted, as one action.

        `brought` is what it holds from elsewhere: records, notes, nil returns and
        choices of this period, under the name the action has.

        Facilities keep their identity; texts, choices, dates and yes or no are copied,
        numbers only where the pack says so. Forms that every unit answers, and those
        with a record for each indicator, get their records. What was chosen
        (definitions, parameters) goes on from the period copied, or else from the last
        one before, and so does the pack.

        Raises:
            UnfitChangeError: The period is there, or is none of this ledger's kind.
            StoreError: The disk did not take it.
        """
        from desktop.store import setup  # noqa: PLC0415 - opening need not wait for it

        there = self.periods()
        shelf = self._shelf.begun(period.code)
        kept = shelf.of(period.code)
        _check_period(period, copy_from, there, kept.pack)

        def work(log: ActionLog) -> Upgraded:
            connection = self._connection
            setup.add_period(connection, period, kept.row, copy_from, log)
            given = () if brought is None else brought.changes
            records = [each for each in given if isinstance(each, RecordAdded)]
            blank = setup.blank_records(kept.pack, [period], self.units())
            source = copy_from or before(there, period)
            chosen = taken_over(connection, source, period) if source else ()
            added = [*setup.without(blank, given), *setup.without(chosen, given)]
            copied: list[RecordAdded] = []
            if copy_from is not None:
                both = (copy_from, period)
                found = setup.copied_records(connection, shelf, both)
                copied += setup.in_living_units(found, self.units(), period)
            root = self.units()[0]
            there_now = (*copied, *records)
            answers = setup.answer_records(kept.pack, period, root, there_now)
            return Upgraded(shelf, (*added, *given, *copied, *answers))

        title = message("store.action.period", period=period.code)
        return self._write(title if brought is None else brought.title, work)

    def check_upgrade(self, pack: Pack, period: Period) -> None:
        """Check that the ledger can go on under a pack from a period on.

        Raises:
            UnfitChangeError: It cannot.
        """
        from desktop.store.upgrade import check_upgrade  # noqa: PLC0415 - opening need not wait for it

        check_upgrade(self._shelf, pack, period)

    def upgrade(self, pack: Pack, period: Period, *, aside: bool = True) -> Answer:
        """Go on under a newer version of the pack, from a period on, as one action.

        Earlier periods stay under theirs. No value is lost (`desktop.store.upgrade`).
        With `aside` a verified copy is written beside the ledger first.

        Raises:
            UnfitChangeError: The ledger cannot go on under this pack.
            StoreError: No copy could be made, or the disk did not take it.
        """
        from desktop.store.upgrade import ACTION  # noqa: PLC0415 - opening need not wait for it
        from desktop.store.upgrade import upgrade  # noqa: PLC0415 - same

        self.check_upgrade(pack, period)
        units = self.units()

        def work(log: ActionLog) -> Upgraded:
            return upgrade(self._connection, self._shelf, (pack, period), units, log)

        if aside:
            self.set_aside()
        return self._write(message(ACTION, version=pack.version), work)

    def set_aside(self) -> Path:
        """Write a verified copy beside the ledger, before something great changes.

        Raises:
            StoreError: No copy could be made, or the ledger is open for reading only.
        """
        from desktop.store import backup  # noqa: PLC0415 - opening need not wait for it

        if self.read_only:
            raise ReadOnlyError(message("store.opened_read_only"))
        with translated(self.path):
            at = self._origin.clock()
            return backup.make(self._connection, self.path, self.path.parent, at)

    def _write(
        self,
        title: Message,
        work: Callable[[ActionLog], Upgraded],
        more: Callable[[ActionLog], Iterable[Sequence[Change]]] = lambda _: (),
        look: Callable[[Applied], object] = lambda _: None,
    ) -> Answer:
        from desktop.store.write import write_action  # noqa: PLC0415 - opening need not wait for it

        if self.read_only:
            raise ReadOnlyError(message("store.opened_read_only"))
        with self._exclusive(), translated(self.path):
            connection = self._connection
            stamp = self._origin.stamp(title)
            with transaction(connection):
                log = ActionLog(read_head(connection), stamp)
                shelf, changes = work(log)
                answer = write_action(connection, shelf, changes, log, more(log))
                if isinstance(answer, Stale):
                    connection.execute("ROLLBACK")
                else:
                    look(answer)
                    if not connection.in_transaction:
                        # An error while looking can make SQLite take it all back.
                        raise DiskError(
                            message("store.disk_failed", detail=ROLLED_BACK)
                        )
            if isinstance(answer, Applied):
                self._shelf = shelf
                self._counts, self._begun = {}, {}
                if answer.units:
                    self._units = None
            return answer

    # --- Keeping ---------------------------------------------------------

    def doctor_steps(self) -> Iterator[Checked]:
        """Check everything a piece at a time; each step tells what it looked at."""
        from desktop.store import doctor  # noqa: PLC0415 - opening need not wait for it

        return doctor.steps(self._connection, self._shelf, self.path)

    def doctor(self) -> Diagnosis:
        """Check everything: file, log, records, units, notes, pack."""
        from desktop.store import doctor  # noqa: PLC0415 - opening need not wait for it

        return doctor.diagnose(self.doctor_steps())

    def backup(
        self,
        folder: Path,
        keep: int = 3,
        watch: Callable[[int, int], object] = lambda _done, _total: None,
    ) -> Path:
        """Write a verified copy into a folder and thin out the older ones.

        `watch` is told how many pages are copied, of how many.

        Raises:
            StoreError: It could not be written or verified; older copies are left.
        """
        from desktop.store import backup  # noqa: PLC0415 - opening need not wait for it

        at = self._origin.clock()
        with translated(self.path):
            made = backup.make(self._connection, self.path, folder, at, watch)
        backup.thin(folder, made, keep)
        return made


def _patiently(write: Callable[[], Answer]) -> Answer:
    """Write, and once more after an error that may pass, such as a virus scanner's."""
    try:
        return write()
    except BusyError:
        raise
    except DiskError:
        return write()


def _check_period(
    period: Period, copy_from: Period | None, there: Sequence[Period], pack: Pack
) -> None:
    if period in there:
        raise UnfitChangeError(message("store.period_exists", period=period.code))
    if period.kind is not pack.period_kind:
        raise UnfitChangeError(message("store.period_kind", period=period.code))
    if copy_from is not None and copy_from not in there:
        raise UnfitChangeError(message("store.unknown_period", period=copy_from.code))
