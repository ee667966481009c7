"""What stands in a ledger of each unit and form, and what each package carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.progress import Progress
from desktop.core.frozen import frozen
from desktop.core.manifest_read import read_data
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.exchange.lineage import carried
from desktop.exchange.lineage import not_carried
from desktop.exchange.packing import travelling_forms
from desktop.export.building.rollup import rollup_id

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.progress import Steps
    from desktop.core.manifest import Manifest
    from desktop.core.unit import Unit
    from desktop.store.reader import Reader


@frozen
class Carried:
    """Which forms a package speaks of by record, and of which it gives sums alone."""

    forms: frozenset[str]
    totals: frozenset[str]


def carried_in(manifest: Manifest) -> Carried:
    """Tell what a package carries."""
    tables = {table.id for table in manifest.tables}
    totals = (form for form in not_carried(manifest) if rollup_id(form) in tables)
    return Carried(carried(manifest), frozenset(totals))


def read_carried(
    ledger: Reader, packages: Iterable[str], known: dict[str, Carried]
) -> Steps[None]:
    """Look into packages that are not known yet; what a package says never changes.

    Raises:
        StoreError: The ledger cannot be read.
    """
    wanted = [package for package in packages if package not in known]
    for place, package in enumerate(wanted):
        yield Progress(place, len(wanted), message("board.reading"))
        manifest = read_data(ledger.package_data(package))
        if not isinstance(manifest, Message):
            known[package] = carried_in(manifest)


@frozen
class Held:
    """Records of a form in a unit and below: all, and those somebody wrote to.

    `nil` tells that the unit declared that there is nothing to report (零报告).
    """

    records: int
    written: int
    nil: bool


class Holdings:
    """What stands in a ledger by unit and form, each unit with everything below it."""

    def __init__(
        self, ledger: Reader, period: str, spared: Collection[str] = ()
    ) -> None:
        """Count, but for forms that the units below are spared.

        Raises:
            StoreError: The ledger cannot be read.
        """
        units = ledger.units()
        travelling = travelling_forms(ledger.pack(period))
        self.forms = tuple(form for form in travelling if form.id not in spared)
        self.spared = tuple(form for form in travelling if form.id in spared)
        self._nils = ledger.nils(period)
        self._counts: dict[tuple[str, str], tuple[int, int]] = {}
        parents = {str(unit.code): unit.parent for unit in units}
        for form in self.forms:
            for unit, (records, written) in ledger.by_unit(form.id, period).items():
                for code in _upwards(unit, parents):
                    one, two = self._counts.get((code, form.id), (0, 0))
                    self._counts[code, form.id] = one + records, two + written

    def of(self, unit: str, form: str) -> Held:
        """Give what stands of a form in a unit and below."""
        records, written = self._counts.get((unit, form), (0, 0))
        return Held(records, written, (form, unit) in self._nils)

    def begun(self, unit: str) -> bool:
        """Tell whether somebody wrote anything of a unit, or said there is nothing."""
        held = (self.of(unit, form.id) for form in self.forms)
        return any(each.written or each.nil for each in held)

    def present(self, units: Sequence[Unit]) -> int:
        """Count the units of which something was written."""
        return sum(self.begun(unit.code) for unit in units)


def _upwards(unit: str, parents: Mapping[str, str | None]) -> Iterable[str]:
    code: str | None = unit
    while code is not None and code in parents:
        yield code
        code = parents[code]
