"""What is asked before something is sent back: a reason, a day, which findings."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import cast

from PySide6.QtCore import QDate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QDateEdit
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem

from desktop.app.handover.slips.slips_marking import Wanted
from desktop.core.frozen import frozen
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desktop.app.audit.explained import ExplainedFinding
    from desktop.ui.workplace import Workplace

_WANTED: Final = Qt.ItemDataRole.UserRole
WEEK: Final = 7
"""Days that are proposed until an answer is due."""


@frozen
class Asked:
    """What is asked: `about` says what it is for, `due` is a day to begin with.

    Without `due` no day is asked for, without `label` no reason; `needed` says that a
    reason must be given. `limited` is whether there is to be a day, to begin with.
    """

    name: str
    title: str
    about: str
    label: str
    do: str
    due: date | None = None
    needed: bool = True
    limited: bool = True


@frozen
class Said:
    """What the person said; without a day it is empty."""

    reason: str
    due: str = ""


class _Lines(QPlainTextEdit):
    """A few lines of text; Tab leaves them."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setTabChangesFocus(True)
        self.setMaximumHeight(self.fontMetrics().lineSpacing() * 5)


class SayDialog(QDialog):
    """Asks for a reason in a few words, and by when."""

    def __init__(
        self,
        work: Workplace,
        asked: Asked,
        use: Callable[[Said], None],
        parent: QWidget,
    ) -> None:
        """Ask; `use` is called once, with the answer."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(asked.name)
        self.setWindowTitle(asked.title)
        self._work, self._asked, self._use = work, asked, use
        self.reason = _Lines(f"{asked.name}.reason", asked.label)
        self.limited = QCheckBox(work.say("To be corrected by"))
        self.due = QDateEdit()
        self.told = parts.label("", "fault", name=f"{asked.name}.told")
        self._column = parts.column(self, margin=18, spacing=10)
        self._lay_out()
        self.resize(work.look.dialog(520, 280 if asked.label else 180))
        (self.reason if asked.label else self.limited).setFocus()

    def _lay_out(self) -> None:
        say, asked, column = self._work.say, self._asked, self._column
        column.addWidget(parts.label(asked.about, name=f"{asked.name}.about"))
        self.lay_out_more()
        if asked.label:
            column.addWidget(parts.label(asked.label, "muted"))
            column.addWidget(self.reason)
        if asked.due is not None:
            self._ask_day(asked.due)
            column.addLayout(parts.row(self.limited, self.due, None))
            whole = say("The deadline holds for the whole return slip of the unit.")
            column.addWidget(parts.label(whole, "muted"))
        column.addWidget(self.told)
        self.told.hide()
        column.addStretch(0)
        cancel = parts.button(say("Cancel"), self.reject, name=f"{asked.name}.cancel")
        do = parts.button(asked.do, self.keep, name=f"{asked.name}.do", primary=True)
        column.addLayout(parts.row(None, cancel, do))

    def lay_out_more(self) -> None:
        """Put something between what is asked and the reason."""

    def _ask_day(self, begin: date) -> None:
        title = self._work.say("To be corrected by")
        self.limited.setObjectName(f"{self._asked.name}.limited")
        self.limited.toggled.connect(self.due.setEnabled)
        self.limited.setChecked(self._asked.limited)
        self.due.setEnabled(self._asked.limited)
        self.due.setObjectName(f"{self._asked.name}.due")
        self.due.setAccessibleName(title)
        self.due.lineEdit().setAccessibleName(title)
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.due.setDate(QDate(begin.year, begin.month, begin.day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Ctrl+Enter do what the button does, from within the text."""
        control = Qt.KeyboardModifier.ControlModifier
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in enter and event.modifiers() & control:
            self.keep()
        else:
            super().keyPressEvent(event)

    def complain(self, text: str) -> None:
        """Say what is still missing."""
        self.told.setText(text)
        self.told.show()
        self.reason.setFocus()

    def keep(self) -> None:
        """Hand the answer on, if there is one."""
        reason = self.reason.toPlainText().strip()
        if self._asked.needed and not reason:
            said = self._work.say(
                "Please write it in a few words first: the people at the other end "
                "only see what is written here."
            )
            self.complain(said)
            return
        limited = self._asked.due is not None and self.limited.isChecked()
        day = cast("date", self.due.date().toPython()).isoformat() if limited else ""
        self._use(Said(reason, day))
        self.accept()


class FindingsDialog(SayDialog):
    """Lets findings of a unit be ticked that are sent back with one reason."""

    def __init__(
        self,
        work: Workplace,
        asked: Asked,
        found: Sequence[ExplainedFinding],
        use: Callable[[Said, list[Wanted]], None],
        parent: QWidget,
    ) -> None:
        """List the findings; those without an explanation are ticked."""
        self.tree = QTreeWidget()
        self._found = found
        super().__init__(work, asked, lambda said: use(said, self.wanted()), parent)
        self.resize(work.look.dialog(820, 520))

    def lay_out_more(self) -> None:
        """Put the list in."""
        say, tree = self._work.say, self.tree
        tree.setObjectName("slips.findings")
        tree.setAccessibleName(say("Findings of the unit"))
        tree.setRootIsDecorated(False)
        tree.setWordWrap(True)
        tree.setHeaderLabels([say("Record"), say("The finding"), say("Explanation")])
        for one in self._found:
            self._add(one)
        tree.setColumnWidth(0, self._work.look.px(200))
        tree.setColumnWidth(1, self._work.look.px(360))
        self._column.addWidget(tree, 1)

    def _add(self, one: ExplainedFinding) -> None:
        record = one.record
        # For the type checker: findings without a record are not offered.
        assert record is not None  # noqa: S101 - see above
        title = self._work.form(one.finding.form).title
        line = [f"{title} {one.name}", one.finding.text, one.explanation]
        item = QTreeWidgetItem(line)
        facility = str(record.key.facility)
        wanted = Wanted(one.finding.form, facility, rule=one.finding.rule)
        item.setData(0, _WANTED, wanted)
        tick = Qt.CheckState.Unchecked if one.explanation else Qt.CheckState.Checked
        item.setCheckState(0, tick)
        for column, text in enumerate(line):
            item.setToolTip(column, text)
        self.tree.addTopLevelItem(item)

    def wanted(self) -> list[Wanted]:
        """Give what is ticked."""
        items = map(self.tree.topLevelItem, range(self.tree.topLevelItemCount()))
        ticked = [i for i in items if i.checkState(0) is Qt.CheckState.Checked]
        return [item.data(0, _WANTED) for item in ticked]

    def keep(self) -> None:
        """Hand on what is ticked; nothing ticked is nothing to send back."""
        if self.wanted():
            super().keep()
        else:
            self.complain(self._work.say("Tick at least one finding to send back."))
