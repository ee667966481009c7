"""Last step to a new ledger: bring last year's data in, or begin without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QRadioButton
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from desktop.app.ledgers.bringing_in import Receiver
from desktop.forms.model import Roster
from desktop.ui.ledgers.bring_in_panel import BringInPanel
from desktop.ui.ledgers.new_ledger_step import Step
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.ledgers.bringing_in import BringPlan
    from desktop.core.period import Period
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack
    from desktop.ui.courier import Courier
    from desktop.ui.workplace import UiStart


@dataclass(frozen=True, slots=True)
class TableToImport:
    """A table whose import is to be opened once the ledger is there."""

    form: str
    path: Path


class BringStep(Step):
    """Nothing, another ledger file, or a table of last year's roster."""

    def __init__(self, start: UiStart, courier: Courier) -> None:
        """Offer to begin without; that is what Enter takes."""
        super().__init__()
        self._say = say = start.say
        self.ways = {
            "none": QRadioButton(say("Begin without last year's data")),
            "ledger": QRadioButton(say("From last year's ledger file")),
            "table": QRadioButton(say("From an Excel or CSV list")),
        }
        self._group = QButtonGroup(self)
        self.panel = BringInPanel(start, courier)
        self.panel.changed.connect(self.changed)
        self.form = QComboBox()
        self.table = QLineEdit()
        self._pages = QStackedWidget()
        for page in (self._none(), self.panel, self._table()):
            self._pages.addWidget(page)
        column = parts.column(self, spacing=8)
        question = say("Is there data of the year before?")
        column.addWidget(parts.label(question, "heading"))
        for place, (name, way) in enumerate(self.ways.items()):
            way.setObjectName(f"new.bring.{name}")
            self._group.addButton(way, place)
            column.addWidget(way)
        column.addWidget(self._pages, 1)
        self._group.idToggled.connect(self._turned)
        self.ways["none"].setChecked(True)

    def _none(self) -> QWidget:
        page = QWidget()
        column = parts.column(page, margin=8)
        told = self._say(
            "You can bring it in later, too: File › Bring in last year's ledger."
        )
        column.addWidget(parts.label(told, "muted"))
        column.addStretch(1)
        return page

    def _table(self) -> QWidget:
        say = self._say
        self.table.setObjectName("new.bring.path")
        self.table.setPlaceholderText(say("An Excel workbook (.xlsx) or a .csv file"))
        self.table.setAccessibleName(self.table.placeholderText())
        self.table.textChanged.connect(lambda _: self.changed.emit())
        self.form.setObjectName("new.bring.form")
        self.form.setAccessibleName(say("Into the form"))
        choose = parts.button(say("Choose…"), self._choose, name="new.bring.choose")
        page = QWidget()
        column = parts.column(page, spacing=8)
        column.addLayout(parts.row(self.table, choose))
        into = parts.label(say("Into the form"), wrap=False)
        column.addLayout(parts.row(into, self.form, None))
        told = say(
            "The import opens when the ledger is there, and shows what would come "
            "before anything is taken in. The list begins this period's roster; leave "
            "out the columns with last year's figures."
        )
        column.addWidget(parts.label(told, "muted"))
        column.addStretch(1)
        return page

    @property
    def ready(self) -> bool:
        """Whether what was chosen can be done."""
        match self._group.checkedId():
            case 1:
                return self.plan is not None
            case 2:
                return self.to_import is not None
            case _:
                return True

    @property
    def plan(self) -> BringPlan | None:
        """What another ledger brings, if that was chosen."""
        return self.panel.plan if self.ways["ledger"].isChecked() else None

    @property
    def to_import(self) -> TableToImport | None:
        """The table to import, if that was chosen and is there."""
        name, form = self.table.text().strip(), self.form.currentData()
        if not self.ways["table"].isChecked() or form is None:
            return None
        path = Path(name)
        return TableToImport(form, path) if name and path.is_file() else None

    def begin(self) -> None:
        """Begin with what is chosen."""
        self._group.checkedButton().setFocus()

    def begin_for(self, pack: Pack, units: Sequence[Unit], period: Period) -> None:
        """Say which ledger is going to be made."""
        self.panel.receive(Receiver({period.code: pack}, units, period))
        chosen = self.form.currentData()
        self.form.clear()
        for form in pack.forms:
            if isinstance(form, Roster):
                self.form.addItem(form.title, form.id)
        self.form.setCurrentIndex(max(self.form.findData(chosen), 0))

    def _turned(self, place: int, checked: bool) -> None:
        if checked:
            self._pages.setCurrentIndex(place)
            self.changed.emit()

    def _choose(self) -> None:
        files = self._say("Tables") + " (*.xlsx *.csv)"
        name, _ = QFileDialog.getOpenFileName(self, self._say("Choose…"), "", files)
        if name:
            self.table.setText(name)
