"""The units a batch is for: a tree to tick, and whole levels at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QTreeWidgetItemIterator
from PySide6.QtWidgets import QWidget

from desktop.app.batch.plan import EVERY
from desktop.app.batch.plan import units_of
from desktop.core.unit import UnitLevel
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.unit import Unit
    from desktop.ui.workplace import Workplace

CODE = Qt.ItemDataRole.UserRole


class BatchUnits(QWidget):
    """A tree of the units of the period, each with a box to tick."""

    changed = Signal()

    def __init__(self, work: Workplace, *, own: bool = False) -> None:
        """Show the units; those right below the ledger's own are ticked, or its own."""
        super().__init__()
        self._work = work
        say = work.say
        self._units = units_of(work.session.units, work.period)
        self._levels = QComboBox()
        self._levels.setObjectName("batch.levels")
        self._levels.setAccessibleName(say("Units"))
        self._filter = QLineEdit()
        self._filter.setObjectName("batch.filter")
        self._filter.setPlaceholderText(say("Filter by name or code"))
        self._filter.setAccessibleName(say("Filter by name or code"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._tree = QTreeWidget()
        self._tree.setObjectName("batch.tree")
        self._tree.setAccessibleName(say("Units"))
        self._tree.setHeaderLabels([say("Name"), say("Code")])
        self._tree.setUniformRowHeights(True)
        self._count = parts.label("", "muted", wrap=False, name="batch.count")
        column = parts.column(self, spacing=8)
        column.addWidget(self._levels)
        column.addWidget(self._filter)
        column.addWidget(self._tree, 1)
        column.addWidget(self._count)
        self._fill()
        self._offer(own=own)
        self._tree.itemChanged.connect(lambda *_: self._told())
        self._levels.activated.connect(lambda _: self._choose())
        self._choose()

    @property
    def chosen(self) -> tuple[Unit, ...]:
        """The units that are ticked, in the ledger's order."""
        on = Qt.CheckState.Checked
        ticked = {
            item.data(0, CODE) for item in self._items() if item.checkState(0) == on
        }
        return tuple(unit for unit in self._units if unit.code in ticked)

    def _fill(self) -> None:
        items: dict[str, QTreeWidgetItem] = {}
        for unit in self._units:
            item = QTreeWidgetItem([unit.name_in(self._work.period), unit.code])
            item.setData(0, CODE, unit.code)
            item.setCheckState(0, Qt.CheckState.Unchecked)
            items[unit.code] = item
            above = items.get(unit.parent or "")
            if above is None:
                self._tree.addTopLevelItem(item)
            else:
                above.addChild(item)
        self._tree.expandToDepth(1)
        head = self._tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _offer(self, *, own: bool) -> None:
        """Offer whole levels; below the ledger's own unit is what is mostly wanted."""
        say = self._work.say
        names = {
            UnitLevel.PROVINCE: say("All provinces"),
            UnitLevel.PREFECTURE: say("All prefectures"),
            UnitLevel.COUNTY: say("All counties"),
            UnitLevel.TOWNSHIP: say("All townships and streets"),
            UnitLevel.VILLAGE: say("All villages and communities"),
        }
        self._levels.addItem(say("All units"), EVERY)
        for level, name in names.items():
            if any(unit.level is level for unit in self._units):
                self._levels.addItem(name, level.value)
        self._levels.addItem(say("None: I tick them myself"), "")
        first = self._units[:1] if own else self._units[1:2]
        start = self._levels.findData(first[0].level.value) if first else 0
        self._levels.setCurrentIndex(start)

    def _choose(self) -> None:
        """Tick the units of a level."""
        level = self._levels.currentData()
        units = units_of(self._units, self._work.period, level) if level else ()
        wanted = {unit.code for unit in units}
        with QSignalBlocker(self._tree):
            for item in self._items():
                on = item.data(0, CODE) in wanted
                state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
                item.setCheckState(0, state)
        self._told()

    def _told(self) -> None:
        say = self._work.say
        said = {"chosen": len(self.chosen), "count": len(self._units)}
        self._count.setText(say("{chosen} of {count} units are ticked.", **said))
        self.changed.emit()

    def _narrow(self, text: str) -> None:
        """Show the units that match, and those above them."""
        wanted = text.strip()
        shown: set[str] = set()
        for item in self._items():
            if wanted in item.text(0) or item.text(1).startswith(wanted):
                above: QTreeWidgetItem | None = item
                while above is not None:
                    shown.add(above.data(0, CODE))
                    above = above.parent()
        for item in self._items():
            item.setHidden(item.data(0, CODE) not in shown)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        walk = QTreeWidgetItemIterator(self._tree)
        while (item := walk.value()) is not None:
            yield item
            walk += 1
