"""The list of findings as a person wants to see it: grouped, filtered and counted.

It is put together on the ledger's thread, a slice at a time, however long it is; a
window only shows it.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.app.audit.standing import NOTHING_SAID
from desktop.app.audit.standing import Standing
from desktop.app.audit.standing import said_in
from desktop.app.entry.listing import searched
from desktop.app.progress import Progress
from desktop.core.findings import Level
from desktop.core.frozen import frozen
from desktop.core.messages import message
from desktop.store.conditions import AnyOf
from desktop.store.conditions import Contains
from desktop.store.records import View

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from typing import TypeAlias

    from desktop.app.audit.standing import Said
    from desktop.app.progress import Steps
    from desktop.app.session import Session
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.forms.model import Form
    from desktop.store.ledger import Ledger

    Which: TypeAlias = tuple[str, RecordId | None, str]
    """What tells a finding from the others: form, record and rule."""

SLICE: Final = 1000
"""Records between two looks at who else waits."""
_ORDER: Final[Mapping[Level, int]] = {level: place for place, level in enumerate(Level)}


class Grouping(Enum):
    """How the list is grouped; what must be corrected comes first in each."""

    RULE = "rule"
    FORM = "form"
    UNIT = "unit"
    LEVEL = "level"


class Shown(Enum):
    """Which findings are shown."""

    ALL = "all"
    OPEN = "open"
    """待处理: what must be corrected, or explained and is not."""
    EXPLAINED = "explained"
    """已说明: what an explanation in force lets pass."""


@frozen
class Wish:
    """What a person wants to see; `chosen` is the finding they are at.

    `words` stand in the sentence, in a name or text of the record, or in its unit's.
    """

    grouping: Grouping = Grouping.RULE
    words: str = ""
    level: Level | None = None
    form: str | None = None
    shown: Shown = Shown.ALL
    chosen: Which | None = None


@frozen
class Group:
    """Findings that belong together; `explained` of them pass."""

    level: Level
    findings: tuple[Finding, ...]
    explained: int

    @property
    def first(self) -> Finding:
        """One that stands for them all."""
        return self.findings[0]


@frozen
class Summary:
    """All findings of the period, whatever is shown; `again` lapsed or say nothing."""

    errors: int = 0
    error_rules: int = 0
    warnings: int = 0
    explained: int = 0
    again: int = 0
    infos: int = 0


@frozen
class FindingList:
    """Groups of findings; `chosen` is where the wish's finding is: group and place."""

    groups: tuple[Group, ...] = ()
    said: Mapping[Which, Said] | None = None
    summary: Summary = Summary()
    chosen: tuple[int, int] | None = None

    def said_of(self, finding: Finding) -> Said:
        """Give what was written about a finding."""
        return (self.said or {}).get(which(finding), NOTHING_SAID)


def which(finding: Finding) -> Which:
    """Tell a finding from the others."""
    return finding.form, finding.record, finding.rule


def finding_list(session: Session, ledger: Ledger, wish: Wish) -> Steps[FindingList]:
    """Put the list together from what the session's audit has found."""
    words = wish.words
    units = (str(unit.code) for unit in ledger.units() if words in unit.name)
    making = _Making(wish, frozenset(units))
    forms = session.pack.forms
    for place, form in enumerate(forms):
        making.said |= said_of_form(session, ledger, form.id)
        named = _named(session, ledger, form, words)
        for start, some in _slices(session.board.records(form.id)):
            for findings in some:
                making.take(findings, named)
            if start:
                yield Progress(place, len(forms), message("app.reading"))
        yield Progress(place, len(forms), message("app.reading"))
    return making.made()


def _slices(
    records: tuple[tuple[Finding, ...], ...],
) -> list[tuple[int, tuple[tuple[Finding, ...], ...]]]:
    return [
        (start, records[start : start + SLICE])
        for start in range(0, len(records), SLICE)
    ]


def said_of_form(session: Session, ledger: Ledger, form: str) -> dict[Which, Said]:
    """Judge what was written about the findings of a form."""
    board, demands = session.board, session.pack.explanations
    if not board.tally(form).warnings:
        return {}
    place = (form, session.period.code)
    said = said_in(ledger, place, demands, lambda record: board.of(form, record))
    return {(spot[0], spot[1], spot[2]): each for spot, each in said.items()}


