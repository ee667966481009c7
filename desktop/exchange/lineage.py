"""Which file goes on from which: the lines of a ledger and of its copies.

A submission carries a mark of every revision of its ledger, taken from the chained
hashes of the change log. One state goes on from another exactly when its marks begin
with the other's. Copies of a ledger that were worked on apart differ from some revision
on, however they came about: copied with the file manager, or restored from a backup
(then the line's epoch differs, too).
"""

from __future__ import annotations

from base64 import b64encode
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.frozen import frozen
from desktop.core.manifest import TableKind
from desktop.core.messages import Message
from desktop.core.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.manifest import Manifest
    from desktop.core.manifest import Stamp

MARK_BYTES: Final = 3
"""Bytes kept of each revision's hash: two lines that part agree in one revision by
chance once in sixteen million times, and their heads are compared whole."""
MARK: Final = 4
"""Letters of a mark."""


@frozen
class Line:
    """How a ledger came to a revision: its id, its epoch, and a mark a revision."""

    ledger: str
    epoch: str
    marks: str

    @property
    def revision(self) -> int:
        """The revision the line ends with."""
        return len(self.marks) // MARK

    def leads_to(self, other: Line) -> bool:
        """Tell whether another state is this one, or goes on from it."""
        return self.ledger == other.ledger and other.marks.startswith(self.marks)

    def parted(self, other: Line) -> int:
        """Give the last revision two lines have in common; 0 for other ledgers."""
        if self.ledger != other.ledger:
            return 0
        pairs = enumerate(zip(self.marks, other.marks, strict=False))
        shorter = min(len(self.marks), len(other.marks))
        return next((at for at, (one, two) in pairs if one != two), shorter) // MARK


def marks_of(hashes: Iterable[bytes]) -> str:
    """Write the marks of revisions from their hashes, the first revision first."""
    return "".join(b64encode(each[:MARK_BYTES]).decode() for each in hashes)


def letters(package: str) -> str:
    """Write the beginning of a package's number as it is read out: four by four."""
    return " ".join(package[at : at + 4] for at in range(0, 12, 4))


