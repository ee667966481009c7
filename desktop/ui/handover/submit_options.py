"""What goes with a submission, and whether it is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QWidget

from desktop.app.handover.sending.submitting import without_rosters
from desktop.ui.files.export_dialog import OFF
from desktop.ui.files.export_dialog import ON
from desktop.ui.handover.password_box import PasswordBox
from desktop.ui.look import parts

if TYPE_CHECKING:
    from desktop.ui.workplace import Workplace


WIDE: Final = 620
"""Width of the password's lines: what is said of it stands in one."""


class SubmitOptions(QWidget):
    """Boxes to tick, and the password if one is wanted."""

    changed = Signal()

    def __init__(self, work: Workplace) -> None:
        """Begin with the answers of last time; a password is never kept."""
        super().__init__()
        self.work = work
        say = work.say
        self.pdf = self._box("submit.pdf", say("PDF beside the workbook"), kept=True)
        self.slip = self._box("submit.slip", say("Delivery note to sign"), kept=True)
        self.totals = self._box("submit.totals", say("Rosters by their totals only"))
        self.seal = self._box("submit.seal", say("Seal with a password"))
        self._password = PasswordBox(say, "submit", say("Password to seal with"))
        self._password.setFixedWidth(WIDE)
        telling = say(
            "Tell the county the password by telephone, never in the same mail. No PDF "
            "is written beside a sealed file."
        )
        self._telling = parts.label(telling, "muted")
        self._keys = parts.button(
            say("Keys and signature…"),
            lambda: work.desk.asked.emit("file.keys"),
            name="submit.keys",
            link=True,
        )
        column = parts.column(self, spacing=8)
        boxes = (self.pdf, self.slip, self.totals, self.seal)
        column.addLayout(parts.row(*boxes, None, self._keys, spacing=24))
        column.addWidget(self._telling)
        # Beside an empty place: its lines need not be as long as the page.
        column.addLayout(parts.row(self._password, None))
        rosters = len(without_rosters(work.pack)) < len(work.pack.forms)
        self.totals.setVisible(rosters)
        self.seal.toggled.connect(lambda _: self._look())
        self._password.changed.connect(self.changed)
        self._look()

    def _box(self, name: str, text: str, *, kept: bool = False) -> QCheckBox:
        box = QCheckBox(text)
        box.setObjectName(name)
        if kept:
            habits = self.work.habits
            box.setChecked(habits.now.layout.get(name, ON) == ON)
            box.toggled.connect(
                lambda on: habits.keep(habits.now.arranged(name, ON if on else OFF))
            )
        return box

    @property
    def password(self) -> str:
        """The password the files are sealed with; empty where they are not."""
        return self._password.password if self.seal.isChecked() else ""

    @property
    def ready(self) -> bool:
        """Whether a password that is wanted is there, and typed twice alike."""
        return bool(self.password) or not self.seal.isChecked()

    def forget(self) -> None:
        """Forget the password; the next file is to have its own, or none."""
        self._password.clear()
        self.seal.setChecked(False)

    def _look(self) -> None:
        """Show what belongs to what is ticked."""
        on = self.seal.isChecked()
        self._password.setVisible(on)
        self._telling.setVisible(on)
        self.pdf.setEnabled(not on)
        self.changed.emit()
