"""What a county records on 上报率: a reason, and what else belongs to it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING
from typing import cast

from PySide6.QtCore import QDate
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDateEdit
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from desktop.core.frozen import frozen
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtWidgets import QHBoxLayout

    from desktop.ui.workplace import Workplace

LONGEST = 200
"""Letters of a reason."""


@frozen
class Question:
    """What is asked: `until` for a day, `who` for a name, `among` for one of these.

    `among` are names by id; those that are `free` need no reason.
    """

    name: str
    title: str
    about: str
    do: str
    until: date | None = None
    who: str | None = None
    among: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    free: frozenset[str] = frozenset()


@frozen
class Answered:
    """What the person said."""

    reason: str
    until: date | None = None
    who: str = ""
    chosen: str = ""


class ReasonDialog(QDialog):
    """Asks for a reason; nothing is recorded without one."""

    def __init__(
        self,
        work: Workplace,
        question: Question,
        use: Callable[[Answered], None],
        parent: QWidget,
    ) -> None:
        """Ask; `use` is called once, with the answer."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(question.name)
        self.setWindowTitle(question.title)
        self._work, self._question, self._use = work, question, use
        self.reason = QLineEdit()
        self.who = QLineEdit(question.who or "")
        self.among = QComboBox()
        self.until = QDateEdit()
        self.limited = QCheckBox(work.say("Until"))
        self._told = parts.label("", "bad", name=f"{question.name}.told")
        self._lay_out()
        self.resize(work.look.dialog(480, 250))
        self.reason.setFocus()

    def _lay_out(self) -> None:
        say, question = self._work.say, self._question
        column = parts.column(self, margin=18, spacing=10)
        column.addWidget(parts.label(question.about))
        if question.among:
            for id_, name in question.among.items():
                self.among.addItem(name, id_)
            self._named(self.among, "among", question.of)
            column.addWidget(parts.label(question.of, "muted"))
            column.addWidget(self.among)
        if question.who is not None:
            self._named(self.who, "who", say("Who made it"))
            column.addWidget(parts.label(say("Who made it"), "muted"))
            column.addWidget(self.who)
        self._named(self.reason, "reason", say("The reason"))
        self.reason.setMaxLength(LONGEST)
        column.addWidget(parts.label(say("The reason"), "muted"))
        column.addWidget(self.reason)
        if question.until is not None:
            column.addLayout(self._day(question.until))
        column.addWidget(self._told)
        self._told.hide()
        cancel = parts.button(
            say("Cancel"), self.reject, name=f"{question.name}.cancel"
        )
        do = parts.button(
            question.do, self._keep, name=f"{question.name}.do", primary=True
        )
        column.addStretch(1)
        column.addLayout(parts.row(None, cancel, do))

    def _day(self, begin: date) -> QHBoxLayout:
        self._named(self.limited, "limited", self._work.say("Until"))
        self._named(self.until, "until", self._work.say("Last day"))
        self.until.lineEdit().setAccessibleName(self._work.say("Last day"))
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setDate(QDate(begin.year, begin.month, begin.day))
        self.limited.setChecked(True)
        self.limited.toggled.connect(self.until.setEnabled)
        return parts.row(self.limited, self.until, None)

    def _named(self, widget: QWidget, name: str, title: str) -> None:
        widget.setObjectName(f"{self._question.name}.{name}")
        widget.setAccessibleName(title)

    def _keep(self) -> None:
        question, reason = self._question, self.reason.text().strip()
        chosen = str(self.among.currentData()) if question.among else ""
        if not reason and chosen not in question.free:
            say = self._work.say
            self._told.setText(
                say("Please give the reason first: others will read it.")
            )
            self._told.show()
            self.reason.setFocus()
            return
        limited = question.until is not None and self.limited.isChecked()
        until = cast("date", self.until.date().toPython()) if limited else None
        self._use(Answered(reason, until, self.who.text().strip(), chosen))
        self.accept()
