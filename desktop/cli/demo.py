"""`taizhang demo`: the whole road on real input.

The 27 elderly-care institutions of 上海市长宁区, as the city publishes them, go into a
new ledger; it is audited, computed and exported; the files are read back and compared.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.compiled import compiled_for
from desktop.app.figures.figuring import figures_of_unit
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.exporting import file_name
from desktop.app.reports.exporting import write
from desktop.cli.bring_in import bring_in
from desktop.cli.check import check
from desktop.cli.desk import DONE
from desktop.cli.desk import FAILED
from desktop.cli.desk import period_of
from desktop.cli.export import make_folder
from desktop.cli.export import report_of
from desktop.cli.indicators import tell_figure
from desktop.cli.new import new
from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.indicators.figures import Status

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger

UNIT: Final = "310105"
DISTRICT: Final = "长宁区"
PERIOD: Final = "2025"
PACK: Final = "changning"


def demo(desk: Desk, options: Namespace) -> int:
    """Walk the road once, from a new ledger to files that were read back."""
    folder = Path(options.out)
    make_folder(folder)
    path = folder / f"{UNIT}{DISTRICT}-{PERIOD}.taizhang"
    _make_room(desk, path)
    desk.tell("1. A new ledger")
    of = (f"--pack={PACK}", f"--unit={UNIT}", f"--period={PERIOD}")
    new(desk, _typed(desk, "new", path, *of))
    desk.tell("2. Import of the public list of institutions")
    table = desk.places.samples / "shanghai" / "elderly_institutions.csv"
    where = f"--where=district={DISTRICT}"
    bring_in(desk, _typed(desk, "import", path, table, "--form=eci", where))
    desk.tell("3. Audit")
    check(desk, _typed(desk, "check", path))
    with desk.open(path) as ledger:
        period = period_of(ledger, None)
        desk.tell("4. Indicators")
        _figures(desk, ledger, period)
        desk.tell("5. Workbook and PDF")
        sound = _export(desk, ledger, period, folder)
    desk.tell("The ledger is {path}; open it with: taizhang {path}", path=str(path))
    if sound and desk.show is not None and not options.no_window:
        desk.tell("Opening the window on it…")
        desk.show(path)
    return DONE if sound else FAILED


def _make_room(desk: Desk, path: Path) -> None:
    """Take away the ledger of an earlier demo, unless somebody works in it.

    Raises:
        StoreError: It is open elsewhere, or is no ledger of ours; it was left alone.
    """
    if path.exists():
        desk.open(path, read_only=False).close()
        path.unlink()


def _typed(desk: Desk, *given: object) -> Namespace:
    """Understand a command as if a person had typed it."""
    return read(understood(desk.say), [str(each) for each in given])


def _figures(desk: Desk, ledger: Ledger, period: Period) -> None:
    compiled, root = compiled_for(ledger, period), ledger.units()[0].code
    pack = compiled.pack
    figures = figures_of_unit(ledger, pack, compiled.figures, period, root)
    for figure in figures:
        tell_figure(desk, pack, figure)
    missing = sum(figure.status is Status.MISSING for figure in figures)
    desk.tell(
        "  {missing} of {all} indicators lack data: the public list names beds in all, "
        "not nursing beds or staff. A blank stays a blank and is never counted as 0.",
        missing=missing,
        all=len(figures),
    )


def _export(desk: Desk, ledger: Ledger, period: Period, folder: Path) -> bool:
    from desktop.export.reread import check_xlsx

    report = report_of(ledger, period)
    name = file_name(ledger.units()[0].name, period, ledger.pack(period.code).title)
    written = write(report, Wanted(folder, name, desk.places.fonts), lambda _: True)
    for path in written.paths:
        size = round(path.stat().st_size / 1024)
        desk.tell("  {path} ({size} KB)", path=str(path), size=size)
    for said in written.remarks:
        desk.told(said, "  ")
    fault = check_xlsx(written.paths[0], report)
    if fault is not None:
        desk.complain(fault)
        return False
    desk.tell("  Both were read back; the workbook's figures equal the ledger's.")
    return True
