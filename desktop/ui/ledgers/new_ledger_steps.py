"""The three steps of the assistant for a new ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.background import Task
from desktop.app.packs import find_pack
from desktop.app.packs import sound_packs
from desktop.app.regions import load_regions
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.period import parse_period
from desktop.forms.model import Pack
from desktop.forms.problems import errors
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.regions import RegionTree
    from desktop.core.unit import Unit
    from desktop.forms.problems import Problem
    from desktop.ui.courier import Courier
    from desktop.ui.workplace import UiStart

DATA: Final = Qt.ItemDataRole.UserRole
SEARCH_AFTER_MS: Final = 80
FOUND_SHOWN: Final = 40
NAMED: Final = 6
"""Units below that the preview names."""
SHOWN_FAULTS: Final = 5
"""How many faults of a pack are told; `taizhang pack lint` tells all."""
EXAMPLES: Final[Mapping[PeriodKind, str]] = {
    PeriodKind.YEAR: "2025",
    PeriodKind.HALF: "2025H1",
    PeriodKind.QUARTER: "2025Q3",
    PeriodKind.MONTH: "2025-09",
}
SUFFIX: Final = ".taizhang"
ARROWS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Step(QWidget):
    """One step: tells when it is answered, and when the person wants to go on.

    Enter is the dialog's: it reaches its default button from every box and list.
    """

    changed = Signal()
    done = Signal()

    @property
    def ready(self) -> bool:
        """Whether the step is answered."""
        return False

    def begin(self) -> None:
        """Put the focus where the person begins."""


class PackStep(Step):
    """Which reporting system."""

    def __init__(self, start: UiStart, courier: Courier) -> None:
        """Load the packs beside the main thread."""
        super().__init__()
        self._say = say = start.say
        self._list = QListWidget()
        self._list.setObjectName("new.packs")
        self._list.setAccessibleName(say("Reporting system"))
        self._list.setSpacing(1)
        self._list.currentItemChanged.connect(lambda *_: self._describe())
        self._list.itemDoubleClicked.connect(lambda _: self.done.emit())
        self._inside = parts.label("", name="new.pack.inside")
        self._source = parts.label("", "muted", name="new.pack.source")
        other = parts.button(say("Open another one…"), self._ask, name="new.pack.other")
        column = parts.column(self, spacing=10)
        column.addWidget(
            parts.label(say("Which reporting system is the ledger for?"), "heading")
        )
        column.addWidget(self._list, 1)
        column.addWidget(self._inside)
        column.addWidget(self._source)
        column.addLayout(parts.row(other, None))
        self._folder, self._courier = start.places.packs, courier
        packs = Task(lambda _: sound_packs(self._folder))
        courier.when(packs.result, self, self._take)

    @property
    def pack(self) -> Pack | None:
        """The pack that is chosen."""
        if self._list.currentRow() < 0:
            return None
        pack: Pack = self._list.currentItem().data(DATA)
        return pack

    @property
    def ready(self) -> bool:
        """Whether a pack is chosen."""
        return self.pack is not None

    def begin(self) -> None:
        """Begin in the list."""
        self._list.setFocus()

    def _take(self, packs: tuple[Pack, ...]) -> None:
        for pack in packs:
            self._list.addItem(_item(pack))
        self._list.setCurrentRow(0)
        self.changed.emit()

    def _ask(self) -> None:
        """Ask for a pack that did not come with the program."""
        say = self._say
        files = say("Reporting systems") + " (*.taizhangpack pack.yaml)"
        name, _ = QFileDialog.getOpenFileName(self, say("Open another one…"), "", files)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a pack in one file, or by its pack.yaml, beside the main thread."""
        wanted = str(path.parent if path.name == "pack.yaml" else path)
        found = Task(lambda _: find_pack(self._folder, wanted))
        self._courier.when(found.result, self, self._add)

    def _add(self, found: Pack | tuple[Problem, ...] | None) -> None:
        """Put a pack at the head of the list, or say why it cannot be used."""
        if isinstance(found, Pack):
            self._list.insertItem(0, _item(found))
            self._list.setCurrentRow(0)
            return
        say = self._say
        reasons = [say.message(each.message) for each in errors(found or ())]
        self._inside.setText(say("This reporting system cannot be used; see why:"))
        self._source.setText("\n".join(reasons[:SHOWN_FAULTS]))

    def _describe(self) -> None:
        pack = self.pack
        if pack is None:
            return
        domains = dict.fromkeys(form.domain for form in pack.forms)
        text = self._say(
            "Inside: {forms} forms, {rules} audit rules, {indicators} indicators "
            "({domains}).",
            forms=len(pack.forms),
            rules=len(pack.rules),
            indicators=len(pack.indicators),
            domains="、".join(labels.domain(self._say, each) for each in domains),
        )
        self._inside.setText(text)
        self._source.setText(self._say("Plan: {title}", title=pack.plan.title))
        self.changed.emit()


