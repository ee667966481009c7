"""The line below the tree of units in which one edit is typed."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QCompleter
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLineEdit

from desktop.app.ledgers.unit_editing import add_unit
from desktop.app.ledgers.unit_editing import describe_unit
from desktop.app.ledgers.unit_editing import merge_units
from desktop.app.ledgers.unit_editing import rename_unit
from desktop.app.ledgers.unit_editing import transfer_unit
from desktop.core.messages import message
from desktop.core.unit import UnitCode
from desktop.core.unit import parse_unit_code
from desktop.core.unit_edits import UnitEdits
from desktop.core.unit_edits import made_unit
from desktop.ui.look import parts

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desktop.core.changes import Action
    from desktop.core.messages import Message
    from desktop.core.unit import Unit
    from desktop.store.ledger import Ledger
    from desktop.ui.workplace import Workplace


class Verb(Enum):
    """What can be done to a unit."""

    ADD = "add"
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    DESCRIBE = "describe"


class UnitEdit(QFrame):
    """Hidden until something is to be typed; Enter does it, Esc leaves it."""

    wanted = Signal(object)
    """Work for the ledger's thread that gives an action, or why there is none."""

    def __init__(self, work: Workplace, parent: QWidget) -> None:
        """Make the boxes; which of them show depends on the verb."""
        super().__init__(parent)
        self.setObjectName("units.edit")
        self.setProperty("surface", True)
        self._work = work
        self._verb, self._unit = Verb.RENAME, work.session.root
        say = work.say
        self._title = parts.label("", wrap=False, name="units.edit.title")
        self._name = self._line("units.edit.name", say("Name"))
        self._code = self._line("units.edit.code", say("Code"))
        self._other = QComboBox()
        self._other.setObjectName("units.edit.other")
        self._other.setAccessibleName(say("The other unit"))
        self._other.setEditable(True)
        self._other.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self._other.model(), self._other)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._other.setCompleter(completer)
        self._zone = QCheckBox(say("no administrative division"))
        self._zone.setObjectName("units.edit.zone")
        self._zone.toggled.connect(self._propose)
        do = parts.button(say("OK"), self.do, name="units.edit.do", primary=True)
        leave = parts.button(say("Cancel"), self.end, name="units.edit.leave")
        column = parts.column(self, margin=10)
        column.addLayout(
            parts.row(
                self._title, self._name, self._code, self._other, self._zone, do, leave
            )
        )
        self.hide()

    def _line(self, name: str, title: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(title)
        made.setPlaceholderText(title)
        return made

    def begin(self, verb: Verb, unit: Unit) -> None:
        """Offer the boxes an edit of a unit needs."""
        self._verb, self._unit = verb, unit
        self._title.setText(self._question(verb, unit))
        self._name.setVisible(verb in (Verb.ADD, Verb.RENAME))
        self._code.setVisible(verb in (Verb.ADD, Verb.DESCRIBE))
        self._zone.setVisible(verb in (Verb.ADD, Verb.DESCRIBE))
        self._other.setVisible(verb in (Verb.MOVE, Verb.MERGE))
        self._name.setText(unit.name if verb is Verb.RENAME else "")
        self._code.setText(unit.statistics_code if verb is Verb.DESCRIBE else "")
        self._zone.setChecked(verb is Verb.DESCRIBE and unit.virtual)
        self._offer_others(unit)
        self.show()
        first = next(
            box for box in (self._name, self._other, self._code) if box.isVisible()
        )
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def _question(self, verb: Verb, unit: Unit) -> str:
        say = self._work.say
        texts = {
            Verb.ADD: say("New unit below {name}:", name=unit.name),
            Verb.RENAME: say("New name of {name}:", name=unit.name),
            Verb.MOVE: say("{name} goes under:", name=unit.name),
            Verb.MERGE: say("{name} ends and goes into:", name=unit.name),
            Verb.DESCRIBE: say("Statistics code of {name}:", name=unit.name),
        }
        return texts[verb]

    def _offer_others(self, unit: Unit) -> None:
        self._other.clear()
        for other in self._work.session.units:
            if other.code != unit.code and other.exists_in(self._work.period):
                self._other.addItem(f"{other.name} {other.code}", str(other.code))
        self._other.setCurrentIndex(-1)

    def _propose(self, zone: bool) -> None:
        """Propose a code for what no official list has."""
        if self._verb is Verb.ADD and zone and not self._code.text().strip():
            edits = UnitEdits(self._work.session.units, self._work.session.period)
            self._code.setText(edits.free_code(self._unit.code) or "")

    def end(self) -> None:
        """Leave the edit."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do it and Esc leave it without closing the dialog."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.do()
        else:
            super().keyPressEvent(event)

    def do(self) -> None:
        """Ask for what was typed."""
        unit, period = self._unit, self._work.session.period
        name, code = self._name.text().strip(), self._code.text().strip()
        other = UnitCode(self._chosen())
        made = self._described(name, code)
        verb = self._verb

        def work(ledger: Ledger) -> Action | Message:
            match verb:
                case Verb.ADD:
                    if made is None:
                        return message("units.bad_code", code=code)
                    return add_unit(ledger, made, period)
                case Verb.RENAME:
                    return rename_unit(ledger, unit.code, name, period)
                case Verb.MOVE:
                    return transfer_unit(ledger, unit.code, other, period)
                case Verb.MERGE:
                    return merge_units(ledger, [unit.code], other, period)
                case Verb.DESCRIBE:
                    return describe_unit(ledger, made or unit, period)

        self.wanted.emit(work)

    def _chosen(self) -> str:
        """Give the code of the other unit; its name alone will do, too."""
        text = self._other.currentText().strip()
        place = self._other.findText(text, Qt.MatchFlag.MatchFixedString)
        if place < 0:
            place = self._other.findText(f"{text} ", Qt.MatchFlag.MatchStartsWith)
        return str(self._other.itemData(place)) if text and place >= 0 else text

    def _described(self, name: str, code: str) -> Unit | None:
        """Make the unit that was typed; None where its code is none."""
        zone = self._zone.isChecked()
        if self._verb is Verb.DESCRIBE:
            return replace(self._unit, statistics_code=code, virtual=zone)
        parsed = parse_unit_code(code)
        if parsed is None:
            return None
        return made_unit(parsed, name, self._unit.code, virtual=zone)
