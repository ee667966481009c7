"""The keys of the units below: which are known, compared, replaced, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.handover.keeping import signing
from desktop.app.handover.keeping.key_words import state_in_words
from desktop.core.messages import message
from desktop.exchange.keys import read_fingerprint
from desktop.exchange.keys_known import KnownKeys
from desktop.exchange.keys_known import UnitKeys
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.core.changes import Action
    from desktop.core.messages import Message
    from desktop.exchange.keys_known import Known
    from desktop.ui.workplace import Workplace

UNIT: Final = Qt.ItemDataRole.UserRole


class UnitKeysPanel(QWidget):
    """Lists the units with their keys, and takes down what was compared."""

    decided = Signal(object)
    """The `Action` that a decision comes to, or the `Message` why it comes to none."""

    def __init__(self, work: Workplace) -> None:
        """Show nothing yet."""
        super().__init__()
        self._work = work
        self._known = KnownKeys({}, {}, {})
        say = work.say
        self._list = QTreeWidget()
        self._list.setObjectName("unitkeys.list")
        self._list.setAccessibleName(say("Keys of the units"))
        heads = (say("Unit"), say("State"), say("Fingerprint"), say("Since"), say("By"))
        self._list.setHeaderLabels(list(heads))
        self._list.setWordWrap(True)
        header = self._list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._list.itemSelectionChanged.connect(self._chosen)
        self._typed = QLineEdit()
        self._typed.setObjectName("unitkeys.typed")
        self._typed.setAccessibleName(say("Fingerprint as the unit reads it out"))
        self._typed.setPlaceholderText(
            say("Eight groups of four, as they are read out")
        )
        self._typed.textChanged.connect(lambda _: self._chosen())
        self._check = parts.button(
            say("Compared"), self.check, name="unitkeys.check", primary=True
        )
        self._replace = parts.button(
            say("The unit has this key now"), self.replace, name="unitkeys.replace"
        )
        self._revoke = parts.button(
            say("Revoke its key"), self.revoke, name="unitkeys.revoke"
        )
        self._lay_out()

    def _lay_out(self) -> None:
        say = self._work.say
        column = parts.column(self, spacing=8)
        column.addWidget(parts.label(say("Keys of the units"), "section"))
        column.addWidget(
            parts.label(
                say(
                    "Choose a unit, have it read out the fingerprint of its key, type "
                    "what you hear, and press “Compared”."
                ),
                "muted",
            )
        )
        column.addWidget(self._list, 1)
        column.addLayout(parts.row(self._typed, self._check))
        column.addLayout(parts.row(self._replace, self._revoke, None))

    # --- The list ----------------------------------------------------------

    def show_keys(self, known: KnownKeys) -> None:
        """List the units below, those with a key first; the choice stays."""
        chosen = self.unit
        self._known = known
        self._list.clear()
        units = [str(unit.code) for unit in self._work.session.units[1:]]
        # Whoever sent slips and receipts is above, and none of the ledger's units.
        own = {str(unit.code) for unit in self._work.session.units}
        units += [unit for unit in known.units if unit in known.names.keys() - own]
        units.sort(key=lambda unit: known.units.get(unit, UnitKeys()) == UnitKeys())
        for unit in units:
            self._list.addTopLevelItem(self._item(unit))
            if unit == chosen:
                self._list.setCurrentItem(
                    self._list.topLevelItem(self._list.topLevelItemCount() - 1)
                )
        if chosen is None:
            self._list.setCurrentItem(self._list.topLevelItem(0))
        self._chosen()

    def _item(self, unit: str) -> QTreeWidgetItem:
        keys = self._known.units.get(unit, UnitKeys())
        name = self._known.names.get(unit, unit)
        texts = self._texts(keys.now)
        if keys.now is None and keys.past:
            texts = (state_in_words(keys.past[-1].state, self._work.say), "", "", "")
        made = QTreeWidgetItem([name, *texts])
        made.setData(0, UNIT, unit)
        for former in reversed(keys.past):
            made.addChild(QTreeWidgetItem(["", *self._texts(former)]))
        return made

    def _texts(self, known: Known | None) -> tuple[str, str, str, str]:
        if known is None:
            return state_in_words(None, self._work.say), "", "", ""
        state = state_in_words(known.state, self._work.say)
        return state, known.print, known.on, known.by

    @property
    def unit(self) -> str | None:
        """The unit that is chosen."""
        items = self._list.selectedItems()
        if not items:
            return None
        former = self._list.indexOfTopLevelItem(items[0]) < 0
        item = items[0].parent() if former else items[0]
        return str(item.data(0, UNIT))

    def _chosen(self) -> None:
        """Offer what can be done with the unit before the person."""
        unit = self.unit
        keys = self._known.units.get(unit or "", UnitKeys())
        may = self._work.writable and unit is not None
        typed = bool(self._typed.text().strip())
        self._typed.setEnabled(may)
        self._check.setEnabled(may and typed)
        self._replace.setEnabled(may and typed and keys != UnitKeys())
        self._revoke.setEnabled(may and keys.now is not None)

    # --- Decisions -----------------------------------------------------------

    def check(self) -> None:
        """Take down that what was read out is the unit's key."""
        self._enrol(replace=False)

    def replace(self) -> None:
        """Take down that the unit has another key than the one known."""
        self._enrol(replace=True)

    def _enrol(self, *, replace: bool) -> None:
        typed, unit = self._typed.text(), self.unit or ""
        print_ = read_fingerprint(typed)
        decided: Action | Message
        if print_ is None:
            decided = message("keys.bad_fingerprint", text=typed.strip())
        else:
            person = self._work.start.person
            decided = signing.enrol(self._known, unit, print_, person, replace=replace)
            self._typed.clear()
        self.decided.emit(decided)

    def revoke(self) -> None:
        """Take down that the unit's key must not be believed any more."""
        person = self._work.start.person
        self.decided.emit(signing.revoke(self._known, self.unit or "", person))
