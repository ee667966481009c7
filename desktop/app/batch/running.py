"""Write the reports of many units into a folder, one after the other.

Every file is whole or not there. What is there already, made of the same revision in
the same way, is not made again: so a batch that was stopped goes on where it was. A
unit that fails does not stop the others.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from typing import Final
from typing import Protocol
from typing import TypeVar

from desktop.app.batch.plan import PARTS
from desktop.app.batch.record import Record
from desktop.app.batch.record import made_of
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.reports.exporting import digest_of_file
from desktop.app.reports.exporting import write
from desktop.app.reports.stamping import told_head
from desktop.app.reports.unit_report import narrowed
from desktop.app.reports.unit_report import report_of_unit
from desktop.app.reports.unit_report import whole_of
from desktop.core.messages import message
from desktop.export.pdf.fonts import typefaces
from desktop.export.pdf.merge import PdfPart
from desktop.export.pdf.merge import Said
from desktop.export.pdf.merge import merge_pdfs
from desktop.export.safe_file import ExportError
from desktop.export.safe_file import said_of
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.app.batch.plan import Item
    from desktop.app.batch.plan import Plan
    from desktop.app.compiled import CompiledPack
    from desktop.app.progress import Steps
    from desktop.app.progress import Watcher
    from desktop.app.reports.exporting import Wanted
    from desktop.app.reports.unit_report import Whole
    from desktop.core.messages import Message
    from desktop.core.unit import Unit
    from desktop.export.report import Report
    from desktop.store.ledger import Ledger
    from desktop.store.log import Head

T = TypeVar("T")

TRIES: Final = 3
"""Readings of a unit before it is left: somebody goes on changing the ledger."""
_HOPELESS: Final = frozenset({"export.disk_full", "export.folder_missing"})
"""After these no other unit would fare better."""
FINE: Final = 100
"""Steps of the bar for each unit."""
_PLACES: Final = frozenset({"folder", "name", "fonts"})
"""What says where a file goes, and not what it says."""


class Reading(Protocol):
    """Runs a reading on the thread where the ledger lives."""

    def __call__(self, work: Callable[[Ledger], Steps[T]], watch: Watcher, /) -> T:
        """Give what was read; raise `CancelledError` where `watch` answers False."""


@dataclass(frozen=True, slots=True)
class Done:
    """How it went for a unit: files made now, files that were there, or why not."""

    unit: Unit
    made: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    remarks: tuple[Message, ...] = ()
    fault: Message | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Give all its files."""
        return (*self.made, *self.kept)


@dataclass(frozen=True, slots=True)
class Result:
    """How a batch went. `left` are units it did not come to."""

    units: tuple[Done, ...]
    left: tuple[Unit, ...] = ()
    merged: Path | None = None
    merged_kept: bool = False
    remarks: tuple[Message, ...] = field(default=())
    stopped: bool = False

    @property
    def failed(self) -> tuple[Done, ...]:
        """Give the units that got no files."""
        return tuple(done for done in self.units if done.fault is not None)

    @property
    def made(self) -> tuple[Path, ...]:
        """Give the files that were written now."""
        own = (path for done in self.units for path in done.made)
        now = () if self.merged is None or self.merged_kept else (self.merged,)
        return (*filter(_to_stay, own), *now)

    @property
    def kept(self) -> tuple[Path, ...]:
        """Give the files that were there already."""
        own = (path for done in self.units for path in done.kept)
        then = (self.merged,) if self.merged is not None and self.merged_kept else ()
        return (*filter(_to_stay, own), *then)


def run_batch(
    plan: Plan,
    compiled: CompiledPack,
    reading: Reading,
    watch: Watcher,
) -> Result:
    """Write what is planned; stops between two files when `watch` answers False.

    Raises:
        StoreError: The ledger could not be read at all.
        ExportError: The folder cannot be made.
    """
    folder = plan.asked.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(said_of(error, str(folder))) from error
    return _Batch(plan, compiled, reading, watch).run()


