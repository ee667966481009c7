"""汇总: figures by unit, down to the records they come from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QWidget

from desktop.app.entry.blocks import to_text
from desktop.app.figures.rolling import rolled
from desktop.core.rounding import Scale
from desktop.export.building.rollup import Printing
from desktop.export.building.rollup import notes_of
from desktop.export.building.rollup import rolled_sheet
from desktop.indicators.rolled import Breadth
from desktop.indicators.rolled import Extent
from desktop.store.records import View
from desktop.ui.desk import Place
from desktop.ui.indicators.rollup_model import LevelsModel
from desktop.ui.indicators.rollup_model import LevelTable
from desktop.ui.indicators.rollup_model import form_table
from desktop.ui.indicators.rollup_model import path_to
from desktop.ui.look import parts
from desktop.ui.table_dialog import TableDialog

if TYPE_CHECKING:
    from desktop.core.findings import RecordId
    from desktop.core.unit import Unit
    from desktop.indicators.rolled import Rolled
    from desktop.store.ledger import Ledger
    from desktop.ui.indicators.rollup_model import LevelLine
    from desktop.ui.workplace import Workplace

FIRST_WIDTH: Final = 190
WIDEST: Final = 220
NOTES_HEIGHT: Final = 84
AT_ONCE: Final = 500
"""Records looked through in one go for the first of a unit's own."""


class LevelsDialog(TableDialog):
    """A table by unit with the way up and down; kinds of figures build on it."""

    def __init__(self, work: Workplace, parent: QWidget, name: str) -> None:
        """Begin at the ledger's own unit."""
        super().__init__(work, parent, name, work.say("Figures by unit"))
        self.root: Unit = work.session.root
        self.model = LevelsModel(self)
        self.tools = QHBoxLayout()
        self._path = QHBoxLayout()
        self._notes = parts.label("", "muted", name=f"{name}.notes")
        self._lay_out()
        self.resize(work.look.dialog(1040))

    def ask(self) -> None:
        """Compute the table of the present unit."""
        raise NotImplementedError

    def form_of_records(self) -> str | None:
        """Name the form whose records the figures come from."""
        raise NotImplementedError

    def _lay_out(self) -> None:
        column = parts.column(self, margin=16, spacing=10)
        column.addLayout(self.tools)
        column.addLayout(self._path)
        self.table.setModel(self.model)
        self.table.activated.connect(self._activated)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        say = self.work.say
        hint = say(
            "Double-click a unit to go a level down; on the lowest level, its records."
        )
        column.addWidget(parts.label(hint, "faint"))
        notes = QScrollArea()
        notes.setAccessibleName(say("Notes"))
        notes.setWidgetResizable(True)
        notes.setMaximumHeight(NOTES_HEIGHT)
        notes.setFrameShape(QScrollArea.Shape.NoFrame)
        self._notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        notes.setWidget(self._notes)
        column.addWidget(notes)
        column.addLayout(self.foot())

    def take(self, table: LevelTable) -> None:
        """Show a table that has been computed."""
        self.model.show_table(table)
        self._notes.setText("\n".join(table.notes))
        self.table.resizeColumnsToContents()
        for column in range(len(table.heads)):
            width = min(self.table.columnWidth(column), WIDEST)
            self.table.setColumnWidth(column, width if column else FIRST_WIDTH)
        self.table.selectRow(0)

    def go(self, code: str) -> None:
        """Go to a unit."""
        found = self.work.unit(code)
        if found is not None:
            self.root = found
            self.begin()

    def begin(self) -> None:
        """Show where one is, and ask for its figures."""
        self.told.hide()
        parts.empty(self._path)
        for unit in path_to(self.work.session.units, self.root.code):
            step = parts.button(
                f"{unit.name} ›",
                partial(self.go, str(unit.code)),
                name=f"{self.objectName()}.path.{unit.code}",
                link=True,
            )
            step.setEnabled(unit.code != self.root.code)
            self._path.addWidget(step)
        self._path.addStretch(1)
        self.ask()

    def text(self) -> str:
        """Give the whole table, heads and all."""
        table = self.model.table
        heads = [head.replace("\n", "") for head in table.heads]
        block = [heads, *(list(line.texts) for line in table.lines)]
        return to_text(block) if table.lines else ""

    def _activated(self, index: QModelIndex) -> None:
        """Go a step down; where there is none, to the records."""
        line = self.model.table.lines[index.row()]
        if line.total:
            return
        below = any(unit.parent == line.unit for unit in self.work.session.units)
        if below and not line.own:
            self.go(line.unit)
        else:
            self._seek(line)

    def _seek(self, line: LevelLine) -> None:
        form, period = self.form_of_records(), self.work.period
        if form is None:
            return

        def first(ledger: Ledger) -> RecordId | None:
            ids = ledger.ids(form, period, View(unit=line.unit))
            for start in range(0, len(ids), AT_ONCE):
                for row in ledger.rows(form, ids[start : start + AT_ONCE]):
                    if row.unit == line.unit:
                        return row.id
            return None

        self.work.bridge.ask(first, self, partial(self._found, form))

    def _found(self, form: str, record: RecordId | None) -> None:
        if record is None:
            self.tell(self.work.say("There is no record of its own here."))
            return
        self.accept()
        self.work.desk.seek(Place(form, record))


class RollupDialog(LevelsDialog):
    """A form added up by unit: 节点汇总 and 完全汇总, printed in a scale."""

    def __init__(self, work: Workplace, form: str, parent: QWidget) -> None:
        """Add up the form before the person."""
        super().__init__(work, parent, "rollup")
        say = work.say
        self.setWindowTitle(say("Roll-up by unit"))
        self._forms, self._breadth, self._scale = QComboBox(), QComboBox(), QComboBox()
        for each in work.pack.forms:
            self._forms.addItem(each.title, each.id)
        self._forms.setCurrentIndex(self._forms.findData(form))
        self._breadth.addItem(say("Everything below"), Breadth.FULL)
        self._breadth.addItem(say("Directly below only"), Breadth.NODE)
        for scale in Scale:
            self._scale.addItem(scale.value, scale)
        self._whole: Rolled | None = None
        for box, name, title in (
            (self._forms, "rollup.form", say("Form")),
            (self._breadth, "rollup.breadth", say("What is added up")),
            (self._scale, "rollup.scale", say("Print in")),
        ):
            box.setObjectName(name)
            box.setAccessibleName(title)
            self.tools.addWidget(parts.label(title, "muted", wrap=False))
            self.tools.addWidget(box)
        self.tools.addStretch(1)
        self._forms.currentIndexChanged.connect(lambda _: self.ask())
        self._breadth.currentIndexChanged.connect(lambda _: self.ask())
        self._scale.currentIndexChanged.connect(lambda _: self._show())
        self.begin()

    def form_of_records(self) -> str:
        """Name the form that is added up."""
        return str(self._forms.currentData())

    def ask(self) -> None:
        """Add the form up for the present unit; what was asked before is dropped."""
        session, form = self.work.session, self.form_of_records()
        extent = Extent(self.root, self._breadth.currentData())
        compiled, period = session.compiled, session.period
        self.compute(
            lambda ledger: rolled(ledger, compiled, form, period, extent),
            self._computed,
        )

    def _computed(self, whole: Rolled) -> None:
        self._whole = whole
        self._show()

    def _show(self) -> None:
        if self._whole is not None:
            sheet = rolled_sheet(self._whole, Printing(self._scale.currentData()))
            self.take(form_table(self.work.say, sheet, notes_of(sheet)))
