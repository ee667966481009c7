"""填写官方表样: the authority's own workbook, filled for one unit or for many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final
from typing import TypeAlias
from typing import TypeVar

from PySide6.QtCore import QDate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDateEdit
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.templates.filling import Template
from desktop.app.templates.filling import contents_of
from desktop.app.templates.filling import read_template
from desktop.app.templates.many import Filling
from desktop.app.templates.many import fill_units
from desktop.app.templates.matching import Foreseen
from desktop.app.templates.matching import Matched
from desktop.app.templates.matching import Origin
from desktop.app.templates.matching import foresee
from desktop.app.templates.matching import match
from desktop.core.messages import Message
from desktop.ui.files.batch_progress import BatchWindow
from desktop.ui.files.batch_units import BatchUnits
from desktop.ui.files.template_preview import TemplatePreview
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.progress import Steps
    from desktop.app.templates.pages import Contents
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace

T = TypeVar("T")
Taken: TypeAlias = "tuple[Template | None, Matched | Message | tuple[Message, ...]]"
"""A template and the form it is for, or why not."""

FOLDER: Final = "template.folder"
FILE: Final = "template.file"


class TemplateDialog(BatchWindow):
    """Asks for the template, shows what goes where, and fills it."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Wait for a file."""
        super().__init__(work, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("template")
        self._work = work
        self._template: Template | None = None
        self._matched: Matched | None = None
        self._foreseen = Foreseen()
        self._asked = 0
        """Counts questions: an answer to an old one is passed over."""
        say = work.say
        self.setWindowTitle(say("Fill an official template"))
        self._units = BatchUnits(work, own=True)
        self._file, self._folder = QLineEdit(), QLineEdit()
        self._forms, self._ways = QComboBox(), QComboBox()
        self._day = QDateEdit()
        self._signers = QLineEdit()
        self._preview = TemplatePreview(work)
        self._start = parts.button(
            say("Fill"), self.start, name="template.start", primary=True
        )
        self._pages = QStackedWidget()
        self._lay_out()
        self._forms.activated.connect(lambda _: self._match())
        self._ways.activated.connect(lambda _: self._match())
        self._units.changed.connect(self._foresee)
        self._folder.textChanged.connect(lambda _: self._refresh())
        self.progress.back.connect(lambda: self._pages.setCurrentIndex(0))
        self._refresh()
        self.resize(work.look.dialog(tokens.SCREEN_WIDTH))

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        say = self._work.say
        side = QWidget()
        right = parts.column(side, spacing=8)
        right.addLayout(self._choices())
        right.addWidget(self._preview, 1)
        right.addLayout(self._where())
        self._units.setFixedWidth(self._work.look.px(300))
        columns = parts.row(self._units, side, spacing=18)
        columns.setStretch(1, 1)
        choosing = QWidget()
        column = parts.column(choosing, spacing=10)
        column.addLayout(columns, 1)
        close = parts.button(say("Close"), self.reject, name="template.close")
        column.addLayout(parts.row(None, close, self._start))
        self._pages.addWidget(choosing)
        self._pages.addWidget(self.progress)
        parts.column(self, margin=16).addWidget(self._pages)

    def _choices(self) -> QFormLayout:
        say = self._work.say
        self._file.setObjectName(FILE)
        self._file.setAccessibleName(say("Template"))
        self._file.setReadOnly(True)
        self._file.setPlaceholderText(
            say("The .xlsx file that the authority has handed out")
        )
        choose = parts.button(say("Choose…"), self._choose, name="template.choose")
        for box, name, title in (
            (self._forms, "template.form", say("Form")),
            (self._ways, "template.way", say("Layout")),
        ):
            box.setObjectName(name)
            box.setAccessibleName(title)
            box.setEnabled(False)
        for each in self._work.pack.forms:
            self._forms.addItem(each.title, each)
        self._ways.addItem(say("As the reporting system says"), False)
        self._ways.addItem(say("Found by the labels"), True)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.addRow(say("Template"), parts.row(self._file, choose))
        row = parts.row(self._forms, self._ways)
        row.setStretch(0, 1)
        form.addRow(say("Form"), row)
        return form

    def _where(self) -> QFormLayout:
        say = self._work.say
        today = self._work.session.person.clock().date()
        self._day.setObjectName("template.day")
        self._day.setAccessibleName(say("Day of reporting"))
        self._day.lineEdit().setAccessibleName(say("Day of reporting"))
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.setDate(QDate(today.year, today.month, today.day))
        self._signers.setObjectName("template.signers")
        self._signers.setAccessibleName(say("Who signs"))
        self._signers.setPlaceholderText(say("Left to be signed by hand"))
        kept = self._work.habits.now.layout.get(FOLDER, "")
        here = str(self._work.session.path.parent / say("Official templates"))
        self._folder.setObjectName(FOLDER)
        self._folder.setAccessibleName(say("Folder"))
        self._folder.setText(kept or here)
        folder = parts.button(say("Choose…"), self._ask_folder, name="template.to")
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        told = parts.label(say("Who signs"), "muted", wrap=False)
        form.addRow(say("Day of reporting"), parts.row(self._day, told, self._signers))
        form.addRow(say("Folder"), parts.row(self._folder, folder))
        return form

    # --- Choosing ----------------------------------------------------------

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self._work.say("Template"),
            str(self._work.session.path.parent),
            "Excel (*.xlsx)",
        )
        if path:
            self.take(Path(path))

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self._work.say("Folder"), self._folder.text()
        )
        if folder:
            self._folder.setText(folder)

    def take(self, path: Path) -> None:
        """Examine a template and find the form it is for."""
        self._template = self._matched = None
        self._file.setText(str(path))
        pack = self._work.pack

        def read(_: object) -> Taken:
            template = read_template(path)
            if isinstance(template, tuple):
                return None, template
            return template, match(pack, template)

        self._ask(Task(read), self._taken)

    def _taken(self, found: Taken) -> None:
        self._template, answer = found
        if isinstance(answer, tuple):
            self._show(Foreseen(faults=answer))
        else:
            self._take_match(answer)

    def _match(self) -> None:
        """Go by the form and the way that were chosen."""
        template, pack = self._template, self._work.pack
        form, anew = self._forms.currentData(), bool(self._ways.currentData())
        if template is not None:
            self._matched = None
            task = Task(lambda _: match(pack, template, form, propose_anew=anew))
            self._ask(task, self._take_match)

    def _take_match(self, matched: Matched | Message) -> None:
        if isinstance(matched, Message):
            self._show(Foreseen(faults=(matched,)))
            return
        self._matched = matched
        forms = [form.id for form in self._work.pack.forms]
        self._forms.setCurrentIndex(forms.index(matched.form.id))
        self._ways.setCurrentIndex(int(matched.origin is Origin.PROPOSED))
        self._foresee()

    def _foresee(self) -> None:
        """Show what would go where for the first of the units."""
        template, matched, units = self._template, self._matched, self._units.chosen
        if template is None or matched is None or not units:
            self._refresh()
            return
        asked = self._filling(template, matched).asked(units[0])
        period = self._work.session.period

        def read(ledger: Ledger) -> Steps[Contents]:
            return contents_of(ledger, period, asked)

        def done(contents: Contents) -> None:
            task = Task(lambda _: foresee(matched, template, contents))
            self._ask(task, self._show)

        run = self._work.session.thread.start(read)
        self._work.bridge.when(run.result, self, done)

    def _ask(self, task: Task[T], slot: Callable[[T], None]) -> None:
        """Hand an answer on, unless something else has been asked since."""
        self._asked += 1
        number = self._asked

        def answer(found: T) -> None:
            if number == self._asked:
                slot(found)

        self._work.bridge.when(task.result, self, answer)

    def _filling(self, template: Template, matched: Matched) -> Filling:
        day = self._day.date()
        today = self._work.session.person.clock().date()
        return Filling(
            template=template,
            matched=matched,
            period=self._work.session.period,
            units=self._units.chosen,
            folder=Path(self._folder.text().strip()),
            signers=self._named(matched),
            day=today.replace(day.year(), day.month(), day.day()),
        )

    def _named(self, matched: Matched) -> dict[str, str]:
        """Read who signs: `填表人=张三；负责人=李四`."""
        pairs = self._signers.text().replace("；", ";").replace("＝", "=").split(";")
        given = {
            label.strip(): name.strip()
            for label, _, name in (pair.partition("=") for pair in pairs)
        }
        return {label: given[label] for label in matched.signers if given.get(label)}

    def _show(self, foreseen: Foreseen) -> None:
        self._foreseen = foreseen
        self._preview.show_what(self._matched, foreseen)
        self._refresh()

    def _refresh(self) -> None:
        known = self._template is not None
        self._forms.setEnabled(known)
        self._ways.setEnabled(known)
        fits = self._matched is not None and not self._foreseen.faults
        self._start.setEnabled(
            fits and bool(self._units.chosen and self._folder.text().strip())
        )

    # --- Filling -----------------------------------------------------------

    def start(self) -> None:
        """Fill the template for the units."""
        if self._template is None or self._matched is None:
            return
        filling = self._filling(self._template, self._matched)
        habits = self._work.habits
        habits.keep(habits.now.arranged(FOLDER, self._folder.text().strip()))
        self._pages.setCurrentWidget(self.progress)
        self.progress.start(
            lambda reading, watch: fill_units(filling, reading, watch), filling.folder
        )
