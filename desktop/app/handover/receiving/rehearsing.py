"""Ask the rules of what a ledger would hold, before anything is taken into it.

What was decided is written into a private copy that is thrown away, and the copy is
audited before and after: what comes up and what goes is told file by file.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from desktop.app.audit.auditing import audit_form
from desktop.app.audit.explained import explained
from desktop.app.compiled import compiled_for
from desktop.app.handover.receiving.taking_in import parts_of
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.indicators.periods import period_parameters
from desktop.store.records import Stale
from desktop.store.rehearsal import rehearsal

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.compiled import CompiledPack
    from desktop.app.handover.receiving.receiving import Item
    from desktop.app.progress import Steps
    from desktop.core.changes import RecordKey
    from desktop.core.findings import Finding
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger

_TITLE = message("exchange.action.receive", count=0)
_HARDEST = (Level.ERROR, Level.WARNING, Level.INFO)

Spot = tuple[str, int, str]
Found = dict[Spot, "Finding"]
"""Findings by form, record and rule."""


@frozen
class Effect:
    """What the rules would say anew, and no longer, the hardest first."""

    appear: tuple[ExplainedFinding, ...] = ()
    vanish: tuple[ExplainedFinding, ...] = ()

    def count(self, level: Level) -> tuple[int, int]:
        """Count what comes up and what goes of a level."""
        both = (self.appear, self.vanish)
        one, other = (sum(e.finding.level is level for e in each) for each in both)
        return one, other


@frozen
class Rehearsed:
    """What taking files would make the rules say, by package.

    `elsewhere` is about records that none of the files speaks of.
    """

    by_package: Mapping[str, Effect]
    elsewhere: Effect = Effect()


def rehearse(
    ledger: Ledger,
    items: Sequence[Item],
    compiled: Callable[[Ledger, Period], CompiledPack] = compiled_for,
) -> Steps[Rehearsed | None]:
    """Tell what the rules would say of what was decided; None where that is outdated.

    Files that still want a choice are left out.

    Raises:
        StoreError: The ledger cannot be read, or there is no room for a copy.
    """
    taken = [item for item in items if item.counts and not item.open]
    asked = _forms(ledger, taken, compiled)
    if not asked:
        return Rehearsed({})
    with closing(rehearsal(ledger)) as tried:
        before = yield from _audited(tried, asked)
        answer = tried.receive(_TITLE, parts_of(tried, taken))
        if isinstance(answer, Stale):
            return None
        after = yield from _audited(tried, asked)
        new = [found for spot, found in after.items() if spot not in before]
        appear = explained(tried, new)
    gone = [found for spot, found in before.items() if spot not in after]
    return _shared_out(taken, appear, explained(ledger, gone))


_Asked = dict["Period", tuple["CompiledPack", tuple[str, ...]]]


def _forms(
    ledger: Ledger,
    taken: Iterable[Item],
    compiled: Callable[[Ledger, Period], CompiledPack],
) -> _Asked:
    """Name the forms whose rules may say something else, period by period."""
    touched: dict[str, dict[str, None]] = {}
    for item in taken:
        for key in _keys(item):
            touched.setdefault(key.period, {})[key.form] = None
    found: _Asked = {}
    for period in ledger.periods():
        if forms := touched.get(period.code):
            pack = compiled(ledger, period)
            others = (pack.audit.turned(form, None) for form in forms)
            every = dict.fromkeys([*forms, *(form for some in others for form in some)])
            found[period] = pack, tuple(every)
    return found


def _keys(item: Item) -> Iterable[RecordKey]:
    """Name the records that taking a file changes."""
    # For the type checker: what counts has a plan.
    assert item.plan is not None  # noqa: S101 - see above
    taken = item.plan.taken
    changed = (one.record for one in taken.changed)
    return dict.fromkeys((*taken.added, *taken.removed, *changed))


def _audited(tried: Ledger, asked: _Asked) -> Steps[Found]:
    found: Found = {}
    for period, (pack, forms) in asked.items():
        parameters = period_parameters(pack.pack, period)
        for form in forms:
            result = yield from audit_form(tried, pack.audit.of(form), parameters)
            found.update(
                ((form, record, each.rule), each)
                for record, some in result.findings.items()
                for each in some
                if each.outcome is Outcome.FAILED
            )
    return found


def _shared_out(
    taken: Sequence[Item],
    appear: Iterable[ExplainedFinding],
    vanish: Iterable[ExplainedFinding],
) -> Rehearsed:
    """Give each file the findings of its records, or else of its units."""
    whose: dict[RecordKey, str] = {}
    units: dict[str, str] = {}
    for item in taken:
        # For the type checker: what counts has a package.
        assert item.package is not None  # noqa: S101 - see above
        whose |= dict.fromkeys(_keys(item), item.package.id)
        units |= dict.fromkeys(item.package.units, item.package.id)
    effects: dict[str, tuple[list[ExplainedFinding], list[ExplainedFinding]]] = {}
    for side, some in enumerate((appear, vanish)):
        for told in sorted(some, key=_hardness):
            key = told.record.key if told.record is not None else None
            id_ = whose.get(key, "") if key is not None else ""
            id_ = id_ or units.get(told.finding.unit, "")
            effects.setdefault(id_, ([], []))[side].append(told)
    made = {id_: Effect(tuple(one), tuple(two)) for id_, (one, two) in effects.items()}
    elsewhere = made.pop("", Effect())
    return Rehearsed(made, elsewhere)


def _hardness(told: ExplainedFinding) -> int:
    return _HARDEST.index(told.finding.level)
