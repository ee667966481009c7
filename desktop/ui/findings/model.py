"""The list of findings as lines: a head for each group, and below it what it holds.

One flat table, so that forty thousand lines cost no more than forty: a view that has
to know each line of a tree stands still for as long as it takes to ask.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer

from desktop.app.audit.finding_list import FindingList
from desktop.app.audit.finding_list import Grouping
from desktop.app.audit.finding_list import group_key
from desktop.app.audit.standing import Standing
from desktop.app.entry import reading
from desktop.core.findings import Level
from desktop.ui.look import labels

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import TypeAlias

    from PySide6.QtGui import QIcon

    from desktop.app.audit.finding_list import Group
    from desktop.app.events import RecordsChanged
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

    Names: TypeAlias = dict[tuple[str, RecordId], str]

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FINDING: Final = Role.UserRole + 1
EXPLAINED: Final = 3
OPENED_GROUPS: Final = 3
"""So many groups are open when a list is first seen."""


class FindingsModel(QAbstractTableModel):
    """The findings of a period, hardest first; names are read as lines are seen."""

    def __init__(self, work: Workplace, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._work = work
        self.list = FindingList()
        self.grouping = Grouping.RULE
        self._turned: dict[str, bool] = {}
        """The groups somebody has opened or closed."""
        self._starts: list[int] = [0]
        """The line of each group's head, and how many lines there are."""
        self._names: Names = {}
        self._wanted: dict[tuple[str, RecordId], None] = {}
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(0)
        self._wait.timeout.connect(self._read_names)
        work.bridge.records_changed.connect(self._forget_names)
        work.bridge.period_changed.connect(self._names.clear)

    def show(self, found: FindingList, grouping: Grouping) -> None:
        """Show another list."""
        self.beginResetModel()
        self.list, self.grouping = found, grouping
        self._count()
        self.endResetModel()

    # --- Groups ------------------------------------------------------------

    def _key(self, group: Group) -> str:
        key = group_key(group.first, self.grouping)
        return f"{self.grouping.value} {group.level.value} {key}"

    def _is_open(self, place: int) -> bool:
        """Tell whether a group is open; the first ones are, unless they were closed."""
        key = self._key(self.list.groups[place])
        return self._turned.get(key, place < OPENED_GROUPS)

    def _count(self) -> None:
        lines = (
            1 + len(group.findings) * self._is_open(place)
            for place, group in enumerate(self.list.groups)
        )
        self._starts = [0, *accumulate(lines)]

    def group_row(self, row: int) -> int:
        """Give the line of the head above a line, or of itself."""
        return self._starts[bisect_right(self._starts, row) - 1]

    def is_group(self, row: int) -> bool:
        """Tell whether a line is the head of a group."""
        return self.group_row(row) == row

    @property
    def heads(self) -> list[int]:
        """The lines that are heads of groups."""
        return self._starts[:-1]

    def is_open_at(self, row: int) -> bool:
        """Tell whether the group at a line shows its findings."""
        return self._is_open(bisect_right(self._starts, row) - 1)

    def _group(self, row: int) -> Group:
        return self.list.groups[bisect_right(self._starts, row) - 1]

    def set_open(self, row: int, *, opened: bool) -> None:
        """Open or close the group at a line."""
        place = bisect_right(self._starts, row) - 1
        group = self.list.groups[place]
        if opened == self._is_open(place):
            return
        first, count = self._starts[place] + 1, len(group.findings)
        if opened:
            self.beginInsertRows(QModelIndex(), first, first + count - 1)
            self._turned[self._key(group)] = True
            self._count()
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), first, first + count - 1)
            self._turned[self._key(group)] = False
            self._count()
            self.endRemoveRows()

    # --- Findings ----------------------------------------------------------

    def finding_at(self, row: int) -> Finding | None:
        """Give the finding of a line; None for the head of a group."""
        if not 0 <= row < self._starts[-1]:
            return None
        place = row - self.group_row(row) - 1
        return None if place < 0 else self._group(row).findings[place]

    def finding(self, index: Index) -> Finding | None:
        """Give the finding of an index."""
        return self.finding_at(index.row()) if index.isValid() else None

    def row_of_chosen(self) -> int | None:
        """Give the line of the finding the list was asked to keep, or the first one."""
        chosen = self.list.chosen
        if chosen is not None and self._is_open(chosen[0]):
            return self._starts[chosen[0]] + 1 + chosen[1]
        for place in range(len(self.list.groups)):
            if self._is_open(place):
                return self._starts[place] + 1
        return 0 if self.list.groups else None

    def name(self, finding: Finding) -> str:
        """Give what the record of a finding is called, or have it read."""
        unit = self._work.unit(finding.unit)
        where = unit.name if unit else finding.unit
        if finding.record is None:
            return where
        spot = (finding.form, finding.record)
        if spot not in self._names:
            self._wanted[spot] = None
            if not self._wait.isActive():
                self._wait.start()
            return "…"
        return self._names[spot] or where

    def _read_names(self) -> None:
        """Read the names of the lines that have come into view."""
        wanted: dict[str, list[RecordId]] = {}
        for form, record in self._wanted:
            wanted.setdefault(form, []).append(record)
        self._wanted.clear()
        pack = self._work.pack

        def work(ledger: Ledger) -> Names:
            return {
                (form, record): names.get(record, "")
                for form, ids in wanted.items()
                for names in [reading.names(ledger, pack.form_by_id[form], ids)]
                for record in ids
            }

        self._work.bridge.ask(work, self, self._take_names)

    def _take_names(self, names: Names) -> None:
        self._names.update(names)
        if self._starts[-1]:
            last = self.index(self._starts[-1] - 1, 1)
            self.dataChanged.emit(self.index(0, 1), last)

    def _forget_names(self, event: RecordsChanged) -> None:
        """Read names anew: one of them may be another."""
        gone: Collection[tuple[str, RecordId]]
        if event.records is None:
            gone = [spot for spot in self._names if spot[0] == event.form]
        else:
            gone = [(event.form, record) for record in event.records]
        for spot in gone:
            self._names.pop(spot, None)

    # --- Qt's questions ----------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the lines."""
        return 0 if parent is not None and parent.isValid() else self._starts[-1]

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns."""
        return 0 if parent is not None and parent.isValid() else EXPLAINED + 1

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
        """Say what a line holds; what it looks like, `LineDelegate` knows."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self.text(row, column) or None
        finding = self.finding_at(row)
        if role == FINDING:
            return finding
        if role == Role.AccessibleTextRole and finding is not None and not column:
            return f"{labels.level(self._work.say, finding.level)} {finding.text}"
        return None

    def text(self, row: int, column: int) -> str:
        """Give what stands in a cell."""
        finding = self.finding_at(row)
        if finding is not None:
            return self._text(finding, column)
        return "" if column else self.head_of(self._group(row))

    def icon(self, row: int) -> QIcon:
        """Give the sign of the level of the group at a line."""
        tone = self._work.look.colours.of_level(self._group(row).level)
        return self._work.icons.toned(tone)

    def ink(self, row: int, column: int) -> str:
        """Give the colour of a cell's letters."""
        colours, finding = self._work.look.colours, self.finding_at(row)
        if finding is None or column != EXPLAINED:
            return colours.ink
        stands = self.list.said_of(finding).standing is Standing.STANDS
        return colours.good.ink if stands else colours.muted

    def head_of(self, group: Group) -> str:
        """Say what a group is, how much it holds, and how much of it is explained."""
        say, count = self._work.say, len(group.findings)
        title = f"{self._title(group)}（{count}）"
        if not group.explained:
            return title
        return f"{title} {say('{count} explained', count=group.explained)}"

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
        said, say = self.list.said_of(finding), self._work.say
        if said.standing is Standing.STANDS:
            return said.text
        return labels.standing(say, said.standing) + (
            f"：{said.text}" if said.text else ""
        )

    def _title(self, group: Group) -> str:
        first, said = group.first, labels.level(self._work.say, group.level)
        form = self._work.form(first.form)
        match self.grouping:
            case Grouping.LEVEL:
                return said
            case Grouping.FORM:
                return f"{said} · {form.title}"
            case Grouping.UNIT:
                unit = self._work.unit(first.unit)
                return f"{said} · {unit.name if unit else first.unit}"
            case _:
                fields = "、".join(
                    form.by_id[name].title
                    for name in first.fields
                    if name in form.by_id
                )
                return f"{said} · {form.title} · {fields or first.rule}"
