"""First step to a new ledger: which reporting system (制度包)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem

from desktop.app.background import Task
from desktop.app.packs.available import find_pack
from desktop.app.packs.available import sound_packs
from desktop.forms.model import Pack
from desktop.forms.problems import errors
from desktop.ui.ledgers.new_ledger_step import DATA
from desktop.ui.ledgers.new_ledger_step import Step
from desktop.ui.look import labels
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.forms.problems import Problem
    from desktop.ui.courier import Courier
    from desktop.ui.workplace import UiStart

SHOWN_FAULTS: Final = 5
"""How many faults of a pack are told; `taizhang pack lint` tells all."""


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
