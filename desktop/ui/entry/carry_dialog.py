"""上期结转: chooses which facilities of the last period go on in this one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem

from desktop.app.entry.carrying_forward import carry_forward
from desktop.app.entry.carrying_forward import missing
from desktop.app.entry.prior_values import earlier_periods
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.app.entry.facilities import Gone
    from desktop.core.changes import Action
    from desktop.core.period import Period
    from desktop.forms.model import Form
    from desktop.ui.workplace import Workplace

TICK: Final = 40
"""Width of the box to tick, which Qt does not count."""
_TICKED: Final = Qt.CheckState.Checked


def carry(
    work: Workplace, form: Form, parent: QWidget, tell: Callable[[str], None]
) -> None:
    """Offer the facilities of the last period that this one does not have."""
    session = work.session
    last = earlier_periods(session.periods, session.period)[:1]
    if not last:
        tell(work.say("There is no earlier period in this ledger."))
        return
    source, period = last[0], session.period

    def arrived(found: tuple[Gone, ...]) -> None:
        if found:
            CarryDialog(work, form, source, found, parent).open()
        else:
            said = work.say(
                "Every record of {period} is here already.", period=source.title
            )
            tell(said)

    work.bridge.ask(
        lambda ledger: missing(ledger, form, source, period), parent, arrived
    )


class CarryDialog(QDialog):
    """A list to tick, all ticked at first."""

    def __init__(
        self,
        work: Workplace,
        form: Form,
        source: Period,
        found: tuple[Gone, ...],
        parent: QWidget,
    ) -> None:
        """List the facilities that could be carried forward."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("carry")
        self._work, self._form, self._found = work, form, found
        say = work.say
        self.setWindowTitle(say("Carry forward from {period}", period=source.title))
        self.list = QTreeWidget()
        self.list.setObjectName("carry.list")
        self.list.setAccessibleName(self.windowTitle())
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([say("Name"), say("Unit")])
        for one in found:
            unit = work.unit(one.unit)
            item = QTreeWidgetItem([one.name, unit.name if unit else one.unit])
            item.setCheckState(0, _TICKED)
            self.list.addTopLevelItem(item)
        self.list.resizeColumnToContents(0)
        self.list.setColumnWidth(0, self.list.columnWidth(0) + work.look.px(TICK))
        self.list.itemChanged.connect(lambda _item, _column: self._count())
        said = say(
            "These records of {period} are missing here. They keep their identity, "
            "names, choices and dates; the figures of the period stay to be filled in.",
            period=source.title,
        )
        self._go = parts.button("", self.carry, name="carry.go", primary=True)
        every = parts.button(say("All or none"), self.turn, name="carry.all")
        cancel = parts.button(say("Cancel"), self.reject, name="carry.cancel")
        column = parts.column(self, margin=16, spacing=10)
        column.addWidget(parts.label(said))
        column.addWidget(self.list, 1)
        column.addLayout(parts.row(every, None, cancel, self._go))
        self.resize(work.look.dialog(tokens.DIALOG_WIDTH - 200, 440))
        self._count()

    def chosen(self) -> list[Gone]:
        """Give the records that are ticked."""
        return [
            one
            for place, one in enumerate(self._found)
            if self.list.topLevelItem(place).checkState(0) == _TICKED
        ]

    def turn(self) -> None:
        """Tick all, or none where all are ticked."""
        every = len(self.chosen()) == len(self._found)
        for place in range(len(self._found)):
            state = Qt.CheckState.Unchecked if every else _TICKED
            self.list.topLevelItem(place).setCheckState(0, state)

    def carry(self) -> None:
        """Bring the ticked records over, as one step."""
        work, form, chosen = self._work, self._form, self.chosen()
        period = work.session.period

        def ready(action: Action) -> None:
            work.bridge.watch(work.session.apply(action))

        work.bridge.ask(
            lambda ledger: carry_forward(ledger, form, period, chosen),
            work.bridge,
            ready,
        )
        self.accept()

    def _count(self) -> None:
        count = len(self.chosen())
        self._go.setText(self._work.say("Carry {count} records forward", count=count))
        self._go.setEnabled(count > 0)