class Kind(Enum):
    """What an arriving file is to the ledger it arrives at."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    OLDER = "older"
    FORK = "fork"
    """Two states of one unit, neither of which goes on from the other."""
    OTHER_PACK = "other_pack"
    NOT_OURS = "not_ours"
    """For another place, another period, or no submission at all."""
    EDITED = "edited"
    """Changed outside the program since it was written."""
    TYPED = "typed"
    """手工表: typed by hand, without lineage."""
    DAMAGED = "damaged"


ACCEPTABLE: Final = frozenset({Kind.NEW, Kind.UPDATE, Kind.FORK, Kind.OLDER})
"""What can be taken; an older state only adds to what is known of the line."""


@frozen
class Sighting:
    """What is known of a package: its digest, whose it is, and whether it counts.

    `forms` are those it speaks of; of others it says nothing.
    """

    id: str
    unit: str
    period: str
    units: frozenset[str]
    line: Line
    accepted: bool
    forms: frozenset[str]


@frozen
class Place:
    """What the receiving ledger is: its own id, its units, its periods and packs.

    `packs` are id, version and digest by period; `root` is the unit it is for.
    """

    ledger: str
    root: str
    units: Mapping[str, str]
    """Names by code."""
    packs: Mapping[str, tuple[str, str, str]]


@frozen
class Verdict:
    """What a file is, said to a person, and which packages it has to do with."""

    kind: Kind
    said: Message
    related: tuple[str, ...] = ()


def line_of(stamp: Stamp, marks: str) -> Line:
    """Give the line a stamp ends."""
    return Line(stamp.ledger, stamp.epoch, marks)


def verdict(
    id_: str, manifest: Manifest, place: Place, known: Sequence[Sighting]
) -> Verdict:
    """Tell what a package is to a ledger that knows others."""
    foreign = _foreign(manifest, place)
    if foreign is not None:
        return foreign
    same = next((each for each in known if each.id == id_), None)
    if same is not None:
        code = "exchange.same" if same.accepted else "exchange.same_not_taken"
        return Verdict(Kind.SAME, message(code), (id_,))
    stamp = manifest.stamp
    lineage = manifest.lineage
    line = line_of(stamp, lineage.marks if lineage else "")
    units = {code for code, _ in manifest.units}
    meeting = (each for each in known if not each.units.isdisjoint(units))
    beside = [e for e in meeting if e.accepted and e.period == stamp.period]
    return _related(line, carried(manifest), beside)


def carried(manifest: Manifest) -> frozenset[str]:
    """Name the forms a manifest speaks of: those whose tables it has."""
    tables = manifest.tables
    return frozenset(table.id for table in tables if table.kind is TableKind.FORM)


def not_carried(manifest: Manifest) -> tuple[str, ...]:
    """Name the forms of the sender that a submission does not speak of."""
    there = carried(manifest)
    counts = manifest.lineage.counts if manifest.lineage else ()
    return tuple(form for form, _ in counts if form not in there)


def _related(line: Line, forms: frozenset[str], near: Sequence[Sighting]) -> Verdict:
    """Hold a state against those that speak of the same forms.

    Of forms that a later state speaks of already, it has nothing to say.
    """
    beside = [each for each in near if not each.forms.isdisjoint(forms)]
    later = [each for each in beside if line.leads_to(each.line)]
    fresh = forms.difference(*(each.forms for each in later))
    if later and not fresh:
        newest = max(each.line.revision for each in later)
        code = "exchange.older" if newest > line.revision else "exchange.same_state"
        about = {"newest": newest} if newest > line.revision else {}
        said = message(code, revision=line.revision, **about)
        return Verdict(Kind.OLDER, said, tuple(each.id for each in later))
    earlier_ones = (each for each in beside if each not in later)
    beside = [each for each in earlier_ones if not each.forms.isdisjoint(fresh)]
    if not beside:
        code = "exchange.new_forms" if near else "exchange.new"
        return Verdict(Kind.NEW, message(code))
    apart = [each for each in beside if not each.line.leads_to(line)]
    heads = [one for one in apart if not any(_behind(one, each) for each in apart)]
    if heads:
        return Verdict(Kind.FORK, _parted(line, heads), tuple(one.id for one in heads))
    earlier = max(beside, key=lambda each: each.line.revision)
    revisions = {"before": earlier.line.revision, "revision": line.revision}
    return Verdict(Kind.UPDATE, message("exchange.update", **revisions), (earlier.id,))


def _behind(one: Sighting, other: Sighting) -> bool:
    """Tell whether another state goes on from this one."""
    return one is not other and one.line.leads_to(other.line)


def _parted(line: Line, heads: Sequence[Sighting]) -> Message:
    nearest = max(heads, key=lambda each: line.parted(each.line))
    parted = line.parted(nearest.line)
    if not parted:
        return message("exchange.fork_ledger")
    if nearest.line.epoch != line.epoch:
        return message("exchange.fork_backup", revision=parted)
    return message("exchange.fork_copy", revision=parted)


def _foreign(manifest: Manifest, place: Place) -> Verdict | None:
    """Say why a package has no business here."""
    stamp = manifest.stamp
    said = {"unit": stamp.unit_name, "period": stamp.period_title}
    if manifest.lineage is None:
        return Verdict(Kind.NOT_OURS, message("exchange.no_submission", **said))
    if stamp.ledger == place.ledger:
        return Verdict(Kind.NOT_OURS, message("exchange.own"))
    if stamp.unit == place.root or stamp.unit not in place.units:
        return Verdict(Kind.NOT_OURS, message("exchange.other_unit", **said))
    if stamp.period not in place.packs:
        return Verdict(Kind.NOT_OURS, message("exchange.other_period", **said))
    pack, version, digest = place.packs[stamp.period]
    if stamp.pack != pack:
        said = {"theirs": stamp.pack, "ours": pack}
        return Verdict(Kind.OTHER_PACK, message("exchange.other_pack", **said))
    if (stamp.pack_version, stamp.pack_digest) != (version, digest):
        said = {"theirs": stamp.pack_version, "ours": version}
        return Verdict(Kind.OTHER_PACK, message("exchange.other_version", **said))
    return None
