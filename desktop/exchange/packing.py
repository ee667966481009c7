"""From a ledger into a manifest that others can merge, and back out of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.core.frozen import frozen
from desktop.core.manifest import Lineage
from desktop.core.manifest import Note
from desktop.core.manifest import TableKind
from desktop.core.messages import message
from desktop.core.unit import ancestors_by_code
from desktop.core.unit import parse_unit_code
from desktop.exchange.content import NIL
from desktop.exchange.content import UNIT
from desktop.exchange.content import cell_of
from desktop.exchange.content import nil_key
from desktop.exchange.content import nil_slots
from desktop.exchange.content import travels
from desktop.exchange.lineage import carried
from desktop.exchange.lineage import marks_of
from desktop.exchange.lineage import not_carried
from desktop.exchange.slip_facts import acknowledged
from desktop.forms.model import Roster
from desktop.store.columns import UnfitValueError
from desktop.store.columns import codec_of
from desktop.store.columns import storable
from desktop.store.columns import tidy

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.core.manifest import Line
    from desktop.core.manifest import Manifest
    from desktop.core.manifest import Table
    from desktop.core.messages import Message
    from desktop.exchange.content import Slots
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger

MOST: Final = 4_000
"""Texts of a field that are remembered; of names, which all differ, there is no end."""


@frozen
class Unpacked:
    """What a package brings to a ledger; `left` says what stays outside."""

    content: Mapping[RecordKey, Slots]
    forms: frozenset[str]
    units: frozenset[str]
    left: tuple[Message, ...]


def travelling_forms(pack: Pack) -> tuple[Form, ...]:
    """Give the forms whose records travel: what each level answers itself does not."""
    return tuple(form for form in pack.forms if not _answered(form))


def _answered(form: Form) -> bool:
    return isinstance(form, Roster) and form.answers is not None


def for_submission(manifest: Manifest, ledger: Ledger) -> Manifest:
    """Complete a report's manifest: all units, notes that travel, and the lineage.

    Raises:
        StoreError: The ledger cannot be read.
    """
    period = manifest.stamp.period
    pack = ledger.pack(period)
    units = tuple((str(u.code), u.name_in(period)) for u in ledger.units())
    forms = {form.id for form in travelling_forms(pack)}
    notes = [note for form in sorted(forms) for note in _notes(ledger, form, period)]
    notes += [
        Note(form, unit, NIL, "1")
        for form, unit in sorted(ledger.nils(period))
        if form in forms
    ]
    counts = tuple((form.id, ledger.count(form.id, period)) for form in pack.forms)
    own = ledger.identity().ledger
    parent = acknowledged(ledger.choices(period), own)
    told = ledger.marks()[: manifest.stamp.revision]
    lineage = Lineage(*parent, counts, marks_of(told))
    return replace(manifest, units=units, notes=tuple(notes), lineage=lineage)


def _notes(ledger: Ledger, form: str, period: str) -> Iterator[Note]:
    found = ledger.notes_of(form, period)
    for key in sorted(found, key=lambda each: each.facility):
        for topic, text in sorted(found[key].items()):
            if travels(topic):
                yield Note(form, key.facility, topic, text)


class Unpacker:
    """Takes manifests apart for a ledger: for a pack of its, and the units it has.

    It remembers which texts fit a field; most come in every package.
    """

    def __init__(self, pack: Pack, here: Collection[str]) -> None:
        """Know of no text yet."""
        self.forms = {form.id: form for form in pack.forms}
        self.here = here
        self._fitting: dict[str, _Fitting] = {}

    def unpack(self, manifest: Manifest) -> Unpacked | Message:
        """Take out of a manifest what the ledger can hold, or say why not.

        A record of a unit that the ledger does not have is put down to the nearest one
        above that it has; in a form of units there is no such place.
        """
        try:
            return _Unpacking(manifest, self).unpacked()
        except (ValueError, UnfitValueError) as error:
            return message("exchange.unfit", detail=ascii(str(error))[:80])

    def fitting(self, form: Form) -> _Fitting:
        """Give what is known to fit the fields of a form."""
        if form.id not in self._fitting:
            self._fitting[form.id] = _Fitting(form)
        return self._fitting[form.id]


class _Fitting:
    """The texts that are known to be cells which the fields of a form can hold."""

    def __init__(self, form: Form) -> None:
        self.codecs = {field.id: codec_of(field) for field in form.stored}
        self._known: dict[str, set[str | None]] = {
            field: {None} for field in self.codecs
        }

    def check(self, field: str, texts: Iterable[str | None]) -> None:
        """Check texts.

        Raises:
            ValueError: A text is no cell that the field can hold.
        """
        codec, known = self.codecs[field], self._known[field]
        fresh = set(texts) - known
        for text in fresh:
            tidy(codec, cell_of(text or ""))
        if len(known) < MOST:
            known |= fresh


class _Unpacking:
    def __init__(self, manifest: Manifest, by: Unpacker) -> None:
        self._manifest = manifest
        self._period = manifest.stamp.period
        self._by = by
        self._here = by.here
        self._places: dict[str, str] = {}
        self._left: Counter[tuple[str, str]] = Counter()
        self._lifted: Counter[str] = Counter()
        self._content: dict[RecordKey, dict[str, str]] = {}

    def unpacked(self) -> Unpacked:
        forms = set()
        for table in self._manifest.tables:
            if table.kind is not TableKind.FORM:
                continue
            form = self._by.forms.get(table.id)
            if form is None:
                self._left["exchange.left_unknown_form", table.id] += len(table.rows)
            elif _answered(form):
                self._left["exchange.left_form", form.title] += len(table.rows)
            else:
                forms.add(form.id)
                self._table(form, table)
        self._notes(forms)
        units = {code for code, _ in self._manifest.units}
        content: dict[RecordKey, Slots] = dict(self._content)
        left = tuple(self._said())
        there = frozenset(units | set(self._lifted))
        return Unpacked(content, frozenset(forms), there, left)

    def _table(self, form: Form, table: Table) -> None:
        fitting = self._by.fitting(form)
        columns = zip(*(line.cells for line in table.rows), strict=True)
        cells = {
            field: column
            for (field, _), column in zip(table.fields, columns, strict=False)
            if field in fitting.codecs
        }
        for field, column in cells.items():
            fitting.check(field, column)
        fields = [UNIT, *cells]
        rows = zip(*cells.values(), strict=True) if cells else repeat(())
        for line, row in zip(table.rows, rows, strict=False):
            unit = self._unit(form, line)
            if unit is None:
                self._left["exchange.left_unit", form.title] += 1
                continue
            if not (line.key and storable(line.key)):
                raise ValueError(line.key)
            key = RecordKey(form.id, self._period, FacilityId(line.key))
            if key in self._content:
                raise ValueError(line.key)
            texts = zip(fields, (unit, *row), strict=True)
            self._content[key] = {
                slot: text for slot, text in texts if text is not None
            }

    def _unit(self, form: Form, line: Line) -> str | None:
        if line.unit in self._here:
            return line.unit
        if not isinstance(form, Roster):
            return None
        if line.unit not in self._places:
            self._places[line.unit] = self._above(line.unit)
        place = self._places[line.unit]
        self._lifted[place] += 1
        return place

    def _above(self, unit: str) -> str:
        """Find the nearest unit above that the ledger has; at worst the package's."""
        code = parse_unit_code(unit)
        above = ancestors_by_code(code) if code else ()
        return next((one for one in above if one in self._here), self._root)

    @property
    def _root(self) -> str:
        return self._manifest.stamp.unit

    def _notes(self, forms: set[str]) -> None:
        for note in self._manifest.notes:
            if note.form not in forms or not storable(note.text) or not note.text:
                continue
            if note.topic == NIL:
                if note.facility in self._here:
                    key = nil_key(note.form, self._period, note.facility)
                    self._content[key] = dict(nil_slots(note.facility))
                continue
            key = RecordKey(note.form, self._period, FacilityId(note.facility))
            if key in self._content and travels(note.topic):
                self._content[key][note.topic] = note.text

    def _said(self) -> Iterator[Message]:
        if lacking := len(not_carried(self._manifest)):
            count = len(carried(self._manifest))
            yield message("exchange.part", count=count, total=count + lacking)
        for (code, form), count in self._left.items():
            if count:
                yield message(code, form=form, count=count)
        names = dict(self._manifest.units)
        for unit, count in self._lifted.items():
            yield message("exchange.lifted", unit=names.get(unit, unit), count=count)
