"""Townships and their county: small ledgers, and submissions without a workbook."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.app.entry.edits import add_record
from desktop.app.handover.receiving.edited import Edited
from desktop.app.handover.receiving.reading import Read
from desktop.app.handover.receiving.receiving import Decisions
from desktop.app.handover.receiving.receiving import Item
from desktop.app.handover.receiving.receiving import Reception
from desktop.app.handover.receiving.receiving import Wish
from desktop.app.handover.receiving.taking_back import carry_out
from desktop.app.handover.receiving.taking_back import find_package
from desktop.app.handover.receiving.taking_back import plan_redo
from desktop.app.handover.receiving.taking_back import plan_undo
from desktop.app.handover.receiving.taking_in import Received
from desktop.app.handover.receiving.taking_in import receive
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_ledger
from desktop.app.progress import run_steps
from desktop.app.reports.stamping import stamp_of
from desktop.core.cell_text import canonical
from desktop.core.cells import BLANK
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import FacilityId
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordKey
from desktop.core.changes import RecordRemoved
from desktop.core.manifest import Envelope
from desktop.core.manifest import Line
from desktop.core.manifest import Manifest
from desktop.core.manifest import Signature
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.core.manifest import digest_of
from desktop.core.manifest import to_data
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind as Differing
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.exchange.packing import for_submission
from desktop.exchange.planning import standing
from desktop.intake.table import RawCell
from desktop.store.records import Applied
from tests.small import YEAR
from tests.small import person
from tests.small import small_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.app.handover.receiving.taking_back import TakingBack
    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.exchange.content import Content
    from desktop.exchange.lineage import Verdict
    from desktop.exchange.merge import Choices
    from desktop.exchange.merge import Contention
    from desktop.store.ledger import Ledger

Edits: TypeAlias = "Mapping[Path, Collection[str]]"

COUNTY = "310105"
EAST = "310105001"
WEST = "310105002"
NAMES = {EAST: "华阳路街道", WEST: "江苏路街道"}
FORMS = ("eci", "area")


def county_units() -> tuple[Unit, ...]:
    """Give a county with two streets."""
    county = Unit(
        UnitCode(COUNTY), "长宁区", UnitCode("31"), UnitLevel.COUNTY, UnitClass.COUNTY
    )
    return (county, *(street(code) for code in (EAST, WEST)))


def street(code: str) -> Unit:
    """Give one of the streets."""
    return Unit(
        UnitCode(code),
        NAMES.get(code, "新街道"),
        UnitCode(COUNTY),
        UnitLevel.TOWNSHIP,
        UnitClass.SUBDISTRICT,
    )


def make(path: Path, *units: Unit) -> Path:
    """Make a ledger."""
    create_ledger(path, Beginning(small_pack(), units, YEAR), person())
    return path


def home(name: str) -> RecordKey:
    """Give the key of a facility."""
    return RecordKey("eci", YEAR.code, FacilityId(name))


def area(unit: str) -> RecordKey:
    """Give the key of a unit's own record."""
    return RecordKey("area", YEAR.code, FacilityId(unit))


def do(ledger: Ledger, *changes: Change) -> None:
    """Do something that must work."""
    answer = ledger.apply(Action(message("test"), changes))
    assert isinstance(answer, Applied), answer


def add(ledger: Ledger, name: str, unit: str, **cells: Cell) -> None:
    """Add a facility."""
    form = ledger.pack().form_by_id["eci"]
    do(ledger, *add_record(form, YEAR, unit, name, {"name": name, **cells}).changes)


def put(ledger: Ledger, key: RecordKey, field_: str, cell: Cell) -> None:
    """Set a cell."""
    record = ledger.record(key)
    assert record is not None
    do(ledger, CellChange(key, field_, record.cell(field_), cell))


def beds(ledger: Ledger, name: str, cell: Cell) -> None:
    """Set the beds of a facility."""
    put(ledger, home(name), "beds_total", cell)


