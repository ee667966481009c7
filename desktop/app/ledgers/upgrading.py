"""What going on under a newer version of the pack would change, tried on a copy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from tempfile import gettempdir
from typing import TYPE_CHECKING

from desktop.app.audit.auditing import audit_ledger
from desktop.app.audit.explained import explained
from desktop.app.compiled import compiled_for
from desktop.app.opening import open_ledger
from desktop.app.progress import Progress
from desktop.core.messages import message
from desktop.forms.diff import Part
from desktop.forms.diff import Sort
from desktop.forms.diff import diff
from desktop.indicators.periods import period_parameters
from desktop.store.errors import UnfitChangeError
from desktop.store.errors import os_translated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.app.person import Person
    from desktop.app.progress import Steps
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.forms.diff import PackDiff
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger

AT_ONCE = 500
"""Records that are read in one slice."""
Place = tuple[str, str, "RecordId | str"]
"""Of a finding: its period, rule, and record or unit."""


@dataclass(frozen=True, slots=True)
class UpgradePlan:
    """What an upgrade would change, and what would not pass any more.

    `periods` would go by the new pack; `findings` are those that the present pack does
    not have, and `solved` counts those that would go away. With `refusals` the ledger
    cannot go on under this pack, and nothing was tried.
    """

    old: Pack
    new: Pack
    periods: tuple[Period, ...]
    diff: PackDiff
    findings: tuple[ExplainedFinding, ...] = ()
    solved: int = 0
    remarks: tuple[Message, ...] = ()
    refusals: tuple[Message, ...] = ()

    @property
    def going(self) -> Message:
        """Say which periods would go by which version."""
        return message(
            "app.upgrade.going",
            periods="、".join(each.title for each in self.periods),
            old=self.old.version,
            new=self.new.version,
        )

    @property
    def counted(self) -> Message:
        """Say how many findings would come and go."""
        return message(
            "app.upgrade.counted", count=len(self.findings), solved=self.solved
        )


def plan_upgrade(
    ledger: Ledger, pack: Pack, period: Period, person: Person
) -> Steps[UpgradePlan]:
    """Try an upgrade out on a copy that is thrown away; the ledger is only read.

    Raises:
        StoreError: The copy could not be written.
    """
    old = ledger.pack(period.code)
    periods = tuple(each for each in ledger.periods() if each.code >= period.code)
    told = diff(old, pack)
    refusals = told.hindrances or _refusals(ledger, pack, period)
    if refusals:
        return UpgradePlan(old, pack, periods, told, refusals=refusals)
    steps = 2 * len(periods) + 1
    yield Progress(0, steps, message("app.upgrade.copying"))
    kept = yield from _left_behind(ledger, told, periods)
    aside = Path(gettempdir())
    with os_translated(aside), TemporaryDirectory(prefix="taizhang-") as folder:
        copy = ledger.backup(Path(folder))
        with open_ledger(copy, person) as tried:
            try:
                tried.upgrade(pack, period, aside=False)
            except UnfitChangeError as error:
                return UpgradePlan(old, pack, periods, told, refusals=(error.message,))
            before = yield from _all_findings(ledger, periods)
            after = yield from _all_findings(tried, periods)
            names = _rules_now(told)
            known = {_place(finding, names) for finding in before}
            now = {_place(finding, {}) for finding in after}
            fresh = [each for each in after if _place(each, {}) not in known]
            found = explained(tried, fresh)
    return UpgradePlan(
        old,
        pack,
        periods,
        told,
        findings=found,
        solved=len(known - now),
        remarks=(*kept, *_remarks(ledger, told, period)),
    )


def _refusals(ledger: Ledger, pack: Pack, period: Period) -> tuple[Message, ...]:
    try:
        ledger.check_upgrade(pack, period)
    except UnfitChangeError as error:
        return (error.message,)
    return ()


def _left_behind(
    ledger: Ledger, told: PackDiff, periods: tuple[Period, ...]
) -> Steps[tuple[Message, ...]]:
    """Count the values of fields that are not asked for any more; all are kept."""
    gone: dict[str, set[str]] = {}
    for each in told.of(Sort.REMOVED):
        form, _, field = each.id.partition(".")
        if each.part is Part.FIELD:
            gone.setdefault(form, set()).add(field)
        elif each.part is Part.FORM:
            gone[form] = set()
    count = 0
    for period in periods:
        for form, fields in gone.items():
            asked = ledger.pack(period.code).form_by_id.get(form)
            ids = [] if asked is None else ledger.ids(form, period.code)
            for start in range(0, len(ids), AT_ONCE):
                for record in ledger.rows(form, ids[start : start + AT_ONCE]):
                    filled = [name for name, _ in record.filled()]
                    count += len(fields.intersection(filled) if fields else filled)
                yield Progress(0, 1, message("app.upgrade.counting"))
    return (message("app.upgrade.kept", count=count),) if count else ()


def _all_findings(ledger: Ledger, periods: tuple[Period, ...]) -> Steps[list[Finding]]:
    found: list[Finding] = []
    for period in periods:
        compiled = compiled_for(ledger, period)
        parameters = period_parameters(compiled.pack, period)
        result = yield from audit_ledger(ledger, compiled.audit, parameters)
        found += result.findings
    return found


def _rules_now(told: PackDiff) -> dict[str, str]:
    """Give how the rules that a renamed field brings by itself begin, then and now."""
    return {
        f"{each.id.partition('.')[0]}.{each.old}.": f"{each.id}."
        for each in told.of(Sort.RENAMED)
        if each.part is Part.FIELD
    }


def _place(finding: Finding, names: Mapping[str, str]) -> Place:
    begins = finding.rule[: finding.rule.rfind(".") + 1]
    rule = names.get(begins, begins) + finding.rule[len(begins) :]
    whose = finding.unit if finding.record is None else finding.record
    return finding.period, rule, whose


def _remarks(ledger: Ledger, told: PackDiff, period: Period) -> tuple[Message, ...]:
    words = [each for each in told.of(Sort.RENAMED) if each.part is Part.CHOICE]
    if not words or ledger.periods()[0] == period:
        return ()
    titles = "、".join(dict.fromkeys(each.old for each in words))
    return (message("app.upgrade.words", words=titles),)