def _named(
    session: Session, ledger: Ledger, form: Form, words: str
) -> Collection[RecordId]:
    """Give the records whose names and texts have the words."""
    if not words or not any(session.board.records(form.id)):
        return ()
    texts = AnyOf(tuple(Contains(field, words) for field in searched(form)))
    view = View(conditions=(texts,))
    return frozenset(ledger.ids(form.id, session.period.code, view))


class _Making:
    """A list on its way."""

    def __init__(self, wish: Wish, units: Collection[str]) -> None:
        """Begin; `units` are those whose names have the words."""
        self._units = units
        self.said: dict[Which, Said] = {}
        self._wish = wish
        self._groups: dict[tuple[Level, str], list[Finding]] = {}
        self._counts = dict.fromkeys(Level, 0)
        self._rules: set[str] = set()
        self._stands = self._again = 0
        self._passing: dict[tuple[Level, str], int] = {}
        self._chosen: tuple[tuple[Level, str], int] | None = None

    def take(self, findings: tuple[Finding, ...], named: Collection[RecordId]) -> None:
        """Count the findings of a record, and sort in those that are wished for."""
        for finding in findings:
            standing = self.said.get(which(finding), NOTHING_SAID).standing
            self._count(finding, standing)
            if self._is_wished(finding, standing, named):
                self._sort_in(finding, standing)

    def made(self) -> FindingList:
        """Give the list; within one level groups stay in the order they came."""
        keys = sorted(self._groups, key=lambda key: _ORDER[key[0]])
        groups = tuple(
            Group(key[0], tuple(self._groups[key]), self._passing.get(key, 0))
            for key in keys
        )
        chosen = self._chosen
        there = None if chosen is None else (keys.index(chosen[0]), chosen[1])
        counts = self._counts
        summary = Summary(
            errors=counts[Level.ERROR],
            error_rules=len(self._rules),
            warnings=counts[Level.WARNING],
            explained=self._stands,
            again=self._again,
            infos=counts[Level.INFO],
        )
        return FindingList(groups, self.said, summary, there)

    def _count(self, finding: Finding, standing: Standing) -> None:
        self._counts[finding.level] += 1
        if finding.level is Level.ERROR:
            self._rules.add(finding.rule)
        self._stands += standing is Standing.STANDS
        self._again += standing in {Standing.LAPSED, Standing.POOR}

    def _is_wished(
        self, finding: Finding, standing: Standing, named: Collection[RecordId]
    ) -> bool:
        wish = self._wish
        if wish.level not in {None, finding.level} or wish.form not in {
            None,
            finding.form,
        }:
            return False
        said = wish.words in finding.text or finding.unit in self._units
        if not said and finding.record not in named:
            return False
        match wish.shown:
            case Shown.ALL:
                return True
            case Shown.OPEN:
                return needs_work(finding, standing)
            case Shown.EXPLAINED:
                return standing is Standing.STANDS
            case _:
                assert_never(wish.shown)

    def _sort_in(self, finding: Finding, standing: Standing) -> None:
        key = finding.level, group_key(finding, self._wish.grouping)
        group = self._groups.setdefault(key, [])
        if self._wish.chosen == which(finding):
            self._chosen = key, len(group)
        group.append(finding)
        if standing is Standing.STANDS:
            self._passing[key] = self._passing.get(key, 0) + 1


def needs_work(finding: Finding, standing: Standing) -> bool:
    """Tell whether somebody has still to do something about a finding."""
    if finding.level is Level.WARNING:
        return standing is not Standing.STANDS
    return finding.level is Level.ERROR


def group_key(finding: Finding, grouping: Grouping) -> str:
    """Tell to which group of its level a finding belongs."""
    match grouping:
        case Grouping.RULE:
            return f"{finding.form} {finding.rule}"
        case Grouping.FORM:
            return finding.form
        case Grouping.UNIT:
            return finding.unit
        case Grouping.LEVEL:
            return ""
        case _:
            assert_never(grouping)
