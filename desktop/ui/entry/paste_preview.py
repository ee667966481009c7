"""Shows what a paste or a replacement would do before anything is done, and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QWidget

from desktop.app.commands import mark
from desktop.app.entry.reading import name_of
from desktop.core.frozen import frozen
from desktop.forms.entry import format_cell
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from desktop.app.entry.pasting import BlockPlan
    from desktop.app.entry.pasting import Edit
    from desktop.app.entry.pasting import Refused
    from desktop.core.cells import Cell
    from desktop.forms.model import Form
    from desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
EMPTY: Final = "—"
"""Stands where a cell holds nothing."""


@frozen
class Wording:
    """The msgids that tell a paste from a replacement."""

    title: str
    can: str
    after: str
    fitting: str


PASTING: Final = Wording(
    title=mark("Look before pasting"),
    can=mark("{count} cells can be pasted."),
    after=mark("After pasting"),
    fitting=mark("Paste only what fits"),
)
REPLACING: Final = Wording(
    title=mark("Look before replacing"),
    can=mark("{count} cells can be replaced."),
    after=mark("After replacing"),
    fitting=mark("Replace only what fits"),
)


class Lines(QAbstractTableModel):
    """Lines of text made when they are looked at: there may be 10,000 of them."""

    def __init__(
        self,
        heads: Sequence[str],
        count: int,
        line: Callable[[int], Sequence[str]],
        parent: QWidget,
    ) -> None:
        """Take the titles of the columns, and what writes a line."""
        super().__init__(parent)
        self._heads = heads
        self._count = count
        self._line = line

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the lines."""
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Give a text; in full as a tool tip."""
        if index.isValid() and role in (Role.DisplayRole, Role.ToolTipRole):
            return self._line(index.row())[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Give the title of a column."""
        if role == Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None


class PastePreview(QDialog):
    """What fits, what does not and why, and what has no record yet."""

    fitting = Signal()
    """Do what fits, and nothing else."""
    adding = Signal()
    """Paste what fits, and add records for the rows below the last."""

    def __init__(
        self,
        work: Workplace,
        plan: BlockPlan,
        parent: QWidget,
        wording: Wording = PASTING,
    ) -> None:
        """Show a plan; nothing has been changed yet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("paste")
        self._work = work
        self._say = say = work.say
        self._plan, self._wording = plan, wording
        self._form: Form = work.form(work.desk.place.form)
        self._units = {code: unit.name for code, unit in work.unit_by_code.items()}
        self.setWindowTitle(say(wording.title))
        column = parts.column(self, margin=16, spacing=10)
        column.addWidget(parts.label(self._summary(), name="paste.summary"))
        column.addWidget(self._tabs(), 1)
        column.addLayout(parts.row(None, *self._buttons()))
        width, height = tokens.DIALOG_WIDTH, tokens.DIALOG_HEIGHT - 88
        self.resize(work.look.px(width), min(work.look.px(height), 548))

    def _summary(self) -> str:
        say, plan = self._say, self._plan
        said = [
            say("Nothing has been changed yet."),
            say(self._wording.can, count=len(plan.edits)),
        ]
        if plan.refused:
            text = say("{count} do not fit and would stay.", count=len(plan.refused))
            said.append(text)
        if plan.surplus:
            text = say(
                "{count} rows go beyond the last record.", count=len(plan.surplus)
            )
            said.append(text)
        return "".join(said)

    # --- Lists ---------------------------------------------------------------

    def _tabs(self) -> QTabWidget:
        say, plan = self._say, self._plan
        place = [say("Row"), say("Record"), say("Item")]
        tabs = QTabWidget()
        tabs.setObjectName("paste.tabs")
        tabs.setAccessibleName(self.windowTitle())
        if count := len(plan.refused):
            lines = Lines([*place, say("Text"), say("Why")], count, self._no, tabs)
            table = self._table("paste.refused", lines)
            tabs.addTab(table, say("Does not fit ({count})", count=count))
        if count := len(plan.surplus):
            lines = Lines([say("No."), say("New record")], count, self._new, tabs)
            table = self._table("paste.surplus", lines)
            tabs.addTab(table, say("New records ({count})", count=count))
        if count := len(plan.edits):
            heads = [*place, say("Now"), say(self._wording.after)]
            lines = Lines(heads, count, self._yes, tabs)
            table = self._table("paste.edits", lines)
            tabs.addTab(table, say("Would change ({count})", count=count))
        return tabs

    def _table(self, name: str, lines: Lines) -> QTableView:
        table = QTableView()
        table.setObjectName(name)
        table.setAccessibleName(self.windowTitle())
        table.setModel(lines)
        table.verticalHeader().hide()
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        header, px = table.horizontalHeader(), self._work.look.px
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.verticalHeader().setDefaultSectionSize(px(tokens.ROW_HEIGHT - 4))
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in enumerate((48, 180, 124, 92)[: lines.columnCount() - 1]):
            table.setColumnWidth(column, px(width))
        return table

    def _no(self, line: int) -> Sequence[str]:
        refused: Refused = self._plan.refused[line]
        title = EMPTY if refused.field is None else refused.field.title
        why = self._say.message(refused.why)
        record = refused.record
        name = EMPTY if record is None else name_of(self._form, record, self._units)
        return (str(refused.row + 1), name, title, refused.text, why)

    def _yes(self, line: int) -> Sequence[str]:
        edit: Edit = self._plan.edits[line]
        name = name_of(self._form, edit.record, self._units)
        before, after = (
            format_cell(edit.field, cell) or EMPTY for cell in (edit.before, edit.after)
        )
        return (str(edit.row + 1), name, edit.field.title, before, after)

    def _new(self, line: int) -> Sequence[str]:
        fields = self._form.by_id
        cells: Sequence[tuple[str, Cell]] = self._plan.surplus[line]
        texts = (
            f"{fields[field].title}：{format_cell(fields[field], cell)}"
            for field, cell in cells
        )
        return (str(line + 1), "  ".join(texts))

    # --- Deciding ------------------------------------------------------------

    def _buttons(self) -> list[QWidget]:
        say, plan = self._say, self._plan
        made: list[QWidget] = [
            parts.button(say("Cancel"), self.reject, name="paste.cancel")
        ]
        if plan.edits:
            made.append(
                parts.button(
                    say(self._wording.fitting),
                    self._fit,
                    name="paste.fitting",
                    primary=not plan.surplus,
                )
            )
        if plan.surplus:
            made.append(
                parts.button(
                    say("Add {count} new records", count=len(plan.surplus)),
                    self._add,
                    name="paste.adding",
                    primary=True,
                )
            )
        return made

    def _fit(self) -> None:
        self.accept()
        self.fitting.emit()

    def _add(self) -> None:
        self.accept()
        self.adding.emit()
