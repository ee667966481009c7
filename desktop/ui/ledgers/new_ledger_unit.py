"""Second step to a new ledger: which unit, from the tree of the whole country."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem

from desktop.app.background import Task
from desktop.app.ledgers.regions import load_regions
from desktop.ui.ledgers.new_ledger_step import DATA
from desktop.ui.ledgers.new_ledger_step import Step
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.app.ledgers.regions import RegionTree
    from desktop.core.unit import Unit
    from desktop.forms.model import Pack
    from desktop.ui.courier import Courier
    from desktop.ui.workplace import UiStart

SEARCH_AFTER_MS: Final = 80
FOUND_SHOWN: Final = 40
NAMED: Final = 6
"""Units below that the preview names."""
ARROWS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


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
