"""Write a period's records as CSV files or as one Frictionless Data Package."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.reports.exporting import clean_name
from desktop.app.reports.unit_report import SLICE
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.export.data_tables import KEYS
from desktop.export.data_tables import Column
from desktop.export.data_tables import DataTable
from desktop.export.data_tables import Package
from desktop.export.data_tables import key_columns
from desktop.export.data_tables import write_csv
from desktop.export.data_tables import write_package
from desktop.export.safe_file import StoppedError
from desktop.forms.entry import format_cell
from desktop.forms.model import Roster
from desktop.forms.written import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.app.progress import Steps
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record

UNITS: Final = "units"
"""The table of units in a package."""
_UNIT_COLUMNS: Final = (
    ("code", "区划代码"),
    ("name", "名称"),
    ("parent", "上级代码"),
    ("level", "层级"),
)


@frozen
class Data:
    """All tables of a period, the forms in the pack's order, and their facts."""

    package: Package
    forms: tuple[DataTable, ...]
    units: DataTable


@frozen
class DataWanted:
    """Which of the two forms to write, and where."""

    folder: Path
    name: str
    csv: bool = False
    package: bool = False


def data_of(ledger: Ledger, period: Period) -> Steps[Data]:
    """Read all records of a period, a slice at a time."""
    pack = ledger.pack(period.code)
    names = {str(unit.code): unit.name for unit in ledger.units()}
    forms = []
    for place, form in enumerate(pack.forms):
        yield Progress(place, len(pack.forms), message("app.reading"))
        rows: list[tuple[str, ...]] = []
        ids = ledger.ids(form.id, period.code)
        for first in range(0, len(ids), SLICE):
            found = ledger.rows(form.id, ids[first : first + SLICE])
            rows += (_row(form, record, names) for record in found)
            yield Progress(place, len(pack.forms), message("app.reading"))
        forms.append(_table(pack, form, rows))
    package = _package(ledger, pack, period)
    return Data(package, tuple(forms), _units(ledger.units()))


def write_data(
    data: Data, wanted: DataWanted, watch: Callable[[Progress], bool]
) -> tuple[Path, ...]:
    """Write what is wanted; gives the files.

    Raises:
        ExportError: A file could not be written.
        CancelledError: `watch` answered False; files that were whole stay.
    """

    def go_on(done: int, total: int) -> bool:
        return watch(Progress(done, total, message("app.writing-data")))

    paths: list[Path] = []
    if wanted.csv:
        for done, table in enumerate(data.forms):
            if not go_on(done, len(data.forms)):
                raise CancelledError
            title = clean_name(f"{wanted.name}-{table.title}")
            paths.append(wanted.folder / f"{title}.csv")
            write_csv(table, paths[-1])
    if wanted.package:
        paths.append(wanted.folder / f"{wanted.name}.zip")
        try:
            write_package(data.package, (data.units, *data.forms), paths[-1], go_on)
        except StoppedError as stopped:
            raise CancelledError from stopped
    return tuple(paths)


def _package(ledger: Ledger, pack: Pack, period: Period) -> Package:
    root = ledger.units()[0]
    facts = {
        "pack": pack.id,
        "version": pack.version,
        "digest": digest(pack),
        "unit": str(root.code),
        "period": period.code,
        "revision": str(ledger.head().revision),
    }
    name = f"{pack.id}-{root.code}-{period.code}".lower().replace("_", "-")
    title = f"{root.name} {period.title} {pack.title}"
    return Package(name, title, pack.plan.title, facts)


def _table(pack: Pack, form: Form, rows: Iterable[tuple[str, ...]]) -> DataTable:
    own = (
        Column(field.id, field.title, field, pack.choices(form.id, field.id))
        for field in form.fields
    )
    key = ("_facility",) if isinstance(form, Roster) else ("_unit",)
    columns = (*key_columns(), *own)
    return DataTable(form.id, form.title, columns, tuple(rows), key, form.record)


def _row(form: Form, record: Record, names: Mapping[str, str]) -> tuple[str, ...]:
    head = (record.unit, names.get(record.unit, ""), str(record.key.facility))
    cells = (format_cell(field, record.cell(field.id)) for field in form.fields)
    return (*head[: len(KEYS)], *cells)


def _units(units: Iterable[Unit]) -> DataTable:
    rows = tuple(
        (str(unit.code), unit.name, str(unit.parent or ""), unit.level.name.lower())
        for unit in units
    )
    columns = tuple(Column(name, title) for name, title in _UNIT_COLUMNS)
    return DataTable(UNITS, "行政区划", columns, rows, ("code",))
