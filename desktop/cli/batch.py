"""`taizhang batch`: the reports of many units into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import TypeVar

from desktop.app.batch.names import pattern_of
from desktop.app.batch.plan import LEVELS
from desktop.app.batch.plan import Asked
from desktop.app.batch.plan import Plan
from desktop.app.batch.plan import plan_batch
from desktop.app.batch.plan import units_of
from desktop.app.batch.running import run_batch
from desktop.app.compiled import compiled_for
from desktop.app.progress import run_steps
from desktop.app.reports.exporting import Wanted
from desktop.app.reports.unit_report import Wish
from desktop.cli.desk import DONE
from desktop.cli.desk import FAILED
from desktop.cli.desk import FOUND
from desktop.cli.desk import CannotRunError
from desktop.cli.desk import period_of
from desktop.cli.indicators import unit_of
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.export.layout import Binding
from desktop.export.pdf.archive import USUAL
from desktop.export.pdf.archive import Archiving
from desktop.export.pdf.archive import Conformance
from desktop.export.report import Chapter

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from desktop.app.batch.running import Done
    from desktop.app.batch.running import Result
    from desktop.app.progress import Progress
    from desktop.app.progress import Steps
    from desktop.app.progress import Watcher
    from desktop.cli.desk import Desk
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger

T = TypeVar("T")


def batch(desk: Desk, options: Namespace) -> int:
    """Write the reports of the chosen units; 1 where a unit got no files."""
    with desk.open(Path(options.ledger)) as ledger:
        period = period_of(ledger, options.period)
        compiled = compiled_for(ledger, period)
        asked = _asked(desk, options, ledger, period)
        plan = plan_batch(asked, compiled.pack, period, ledger.units()[0])
        if not isinstance(plan, Plan):
            for fault in plan:
                desk.complain(fault)
            return FAILED
        if options.dry_run:
            return _show(desk, options, plan)

        def reading(work: Callable[[Ledger], Steps[T]], watch: Watcher) -> T:
            return run_steps(work(ledger), watch)

        tell = _silent if options.json else _Telling(desk)
        result = run_batch(plan, compiled, reading, tell)
    if options.json:
        desk.answer(_facts(desk, result))
    else:
        _tell(desk, plan, result)
    return FOUND if result.failed or result.left else DONE


class _Telling:
    """Says which unit is being worked at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._said: Message | None = None

    def __call__(self, progress: Progress) -> bool:
        """Say a line for every unit that begins."""
        if progress.doing != self._said:
            self._said = progress.doing
            self._desk.told(progress.doing, "  ")
        return True


def _silent(_: Progress) -> bool:
    return True


def _asked(desk: Desk, options: Namespace, ledger: Ledger, period: Period) -> Asked:
    pattern = pattern_of(options.pattern)
    if isinstance(pattern, Message):
        raise CannotRunError(pattern)
    some = options.xlsx or options.pdf or options.merged
    look = Wanted(
        folder=Path(options.out),
        name="",
        fonts=desk.places.fonts,
        xlsx=options.xlsx or not some,
        pdf=options.pdf or not some,
        binding=Binding.SCREEN if options.screen else Binding.BOUND,
        archiving=Archiving(Conformance.A3B) if options.attach else USUAL,
    )
    left_out = frozenset(Chapter) if options.tables_only else frozenset[Chapter]()
    return Asked(
        units=_units(options, ledger, period),
        pattern=pattern,
        look=look,
        wish=Wish(_forms(options.forms, ledger.pack(period.code)), left_out),
        merged=options.merged,
        anew=options.anew,
    )


def _units(options: Namespace, ledger: Ledger, period: Period) -> tuple[Unit, ...]:
    """Give the units that are named one by one, else those of a level."""
    if options.unit:
        return tuple(unit_of(ledger, wanted) for wanted in options.unit)
    below = None if options.below is None else unit_of(ledger, options.below).code
    try:
        return units_of(ledger.units(), period.code, options.level, below)
    except KeyError as error:
        known = "、".join(LEVELS)
        said = message("batch.no-level", level=options.level, levels=known)
        raise CannotRunError(said) from error


def _forms(text: str | None, pack: Pack) -> tuple[str, ...] | None:
    if text is None:
        return None
    forms = tuple(filter(None, (part.strip() for part in text.split(","))))
    for form in forms:
        if form not in pack.form_by_id:
            known = "、".join(pack.form_by_id)
            raise CannotRunError(message("template.no_form", form=form, forms=known))
    return forms


def _show(desk: Desk, options: Namespace, plan: Plan) -> int:
    """Say what would be written."""
    if options.json:
        names = [str(path) for path in plan.files]
        desk.answer({"files": names, "there": list(plan.there)})
        return DONE
    for path in plan.files:
        desk.line(f"  {path.name}")
    desk.tell(
        "{count} files of {units} units; {there} are there already.",
        count=len(plan.files),
        units=len(plan.by_unit),
        there=len(plan.there),
    )
    return DONE


def _tell(desk: Desk, plan: Plan, result: Result) -> None:
    desk.tell(
        "Written and read back: {made} files in {folder}; {kept} were there already, "
        "of the same revision.",
        made=len(result.made),
        folder=str(plan.asked.folder),
        kept=len(result.kept),
    )
    for done in result.units:
        for said in done.remarks:
            desk.line(f"  {done.unit.name}：{desk.say.message(said)}")
    if result.merged is not None:
        desk.tell("One PDF of all: {path}", path=str(result.merged))
    for said in result.remarks:
        desk.complain(said)
    if result.failed:
        desk.tell("{count} units got no files:", count=len(result.failed))
    for done in result.failed:
        desk.line(f"  {done.unit.name}（{done.unit.code}）：{_why(desk, done)}")
    if result.left:
        names = "、".join(unit.name for unit in result.left)
        desk.tell("Not come to: {units}", units=names)


def _why(desk: Desk, done: Done) -> str:
    return "" if done.fault is None else desk.say.message(done.fault)


def _facts(desk: Desk, result: Result) -> dict[str, object]:
    return {
        "units": [
            {
                "unit": done.unit.code,
                "unit_name": done.unit.name,
                "made": [str(path) for path in done.made],
                "kept": [str(path) for path in done.kept],
                "remarks": [desk.say.message(said) for said in done.remarks],
                "fault": _why(desk, done) or None,
            }
            for done in result.units
        ],
        "left": [unit.code for unit in result.left],
        "merged": None if result.merged is None else str(result.merged),
        "remarks": [desk.say.message(said) for said in result.remarks],
    }
