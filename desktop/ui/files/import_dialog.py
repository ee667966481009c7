"""导入: a file is read, planned and shown before anything is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.files import importing
from desktop.app.files.importing import ImportWish
from desktop.core.messages import Message
from desktop.intake.action import summary
from desktop.intake.plan_values import ImportOptions
from desktop.store.records import Stale
from desktop.ui.files.import_columns import ImportColumns
from desktop.ui.files.import_lines import PlanLines
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.files.importing import ReadyImport
    from desktop.forms.model import Form
    from desktop.intake.table import Source
    from desktop.store.records import Answer
    from desktop.ui.workplace import Workplace

SHOWN = 2000
"""Lines of a list that are shown."""


class ImportDialog(QDialog):
    """Brings a foreign table into a form."""

    def __init__(self, work: Workplace, form: Form, parent: QWidget) -> None:
        """Ask for a file."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("import")
        self._work, self._form = work, form
        say = work.say
        self.setWindowTitle(say("Import into {form}", form=form.title))
        self._source: Source | None = None
        self._ready: ReadyImport | None = None
        self._asked = 0
        self._file = QLineEdit()
        self._sheet, self._column = QComboBox(), QComboBox()
        self._value = QComboBox()
        self._head = parts.label("", "heading", name="import.summary")
        self._said = parts.label("", "muted", name="import.notes")
        self._fault = parts.label("", "fault", name="import.fault")
        self._bar = QProgressBar()
        self._tabs = QTabWidget()
        self._columns = ImportColumns(work, form, self)
        self._columns.hide()
        self._columns.corrected.connect(self._plan)
        self._lay_out()
        self.resize(work.look.dialog(940))

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, margin=16, spacing=9)
        self._file.setObjectName("import.file")
        self._file.setPlaceholderText(say("An Excel workbook (.xlsx) or a .csv file"))
        self._file.setAccessibleName(self._file.placeholderText())
        self._file.returnPressed.connect(self.read)
        choose = parts.button(say("Choose…"), self._choose, name="import.choose")
        column.addLayout(parts.row(self._file, choose))
        column.addLayout(self._options())
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        for widget in (self._bar, self._fault, self._tabs):
            widget.hide()
        column.addWidget(self._bar)
        column.addWidget(self._fault)
        column.addWidget(self._head)
        column.addWidget(self._said)
        column.addWidget(self._tabs, 1)
        column.addStretch(0)
        self._apply = parts.button(
            say("Import"), self.apply, name="import.apply", primary=True
        )
        self._apply.setEnabled(False)
        self._apply.setAutoDefault(False)
        self._apply.setDefault(False)
        for keys in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter imports from the button only, never from the line with the file.
            take = QShortcut(QKeySequence(keys), self._apply, self._apply.click)
            take.setContext(Qt.ShortcutContext.WidgetShortcut)
        cancel = parts.button(say("Cancel"), self.reject, name="import.cancel")
        safe = parts.label(
            say("Nothing is changed before you press Import; undo takes it back."),
            "muted",
        )
        below = parts.row(safe, cancel, self._apply)
        below.setStretch(0, 1)
        column.addLayout(below)

    def _options(self) -> QHBoxLayout:
        say = self._work.say
        self._sheet.setObjectName("import.sheet")
        self._column.setObjectName("import.column")
        self._value.setObjectName("import.value")
        self._sheet.setAccessibleName(say("Sheet"))
        self._column.setAccessibleName(say("Only rows where"))
        self._value.setAccessibleName(say("Only rows where"))
        self._sheet.activated.connect(lambda _: self._begin())
        self._column.activated.connect(lambda _: self._offer_values())
        self._value.activated.connect(lambda _: self._plan())
        self._where = parts.label(say("Only rows where"), "muted", wrap=False)
        self._equals = parts.label("=", wrap=False)
        for widget in (self._sheet, self._column, self._value):
            widget.setMinimumWidth(120)
        row = parts.row(
            self._sheet, self._where, self._column, self._equals, self._value, None
        )
        self._show_options(sheets=0, columns=0)
        return row

    def _show_options(self, *, sheets: int, columns: int) -> None:
        self._sheet.setVisible(sheets > 1)
        for widget in (self._where, self._column, self._equals, self._value):
            widget.setVisible(columns > 0)

    # --- Reading -----------------------------------------------------------

    def _choose(self) -> None:
        say = self._work.say
        name, _ = QFileDialog.getOpenFileName(
            self, say("Import a table"), self._file.text(), say("Tables (*.xlsx *.csv)")
        )
        if name:
            self._file.setText(name)
            self.read()

    def begin_with(self, path: Path) -> None:
        """Read a file that was chosen elsewhere."""
        self._file.setText(str(path))
        self.read()

    def read(self) -> None:
        """Read the file in a process of its own."""
        path = Path(self._file.text().strip())
        reader = self._work.start.places.reader
        self._busy(on=True)
        task = Task(lambda _: importing.read_file(path, reader))
        self._work.bridge.when(task.result, self, self._have_read)

    def _have_read(self, source: Source | Message) -> None:
        self._busy(on=False)
        self._source, self._ready = None, None
        self._columns.forget()
        self._sheet.clear()
        if isinstance(source, Message):
            self._show_options(sheets=0, columns=0)
            self._complain(source)
            return
        self._source = source
        for table in source.tables:
            if table.rows:
                self._sheet.addItem(table.sheet, table.sheet)
        self._begin()

    def _begin(self) -> None:
        """Plan a sheet without conditions: its heads are not known yet."""
        self._column.clear()
        self._columns.forget()
        self._show_options(sheets=self._sheet.count(), columns=0)
        self._plan(first=True)

    def _wish(self) -> ImportWish:
        sheet = self._sheet.currentData()
        where = {}
        if self._column.currentIndex() > 0 and self._value.currentText():
            where = {self._column.currentText(): self._value.currentText()}
        return ImportWish(
            Path(self._file.text().strip()),
            self._form.id,
            sheet,
            heads=dict(self._columns.heads),
            options=ImportOptions(where=where),
        )

    def _plan(self, *, first: bool = False) -> None:
        """Plan what the file would do; the ledger is only read."""
        source, wish = self._source, self._wish()
        if source is None:
            return
        period = self._work.session.period
        self._busy(on=True)
        self._asked += 1
        this = self._asked

        def arrived(ready: ReadyImport | Message) -> None:
            if this == self._asked:
                self._show_plan(ready, first=first)

        self._work.bridge.ask(
            lambda ledger: importing.plan_file(ledger, period, source, wish),
            self,
            arrived,
        )

    # --- Showing -----------------------------------------------------------

    def _show_plan(self, ready: ReadyImport | Message, *, first: bool) -> None:
        self._busy(on=False)
        if isinstance(ready, Message):
            self._complain(ready)
            return
        self._ready = ready
        if first:
            self._offer_columns(ready)
        lines = PlanLines(self._work, self._form, ready)
        count = summary(ready.plan)
        self._head.setText(lines.headline(count))
        self._said.setText("　".join(lines.notes()))
        self._columns.show_matching(ready.plan.matching, ready.table)
        self._fill_tabs(lines)
        self._tabs.show()
        will = count.new + count.update
        say = self._work.say
        self._apply.setText(say("Import {count} rows", count=will))
        self._apply.setEnabled(will > 0 and self._work.writable)
        if first:
            self._tabs.setCurrentIndex(0)
            self._apply.setFocus()

    def _fill_tabs(self, lines: PlanLines) -> None:
        """Renew the lists; that of the columns stays, for the person may be in it."""
        tabs, columns = self._tabs, self._work.say("Columns")
        self._clear_tabs()
        place = 0
        for title, heads, rows in lines.tabs():
            name = f"{title}（{len(rows)}）"
            if title == columns:
                if tabs.indexOf(self._columns) < 0:
                    tabs.insertTab(place, self._columns, name)
            elif rows:
                tabs.insertTab(place, _table(heads, rows[:SHOWN]), name)
            else:
                continue
            place += 1

    def _clear_tabs(self) -> None:
        """Take away all lists but that of the columns."""
        for place in reversed(range(self._tabs.count())):
            page = self._tabs.widget(place)
            if page is not self._columns:
                self._tabs.removeTab(place)
                page.deleteLater()

    def _offer_columns(self, ready: ReadyImport) -> None:
        """Offer the heads of the table as conditions."""
        lines = PlanLines(self._work, self._form, ready)
        heads = lines.heads()
        self._column.clear()
        self._column.addItem(self._work.say("All rows"))
        self._column.addItems(heads)
        self._value.clear()
        self._show_options(sheets=self._sheet.count(), columns=len(heads))

    def _offer_values(self) -> None:
        """Offer what stands below a head."""
        self._value.clear()
        if self._column.currentIndex() > 0 and self._ready is not None:
            lines = PlanLines(self._work, self._form, self._ready)
            self._value.addItems(lines.values_of(self._column.currentText()))
        self._plan()

    def _complain(self, said: Message) -> None:
        self._fault.setText(self._work.say.message(said))
        self._fault.show()
        self._clear_tabs()
        self._tabs.setVisible(self._columns.count > 0)
        self._head.setText("")
        self._said.setText("")
        self._apply.setEnabled(False)

    def _busy(self, *, on: bool) -> None:
        self._bar.setVisible(on)
        if on:
            self._fault.hide()
            self._apply.setEnabled(False)

    # --- Doing -------------------------------------------------------------

    def apply(self) -> None:
        """Take the rows in, as one action."""
        if self._ready is None:
            return
        work = self._work
        action = importing.import_action(
            self._ready, self._form, work.say, work.start.person.new_id
        )
        self._busy(on=True)
        future = work.session.apply(action)
        work.bridge.when(future, self, self._applied, self._not_applied)

    def _applied(self, answer: Answer) -> None:
        """Close, unless the ledger has moved on since: then show the plan anew."""
        if isinstance(answer, Stale):
            self._plan()
        else:
            self.accept()

    def _not_applied(self, error: BaseException) -> None:
        self._busy(on=False)
        self._apply.setEnabled(True)
        self._work.bridge.pass_on(error)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QTreeWidget:
    table = QTreeWidget()
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setHeaderLabels(list(heads))
    table.addTopLevelItems([QTreeWidgetItem(list(row)) for row in rows])
    for number in range(len(heads) - 1):
        table.resizeColumnToContents(number)
        table.setColumnWidth(number, min(table.columnWidth(number) + 8, 320))
    return table
