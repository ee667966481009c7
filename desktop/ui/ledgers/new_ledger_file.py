"""Third step to a new ledger: which period, and where the file goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLineEdit

from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.period import parse_period
from desktop.ui.ledgers.new_ledger_step import Step
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.unit import Unit
    from desktop.forms.model import Pack
    from desktop.ui.workplace import UiStart

EXAMPLES: Final[Mapping[PeriodKind, str]] = {
    PeriodKind.YEAR: "2025",
    PeriodKind.HALF: "2025H1",
    PeriodKind.QUARTER: "2025Q3",
    PeriodKind.MONTH: "2025-09",
}
SUFFIX: Final = ".taizhang"


class FileStep(Step):
    """Which period, and where the file goes."""

    def __init__(self, start: UiStart) -> None:
        """Offer a place among the person's documents."""
        super().__init__()
        self._start = start
        self._say = say = start.say
        self._kind = PeriodKind.YEAR
        self._proposed = ""
        self._unit: Unit | None = None
        self.period_box = QLineEdit()
        self.period_box.setObjectName("new.period")
        self.name_box = QLineEdit()
        self.name_box.setObjectName("new.name")
        self.folder_box = QLineEdit(str(start.places.documents))
        self.folder_box.setObjectName("new.folder")
        self.folder_box.setAccessibleName(say("Folder"))
        for box in (self.period_box, self.name_box, self.folder_box):
            box.textChanged.connect(lambda _: self._check())
        self.period_box.textChanged.connect(lambda _: self._propose())
        choose = parts.button(say("Choose…"), self._choose, name="new.choose")
        self._about = parts.label("", "muted", name="new.file.about")
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(12)
        form.addRow(say("Period"), self.period_box)
        form.addRow(say("File name"), self.name_box)
        form.addRow(say("Folder"), parts.row(self.folder_box, choose))
        column = parts.column(self, spacing=10)
        column.addWidget(
            parts.label(say("Which period, and where should the file be?"), "heading")
        )
        column.addLayout(form)
        column.addWidget(self._about)
        column.addStretch(1)

    @property
    def period(self) -> Period | None:
        """The period, if it can be read and is of the pack's kind."""
        period = parse_period(self.period_box.text().strip().upper())
        return period if period is not None and period.kind is self._kind else None

    @property
    def path(self) -> Path | None:
        """Where the file goes."""
        name = self.name_box.text().strip()
        folder = self.folder_box.text().strip()
        if not name or not folder or any(sign in name for sign in '<>:"/\\|?*'):
            return None
        name = name if name.endswith(SUFFIX) else name + SUFFIX
        return Path(folder) / name

    @property
    def ready(self) -> bool:
        """Whether period and place are given."""
        return self.period is not None and self.path is not None

    def begin(self) -> None:
        """Begin with the period."""
        self.period_box.setFocus()
        self.period_box.selectAll()

    def begin_for(self, pack: Pack, unit: Unit) -> None:
        """Propose the present period and a name."""
        self._unit, self._kind = unit, pack.period_kind
        if self.period is None:
            today = self._start.person.clock()
            self.period_box.setText(
                present_period(pack.period_kind, today.year, today.month).code
            )
        self._propose()
        self._check()

    def _propose(self) -> None:
        """Name the file after unit and period, unless the person named it."""
        period, unit = self.period, self._unit
        if unit is None or period is None:
            return
        if self.name_box.text() in ("", self._proposed):
            self._proposed = f"{unit.code} {unit.name} {period.code}"
            self.name_box.setText(self._proposed)

    def _check(self) -> None:
        example = EXAMPLES[self._kind]
        if self.period is None:
            text = self._say("Write the period like this: {example}", example=example)
        elif self.path is None:
            text = self._say('A file name has none of these signs: < > : " / \\ | ? *')
        else:
            text = self._say(
                "{period}; the ledger is one file: {path}",
                period=self.period.title,
                path=str(self.path),
            )
        self._about.setText(text)
        self.changed.emit()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self._say("Folder"), self.folder_box.text()
        )
        if folder:
            self.folder_box.setText(folder)


def present_period(kind: PeriodKind, year: int, month: int) -> Period:
    """Give the period of a kind that a month lies in."""
    match kind:
        case PeriodKind.YEAR:
            return Period(kind, year)
        case PeriodKind.HALF:
            return Period(kind, year, (month - 1) // 6 + 1)
        case PeriodKind.QUARTER:
            return Period(kind, year, (month - 1) // 3 + 1)
        case PeriodKind.MONTH:
            return Period(kind, year, month)