def _item(pack: Pack) -> QListWidgetItem:
    item = QListWidgetItem(f"{pack.title}\n{pack.plan.region} · {pack.version}")
    item.setData(DATA, pack)
    return item


class UnitStep(Step):
    """Which unit the ledger is for, from the tree of the whole country."""

    def __init__(self, start: UiStart, courier: Courier) -> None:
        """Load the units beside the main thread."""
        super().__init__()
        self._say = say = start.say
        self._tree: RegionTree | None = None
        self._region: str | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEARCH_AFTER_MS)
        self._wait.timeout.connect(self._find)
        self.search = QLineEdit()
        self.search.setObjectName("new.search")
        self.search.setAccessibleName(say("Unit"))
        self.search.setPlaceholderText(
            say("Name, pinyin initials or code: 长宁, cn, 310105")
        )
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._wait.start())
        self.search.returnPressed.connect(self._find_now)
        self.search.installEventFilter(self)
        self._list = QListWidget()
        self._list.setObjectName("new.units")
        self._list.setAccessibleName(say("Units found"))
        self._list.currentItemChanged.connect(lambda *_: self._preview())
        self._list.itemDoubleClicked.connect(lambda _: self.done.emit())
        self._about = parts.label("", "muted", name="new.unit.about")
        column = parts.column(self, spacing=10)
        column.addWidget(parts.label(say("Which unit fills in the ledger?"), "heading"))
        column.addWidget(self.search)
        column.addWidget(self._list, 1)
        column.addWidget(self._about)
        regions = start.places.regions
        courier.when(Task(lambda _: load_regions(regions)).result, self, self._take)

    @property
    def unit(self) -> Unit | None:
        """The unit that is chosen."""
        if self._list.currentRow() < 0:
            return None
        unit: Unit = self._list.currentItem().data(DATA)
        return unit

    @property
    def subtree(self) -> tuple[Unit, ...]:
        """The unit and all below it."""
        unit = self.unit
        if unit is None or self._tree is None:
            return ()
        return self._tree.subtree(unit.code)

    @property
    def ready(self) -> bool:
        """Whether a unit is chosen."""
        return self.unit is not None

    def begin(self) -> None:
        """Begin in the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def begin_for(self, pack: Pack) -> None:
        """Offer the region a pack is for."""
        if pack.region != self._region:
            self._region = pack.region
            self.search.setText(pack.region or "")
            self._find()

    def _take(self, tree: RegionTree) -> None:
        self._tree = tree
        self._find()

    def _find_now(self) -> None:
        """Let Enter take what was typed, not what was found a moment ago."""
        if self._wait.isActive():
            self._wait.stop()
            self._find()

    def _find(self) -> None:
        if self._tree is None:
            return
        text = self.search.text().strip()
        found = self._tree.search(text, FOUND_SHOWN) if text else self._tree.provinces()
        self._list.clear()
        for unit in found:
            path = " › ".join(self._tree.path(unit.code))
            item = QListWidgetItem(f"{path}　{unit.code}")
            item.setData(DATA, unit)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        if not found:
            self._about.setText(
                self._say("No unit is called that. Try a part of its name or its code.")
            )
        self.changed.emit()

    def _preview(self) -> None:
        unit = self.unit
        if unit is not None:
            below = len(self.subtree) - 1
            text = self._say(
                "{name}: {count} units below it", name=unit.name, count=below
            )
            names = "、".join(each.name for each in self.subtree[1 : NAMED + 1])
            more = "…" if below > NAMED else ""
            self._about.setText(f"{text}　{names}{more}" if below else text)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the person types."""
        if isinstance(event, QKeyEvent) and event.key() in ARROWS:
            if event.type() == QKeyEvent.Type.KeyPress:
                self._list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)


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
