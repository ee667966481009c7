"""Lists what a pasted block held that did not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from desktop.ui.blocks import PastePlan
    from desktop.ui.blocks import Refused
    from desktop.ui.workplace import Workplace

SHOWN: Final = 500


class PasteReport(QDialog):
    """Says what was pasted, and lists what was not and why."""

    def __init__(
        self, work: Workplace, plan: PastePlan, changed: int, parent: QWidget
    ) -> None:
        """Show what became of a paste."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("paste")
        self._say = say = work.say
        self.setWindowTitle(say("Pasted with exceptions"))
        column = parts.column(self, margin=16, spacing=10)
        left = len(plan.refused)
        text = say(
            "{changed} cells were changed and saved. {refused} did not fit and were "
            "left as they were; undo takes the whole paste back.",
            changed=changed,
            refused=left + plan.outside,
        )
        column.addWidget(parts.label(text))
        table = QTreeWidget()
        table.setObjectName("paste.refused")
        table.setRootIsDecorated(False)
        table.setHeaderLabels([say("Row"), say("Item"), say("Text"), say("Why")])
        table.addTopLevelItems([self._line(one) for one in plan.refused[:SHOWN]])
        for number in range(3):
            table.resizeColumnToContents(number)
        column.addWidget(table, 1)
        if plan.outside:
            beside = say(
                "{count} texts would fall outside the table.", count=plan.outside
            )
            column.addWidget(parts.label(beside, "muted"))
        close = parts.button(
            say("Close"), self.accept, name="paste.close", primary=True
        )
        column.addLayout(parts.row(None, close))
        self.resize(tokens.DIALOG_WIDTH, 420)

    def _line(self, refused: Refused) -> QTreeWidgetItem:
        locked = self._say("This item is not typed; the program fills it.")
        reason = locked if refused.reason is None else self._say.message(refused.reason)
        cells = [str(refused.row + 1), refused.field.title, refused.text, reason]
        item = QTreeWidgetItem(cells)
        item.setToolTip(3, reason)
        return item