class _Batch:
    """A batch on its way."""

    def __init__(
        self,
        plan: Plan,
        compiled: CompiledPack,
        reading: Reading,
        watch: Watcher,
    ) -> None:
        self._plan = plan
        self._compiled = compiled
        self._reading = reading
        self._watch = watch
        self._record = Record(plan.asked.folder)
        self._faces = typefaces(plan.asked.look.fonts)
        self._whole: Whole | None = None
        self._whole_there = False
        """Whether the joined file is there already."""
        self._heads: set[str] = set()
        self._head: Head | None = None
        """The end of the change log that files are made at."""
        self._now: Done | None = None
        """What has been done for the unit at hand."""
        self._parts: list[tuple[PdfPart, str]] = []
        """The PDFs to be joined, and of what each was made."""

    def run(self) -> Result:
        """Go through the units, then join what belongs together."""
        by_unit = list(self._plan.by_unit.values())
        units = [items[0].unit for items in by_unit]
        done: list[Done] = []
        try:
            self._head = self._reading(_head, self._watch)
            self._whole_there = self._joined_already()
            for place, items in enumerate(by_unit):
                done.append(self._unit(place, items))
                fault = done[-1].fault
                if fault is not None and fault.code in _HOPELESS:
                    return Result(tuple(done), tuple(units[place + 1 :]))
        except CancelledError:
            left = units[len(done) :]
            if self._now is not None and self._now.files:
                done.append(self._now)
            return Result(tuple(done), tuple(left), stopped=True)
        result = self._join(Result(tuple(done)))
        if len(self._heads) > 1:
            changed = message("batch.changed")
            return replace(result, remarks=(*result.remarks, changed))
        return result

    # --- One unit ------------------------------------------------------------

    def _unit(self, place: int, items: list[Item]) -> Done:
        """Write the files of a unit; what fails becomes its fault."""
        go_on = self._at(place, items[0].unit)
        self._now = done = Done(items[0].unit)
        try:
            for done in self._files(items, go_on):
                self._now = done
        except (ExportError, StoreError) as error:
            return replace(done, fault=error.message)
        except OSError as error:
            return replace(done, fault=said_of(error, done.unit.name))
        except CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug at one unit is told at the end; the others get their files
            detail = f"{type(error).__name__}: {error}"
            return replace(done, fault=message("batch.unexpected", detail=detail))
        self._now = None
        return done

    def _at(self, place: int, unit: Unit) -> Watcher:
        """Give a watcher that tells which unit of how many is being worked at."""
        count = len(self._plan.by_unit)
        said = message("batch.unit", unit=unit.name, place=place + 1, count=count)

        def go_on(progress: Progress) -> bool:
            share = progress.done / progress.total if progress.total else 0.0
            at = place * FINE + int(min(share, 1.0) * (FINE - 1))
            return self._watch(Progress(at, count * FINE, said))

        return go_on

    def _files(self, items: list[Item], go_on: Watcher) -> Iterator[Done]:
        """Write file after file, and give what stands there after each."""
        unit = items[0].unit
        done = Done(unit)
        report: Report | None = None
        self._head = self._reading(_head, go_on)
        for item in items:
            for look in self._looks(item):
                path, made = _path(look), self._made_of(item, look)
                if self._there(path, made):
                    done = replace(done, kept=(*done.kept, path))
                else:
                    if report is None:
                        report = self._reading(partial(self._read, unit), go_on)
                        made = self._made_of(item, look)
                    one = self._of(report, item)
                    path.parent.mkdir(exist_ok=True)
                    written = write(one, _knowing(look, done.files), go_on)
                    said = (*done.remarks, *written.remarks)
                    self._record.add(path, made)
                    remarks = tuple(dict.fromkeys(said))
                    done = replace(done, made=(*done.made, path), remarks=remarks)
                self._heads.add(str(self._head))
                if look.pdf:
                    self._parts.append((PdfPart(path, item.title), made))
                yield done

    def _of(self, report: Report, item: Item) -> Report:
        """Give what of a unit's report goes into one file."""
        if item.form is None or self._whole is None:
            return report
        wish = replace(self._plan.asked.wish, forms=(item.form,))
        return narrowed(report, self._whole.stamp, wish)

    def _looks(self, item: Item) -> Iterator[Wanted]:
        """Give the files of a report; parts of a joined one wait in a folder."""
        asked = self._plan.asked.look
        look = replace(asked, name=item.name, fonts=self._faces)
        if look.xlsx:
            yield replace(look, pdf=False)
        if look.pdf:
            yield replace(look, xlsx=False)
        elif self._plan.merged is not None and not self._whole_there:
            yield replace(look, xlsx=False, pdf=True, folder=self._plan.waiting)

    def _made_of(self, item: Item, look: Wanted) -> str:
        """Say of what a file is made: the same again would be the same file."""
        how = {
            each.name: str(getattr(look, each.name))
            for each in fields(look)
            if each.name not in _PLACES
        }
        plan = self._plan
        wish = plan.asked.wish
        left_out = sorted(chapter.value for chapter in wish.left_out)
        facts = (str(self._head), plan.period.code, wish.forms, left_out, item.form)
        return made_of([*facts, item.unit.code, how])

    def _there(self, path: Path, made: str) -> bool:
        return not self._plan.asked.anew and self._record.holds(path, made)

    def _read(self, unit: Unit, ledger: Ledger) -> Steps[Report]:
        """Read a unit's report, all of one revision."""
        plan = self._plan
        for _ in range(TRIES):
            head = told_head(ledger)
            if self._whole is None or self._whole.stamp.seq != head.seq:
                self._whole = yield from whole_of(ledger, self._compiled, plan.period)
            report = yield from report_of_unit(
                ledger, self._whole, unit, plan.asked.wish
            )
            if told_head(ledger) == head:
                self._head = head
                return report
        raise ExportError(message("batch.changing"))

    # --- One file of all -----------------------------------------------------

    def _joined_already(self) -> bool:
        """Tell whether the joined file is there, and its parts are not wanted."""
        plan, look = self._plan, self._plan.asked.look
        if plan.merged is None or look.pdf:
            return False
        part = replace(look, xlsx=False, pdf=True)
        made = [self._made_of(item, part) for item in plan.items]
        return self._there(plan.merged, made_of(made))

    def _join(self, result: Result) -> Result:
        """Join the PDFs of all units, if all are there."""
        plan, merged = self._plan, self._plan.merged
        if merged is None:
            return result
        if self._whole_there:
            return replace(result, merged=merged, merged_kept=True)
        if result.failed:
            return replace(result, remarks=(message("batch.not-merged"),))
        made = made_of([each for _, each in self._parts])
        if self._there(merged, made):
            return replace(result, merged=merged, merged_kept=True)

        def go_on(done: int, total: int) -> bool:
            return self._watch(Progress(done, total, message("batch.merging")))

        parts = [part for part, _ in self._parts]
        try:
            made_at = self._reading(_time, self._watch)
            said = Said(merged.stem, plan.root, made_at, plan.asked.look.archiving)
            if merge_pdfs(parts, merged, said, go_on, self._faces) is None:
                return replace(result, stopped=True)
            self._record.add(merged, made)
        except CancelledError:
            return replace(result, stopped=True)
        except (ExportError, StoreError) as error:
            return replace(result, remarks=(error.message,))
        except OSError as error:
            return replace(result, remarks=(said_of(error, merged.name),))
        if not plan.asked.look.pdf:
            _clear(plan.waiting, parts)
        return replace(result, merged=merged)


