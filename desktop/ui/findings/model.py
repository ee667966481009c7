"""Findings as a tree of two floors: groups, and the findings in each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QIcon

from desktop.app import edits
from desktop.core.findings import Level
from desktop.ui.look import labels
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FINDING: Final = Role.UserRole + 1
EXPLAINED: Final = 3
_TOP: Final = 0
"""Internal id of groups; a finding carries its group's row plus one."""


class Grouping(Enum):
    """How the list is grouped."""

    RULE = "rule"
    FORM = "form"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Known:
    """What the list says of findings besides themselves."""

    names: Mapping[tuple[str, RecordId], str]
    explained: Mapping[tuple[str, RecordId], Mapping[str, str]]
    """Notes by form, record and topic."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that belong together."""

    title: str
    level: Level
    findings: tuple[Finding, ...]


class FindingsModel(QAbstractItemModel):
    """The findings of a ledger, 强制性 first."""

    def __init__(self, work: Workplace, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._work = work
        self._groups: tuple[Group, ...] = ()
        self.known = Known({}, {})

    def show(
        self, findings: Sequence[Finding], known: Known, grouping: Grouping
    ) -> None:
        """Show other findings."""
        self.beginResetModel()
        self.known = known
        self._groups = self._grouped(findings, grouping)
        self.endResetModel()

    def finding(self, index: Index) -> Finding | None:
        """Give the finding of a line; None for a group."""
        group = index.internalId()
        if not index.isValid() or group == _TOP:
            return None
        return self._groups[group - 1].findings[index.row()]

    def reason(self, finding: Finding) -> str:
        """Give what was written about a finding."""
        if finding.record is None:
            return ""
        notes = self.known.explained.get((finding.form, finding.record), {})
        return notes.get(edits.rule_topic(finding.rule), "")

    def name(self, finding: Finding) -> str:
        """Give what the record of a finding is called."""
        unit = self._work.unit(finding.unit)
        where = unit.name if unit else finding.unit
        if finding.record is None:
            return where
        return self.known.names.get((finding.form, finding.record), where)

    # --- Qt's questions ----------------------------------------------------

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """Give the index of a line."""
        if parent is None or not parent.isValid():
            there = 0 <= row < len(self._groups)
            inside = _TOP
        else:
            top = parent.internalId() == _TOP and parent.column() == 0
            there = top and 0 <= row < len(self._groups[parent.row()].findings)
            inside = parent.row() + 1
        if not there or not 0 <= column < self.columnCount():
            return QModelIndex()
        return self.createIndex(row, column, inside)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Give the group of a finding."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count groups, or the findings of one."""
        if parent is None or not parent.isValid():
            return len(self._groups)
        if parent.internalId() == _TOP and parent.column() == 0:
            return len(self._groups[parent.row()].findings)
        return 0

    def columnCount(
        self,
        parent: Index | None = None,  # noqa: ARG002 - Qt hands it over
    ) -> int:
        """Count the columns."""
        return EXPLAINED + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Title the columns."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        say = self._work.say
        heads = (say("Finding"), say("Record"), say("Unit"), say("Explanation"))
        return heads[section] if section < len(heads) else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Say what a line holds."""
        if not index.isValid():
            return None
        if index.internalId() == _TOP:
            group = self._groups[index.row()]
            return self._group_data(group, index.column(), role)
        finding = self.finding(index)
        return None if finding is None else self._data(finding, index.column(), role)

    def _group_data(self, group: Group, column: int, role: int) -> object:
        if column:
            return None
        if role == Role.DisplayRole:
            return f"{group.title}（{len(group.findings)}）"
        if role == Role.DecorationRole:
            tone = tokens.tone_of_level(group.level)
            return QIcon(self._work.icons.pixmap(tone.icon, tone.ink, 16))
        if role == Role.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _data(self, finding: Finding, column: int, role: int) -> object:
        if role == FINDING:
            return finding
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(finding, column)
        if role == Role.ForegroundRole and column == EXPLAINED:
            explained = bool(self.reason(finding))
            return QColor(tokens.GOOD.ink if explained else tokens.MUTED)
        if role == Role.AccessibleTextRole:
            return f"{labels.level(self._work.say, finding.level)} {finding.text}"
        return None

    def _text(self, finding: Finding, column: int) -> str:
        match column:
            case 0:
                return finding.text
            case 1:
                return self.name(finding)
            case 2:
                unit = self._work.unit(finding.unit)
                return unit.name if unit else finding.unit
            case _:
                return self._explained(finding)

    def _explained(self, finding: Finding) -> str:
        if finding.level is not Level.WARNING:
            return ""
        return self.reason(finding) or self._work.say("To be explained")

    def _grouped(
        self, findings: Sequence[Finding], grouping: Grouping
    ) -> tuple[Group, ...]:
        found: dict[tuple[Level, str], list[Finding]] = {}
        for finding in findings:
            key = (finding.level, self._key(finding, grouping))
            found.setdefault(key, []).append(finding)
        return tuple(
            Group(self._title(level, members[0], grouping), level, tuple(members))
            for (level, _), members in found.items()
        )

    def _key(self, finding: Finding, grouping: Grouping) -> str:
        match grouping:
            case Grouping.RULE:
                return f"{finding.form} {finding.rule}"
            case Grouping.FORM:
                return finding.form
            case Grouping.UNIT:
                return finding.unit
            case _:
                assert_never(grouping)

    def _title(self, level: Level, first: Finding, grouping: Grouping) -> str:
        said = labels.level(self._work.say, level)
        form = self._work.form(first.form)
        match grouping:
            case Grouping.FORM:
                return f"{said} · {form.title}"
            case Grouping.UNIT:
                unit = self._work.unit(first.unit)
                return f"{said} · {unit.name if unit else first.unit}"
            case Grouping.RULE:
                fields = "、".join(
                    form.by_id[name].title
                    for name in first.fields
                    if name in form.by_id
                )
                return f"{said} · {form.title} · {fields or first.rule}"
            case _:
                assert_never(grouping)
