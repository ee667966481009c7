"""The ledger's units: 新增, 更名, 划转, 撤并, and lists taken over from a table."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem

from desktop.app.background import Task
from desktop.app.files.importing import read_file
from desktop.app.ledgers.unit_list import plan_unit_list
from desktop.app.ledgers.unit_list import plan_words
from desktop.app.ledgers.unit_list import refused_lines
from desktop.app.ledgers.unit_list import unit_list_action
from desktop.core.messages import Message
from desktop.core.unit import statistics_code
from desktop.ui.ledgers.unit_edit import UnitEdit
from desktop.ui.ledgers.unit_edit import Verb
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.app.ledgers.unit_list import UnitListPlan
    from desktop.core.changes import Action
    from desktop.core.unit import Unit
    from desktop.intake.table import Source
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

CODE: Final = Qt.ItemDataRole.UserRole
SHOWN_ROWS: Final = 8
"""Rows of a list that could not be taken are named up to this many."""


class UnitsDialog(QDialog):
    """A tree of the units, and what can be done to the one that is chosen."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Show the units of the ledger."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("units")
        self._work = work
        self._list: Source | None = None
        say = work.say
        self.setWindowTitle(say("Units"))
        self._filter = QLineEdit()
        self._filter.setObjectName("units.filter")
        self._filter.setPlaceholderText(say("Filter by name or code"))
        self._filter.setAccessibleName(say("Filter by name or code"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._tree = QTreeWidget()
        self._tree.setObjectName("units.tree")
        self._tree.setAccessibleName(say("Units"))
        self._tree.setHeaderLabels([say("Name"), say("Code"), say("Remarks")])
        self._tree.setUniformRowHeights(True)
        self._tree.currentItemChanged.connect(lambda *_: self._choose())
        self._edit = UnitEdit(work, self)
        self._edit.wanted.connect(self._do)
        self._said = parts.label("", "muted", name="units.said")
        self._lay_out()
        work.bridge.units_changed.connect(self._fill)
        work.bridge.period_changed.connect(self._fill)
        self._fill()
        self.resize(work.look.dialog(900))
        self._filter.setFocus()

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=16, spacing=10)
        from_period = say(
            "What you change holds from {period} on; earlier periods keep what was.",
            period=self._work.session.period.title,
        )
        column.addWidget(parts.label(from_period, "muted"))
        verbs = (
            (Verb.ADD, say("Add below…")),
            (Verb.RENAME, say("Rename…")),
            (Verb.MOVE, say("Put under another…")),
            (Verb.MERGE, say("Merge into another…")),
            (Verb.DESCRIBE, say("Statistics code…")),
        )
        self._verbs = [
            parts.button(text, self._begin(verb), name=f"units.{verb.value}")
            for verb, text in verbs
        ]
        take = parts.button(say("Take over a list…"), self._ask, name="units.list")
        column.addLayout(parts.row(*self._verbs, None, take))
        column.addWidget(self._filter)
        column.addWidget(self._tree, 1)
        column.addWidget(self._edit)
        column.addWidget(self._said)
        self._take = parts.button(say("Take over"), self._take_list, name="units.take")
        self._take.hide()
        close = parts.button(say("Close"), self.accept, name="units.close")
        column.addLayout(parts.row(None, self._take, close))
        for button in (*self._verbs, take):
            button.setEnabled(self._work.writable)

    @property
    def unit(self) -> Unit | None:
        """The unit that is chosen."""
        item = self._tree.selectedItems()
        return self._work.unit(item[0].data(0, CODE)) if item else None

    # --- The tree ----------------------------------------------------------

    def _fill(self) -> None:
        """Show the units as they are now, and the one chosen before."""
        chosen = self.unit
        self._tree.clear()
        units = self._work.session.units
        items = {str(unit.code): self._item(unit) for unit in units}
        for unit in units:
            above = items.get(str(unit.parent))
            if above is None:
                self._tree.addTopLevelItem(items[unit.code])
            else:
                above.addChild(items[unit.code])
        self._tree.expandToDepth(0)
        for place, width in enumerate((360, 150)):
            self._tree.setColumnWidth(place, width)
        again = chosen.code if chosen is not None else units[0].code
        self._tree.setCurrentItem(items[again])
        self._narrow(self._filter.text())

    def _item(self, unit: Unit) -> QTreeWidgetItem:
        say, period = self._work.say, self._work.period
        remarks = []
        if unit.virtual:
            remarks.append(say("no administrative division"))
        if not unit.exists_in(period):
            ended, comes = unit.until, unit.since
            remarks.append(
                say("until {period}", period=ended)
                if ended
                else say("from {period} on", period=comes)
            )
        remarks += (
            say("{name} until {period}", name=past.name, period=past.until)
            for past in unit.former
            if past.name != unit.name
        )
        if unit.statistics_code not in ("", statistics_code(unit.code)):
            remarks.append(say("statistics: {code}", code=unit.statistics_code))
        item = QTreeWidgetItem([unit.name, unit.code, "；".join(remarks)])
        item.setData(0, CODE, str(unit.code))
        if not unit.exists_in(period):
            item.setForeground(0, self.palette().placeholderText())
        return item

    def _narrow(self, text: str) -> None:
        """Show what the filter finds, with what is above it."""
        for place in range(self._tree.topLevelItemCount()):
            self._show_if(self._tree.topLevelItem(place), text.strip())

    def _show_if(self, item: QTreeWidgetItem, text: str) -> bool:
        inside = [
            self._show_if(item.child(place), text) for place in range(item.childCount())
        ]
        found = any(inside) or text in item.text(0) or text in item.text(1)
        item.setHidden(not found)
        if text and any(inside):
            item.setExpanded(True)
        return found

    # --- What is done ------------------------------------------------------

    def _choose(self) -> None:
        self._edit.end()
        unit = self.unit
        root = self._work.session.root
        for button in self._verbs:
            apart = button.objectName() in {"units.move", "units.merge"}
            able = unit is not None and not (apart and unit.code == root.code)
            button.setEnabled(able and self._work.writable)

    def _begin(self, verb: Verb) -> Callable[[], None]:
        def begin() -> None:
            unit = self.unit
            if unit is not None:
                self._tell("")
                self._edit.begin(verb, unit)

        return begin

    def _do(self, work: Callable[[Ledger], Action | Message]) -> None:
        self._work.bridge.ask(work, self, self._carry_out)

    def _carry_out(self, found: Action | Message) -> None:
        if isinstance(found, Message):
            self._tell(self._work.say.message(found), fault=True)
            return
        self._edit.end()
        self._work.bridge.watch(self._work.session.apply(found))
        done = self._work.say("{done}. Undo takes it back.", done=self._title(found))
        self._tell(done)

    def _title(self, action: Action) -> str:
        return self._work.say.message(action.title)

    def _tell(self, text: str, *, fault: bool = False) -> None:
        parts.set_role(self._said, "fault" if fault else "muted")
        self._said.setText(text)
        self._take.hide()

    # --- Lists -------------------------------------------------------------

    def _ask(self) -> None:
        say = self._work.say
        name, _ = QFileDialog.getOpenFileName(
            self, say("Take over a list…"), "", say("Tables") + " (*.xlsx *.csv)"
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a table of units beside the main thread, then plan."""
        reader = self._work.start.places.reader
        self._tell(self._work.say("Reading {file}…", file=path.name))
        task = Task(lambda _: read_file(path, reader))
        self._work.bridge.courier.when(task.result, self, self._plan)

    def _plan(self, source: Source | Message) -> None:
        if isinstance(source, Message):
            self._tell(self._work.say.message(source), fault=True)
            return
        period = self._work.session.period
        self._work.bridge.ask(
            lambda ledger: plan_unit_list(ledger, source, period),
            self,
            lambda plan: self._show_plan(source, plan),
        )

    def _show_plan(self, source: Source, plan: UnitListPlan | Message) -> None:
        say = self._work.say
        if isinstance(plan, Message):
            self._tell(say.message(plan), fault=True)
            return
        refused = islice(refused_lines(say, plan), SHOWN_ROWS)
        self._tell("\n".join((plan_words(say, plan), *refused)))
        self._list = source
        self._take.setVisible(bool(plan.changes))

    def _take_list(self) -> None:
        """Carry out the plan, made anew in case the ledger moved on meanwhile."""
        source = self._list
        if source is None:
            return
        period = self._work.session.period

        def work(ledger: Ledger) -> Action | Message:
            plan = plan_unit_list(ledger, source, period)
            return plan if isinstance(plan, Message) else unit_list_action(ledger, plan)

        self._do(work)