def _clear(folder: Path, parts: Sequence[PdfPart]) -> None:
    """Take the parts of a joined file away; what else lies there is not ours."""
    with suppress(OSError):
        for part in parts:
            part.path.unlink(missing_ok=True)
        folder.rmdir()


def _head(ledger: Ledger) -> Steps[Head]:
    """Read the end of the change log: two ledgers never have the same."""
    yield Progress(0, 1, message("app.reading"))
    return told_head(ledger)


def _time(ledger: Ledger) -> Steps[str]:
    """Read when the ledger was changed last."""
    yield Progress(0, 1, message("app.reading"))
    return ledger.log(after=told_head(ledger).seq - 1, limit=1)[0].at


def _to_stay(path: Path) -> bool:
    """Tell whether a file is wanted for itself, and not as a part of one."""
    return path.parent.suffix != PARTS


def _knowing(look: Wanted, files: Sequence[Path]) -> Wanted:
    """Let a PDF name the workbook of the same report, where that was written too."""
    book = look.folder / f"{look.name}.xlsx"
    if look.xlsx or book not in files:
        return look
    archiving = replace(look.archiving, workbook=digest_of_file(book))
    return replace(look, archiving=archiving)


def _path(look: Wanted) -> Path:
    return look.folder / f"{look.name}{'.xlsx' if look.xlsx else '.pdf'}"