def beds_of(ledger: Ledger, name: str) -> Cell:
    """Tell the beds of a facility."""
    record = ledger.record(home(name))
    return BLANK if record is None else record.cell("beds_total")


def remove(ledger: Ledger, name: str) -> None:
    """Take a facility away."""
    record = ledger.record(home(name))
    assert record is not None
    do(ledger, RecordRemoved(record.key, record.unit, record.filled()))


def note(ledger: Ledger, name: str, topic: str, text: str) -> None:
    """Write a note on a facility."""
    before = ledger.notes(home(name)).get(topic, "")
    do(ledger, NoteChange(home(name), topic, before, text))


def nil(ledger: Ledger, unit: str, *, now: bool) -> None:
    """Declare that there is nothing to report, or take that back."""
    do(ledger, NilChange("eci", YEAR.code, unit, not now, now))


def manifest_of(ledger: Ledger) -> Manifest:
    """Give the manifest of a submission, without drawing up its workbook."""
    tables = [_table(ledger, form) for form in FORMS]
    bare = Manifest(stamp_of(ledger, YEAR), tuple(tables))
    return for_submission(bare, ledger)


def _table(ledger: Ledger, form: str) -> Table:
    fields = ledger.pack().form_by_id[form].stored
    lines = [
        Line(
            record.key.facility,
            record.unit,
            str(record.cell("name")),
            tuple(canonical(record.cell(field.id)) for field in fields),
        )
        for record in ledger.rows(form, ledger.ids(form, YEAR.code))
    ]
    titles = tuple((field.id, field.title) for field in fields)
    return Table(form, form, TableKind.FORM, titles, tuple(lines))


def read_of(manifest: Manifest, file: str = "") -> Read:
    """Give a file as if it had been read."""
    from pathlib import Path

    digest = digest_of(to_data(manifest))
    name = file or f"{manifest.stamp.unit}-{digest[:8]}.xlsx"
    return Read(name, Path(name), Envelope(manifest, digest, ()))


def submit(ledger: Ledger, file: str = "") -> Read:
    """Make a submission."""
    return read_of(manifest_of(ledger), file)


def submit_signed(ledger: Ledger, file: str = "") -> Read:
    """Make a submission with the ledger's key, which is made for it."""
    from desktop.app.handover.keeping.signing import make_key
    from desktop.app.handover.keeping.signing import sign

    make_key(ledger)
    manifest = manifest_of(ledger)
    digest = digest_of(to_data(manifest))
    signature = sign(ledger, digest)
    assert isinstance(signature, Signature)
    envelope = Envelope(manifest, digest, (), signature)
    return replace(read_of(manifest, file), envelope=envelope)


def edit(record: str, field_: str, text: str) -> Edited:
    """Give a cell of a submission as it would be read after somebody typed over it."""
    where = f"养老机构调查表!{record}{field_}"
    difference = Difference(Differing.ALTERED, "f", record, field_, "1", text, where)
    raw = RawCell(1, 1, text) if text else None
    return Edited(difference, ("eci", record, field_), raw)


def with_edits(read: Read, *edits: Edited) -> Read:
    """Give a file with cells somebody typed over."""
    return replace(read, edited=edits)


def all_edits(read: Read) -> Edits:
    """Accept all that was typed over in a file."""
    return {read.path: {each.difference.where for each in read.edited}}


def everything(read: Read, verdict: Verdict) -> Wish:
    """Want everything merged."""
    del read, verdict
    return Wish.MERGE


def plan(
    ledger: Ledger,
    *reads: Read,
    wish: Callable[[Read, Verdict], Wish] = everything,
    choices: Choices | None = None,
    edits: Edits | None = None,
) -> list[Item]:
    """Plan files."""
    decided = Decisions(wish, choices or {}, edits or {})
    return run_steps(Reception(ledger).items(reads, decided))


def take(
    ledger: Ledger,
    *reads: Read,
    wish: Callable[[Read, Verdict], Wish] = everything,
    choices: Choices | None = None,
    edits: Edits | None = None,
) -> Received:
    """Receive files for good."""
    items = plan(ledger, *reads, wish=wish, choices=choices, edits=edits)
    received = receive(ledger, items, lambda: True)
    assert isinstance(received.answer, Applied | None)
    return received


def replaced(read: Read, verdict: Verdict) -> Wish:
    """Want everything replaced."""
    del read, verdict
    return Wish.REPLACE


def skipped(read: Read, verdict: Verdict) -> Wish:
    """Want nothing."""
    del read, verdict
    return Wish.SKIP


def largest(about: Contention) -> str:
    """Choose by what contends alone, so that everybody would choose the same."""
    return about.values[-1]


def take_deciding(
    ledger: Ledger,
    read: Read,
    decide: Callable[[Contention], str] = largest,
    wish: Callable[[Read, Verdict], Wish] = everything,
    edits: Edits | None = None,
) -> Item:
    """Receive a file, deciding whatever has to be decided."""
    choices: dict[Contention, str] = {}
    while True:
        (item,) = plan(ledger, read, wish=wish, choices=choices, edits=edits)
        if not item.open:
            break
        choices |= {each.contention: decide(each.contention) for each in item.open}
    take(ledger, read, wish=wish, choices=choices, edits=edits)
    return item


def undo(ledger: Ledger, read: Read) -> None:
    """Take a package back."""
    assert read.envelope is not None
    reception = Reception(ledger)
    package = find_package(reception.journal, read.envelope.digest)
    assert not isinstance(package, Message)
    _carry_out(ledger, plan_undo(reception, package))


def redo(
    ledger: Ledger, read: Read, decide: Callable[[Contention], str] = largest
) -> None:
    """Let a package count again, deciding whatever has to be decided."""
    assert read.envelope is not None
    reception = Reception(ledger)
    package = find_package(reception.journal, read.envelope.digest)
    assert not isinstance(package, Message)
    planner = reception.planner(package.period)
    arrival = reception.journal.arrival(package.id)
    choices: dict[Contention, str] = {}
    while asked := planner.take(arrival, choices).open:
        choices |= {each.contention: decide(each.contention) for each in asked}
    _carry_out(ledger, plan_redo(reception, package, choices))


def _carry_out(ledger: Ledger, back: TakingBack | Message) -> None:
    assert not isinstance(back, Message), back
    assert isinstance(carry_out(ledger, back), Applied)


def content_of(ledger: Ledger) -> Content:
    """Give everything a ledger holds of what travels."""
    return standing(ledger, YEAR.code, FORMS).content


def below(content: Content) -> dict[RecordKey, Mapping[str, str]]:
    """Leave out what the county answers itself."""
    return {key: slots for key, slots in content.items() if slots["_unit"] != COUNTY}


@dataclass
class Desks:
    """Ledger files in a folder, opened for one thing at a time."""

    folder: Path
    count: int = field(default=0)

    def new(self, *units: Unit) -> Path:
        """Make a ledger."""
        return make(self._name(), *units)

    def copy(self, path: Path) -> Path:
        """Copy a ledger with the file manager."""
        target = self._name()
        shutil.copyfile(path, target)
        return target

    def backup(self, path: Path) -> Path:
        """Make a backup with the program; whoever writes to it begins a new line."""
        folder = self._name().with_suffix("")
        folder.mkdir()
        with open_ledger(path, person()) as ledger:
            return ledger.backup(folder)

    def _name(self) -> Path:
        self.count += 1
        return self.folder / f"{self.count}.taizhang"


def opened(path: Path) -> Ledger:
    """Open a ledger for writing."""
    return open_ledger(path, person())


def names(items: Iterable[Item]) -> list[str]:
    """Tell what files are."""
    return [item.verdict.kind.value for item in items]
