"""记录: the records an indicator rests on, and the way to each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QTreeWidget
from PySide6.QtWidgets import QTreeWidgetItem
from PySide6.QtWidgets import QWidget

from desktop.app.commands import mark
from desktop.app.figures.contributors import contributors
from desktop.export.wording import amount
from desktop.indicators.contributing import Role
from desktop.ui.desk import Place
from desktop.ui.indicators.inquiry import Inquiry
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QShowEvent

    from desktop.app.figures.contributors import Contributor
    from desktop.app.figures.contributors import Contributors
    from desktop.forms.indicator import Indicator
    from desktop.ui.workplace import Workplace

ROLES: Final[Mapping[Role, str]] = {
    Role.NUMERATOR: mark("Numerator"),
    Role.DENOMINATOR: mark("Denominator"),
    Role.JUDGED: mark("Judged by"),
}
PLACE: Final = Qt.ItemDataRole.UserRole
NAME, UNIT, AMOUNT = range(3)
WIDTHS: Final = ((UNIT, 120), (AMOUNT, 216))


class RecordsTab(QWidget):
    """A tree: terms, and below each its records, those with a gap first."""

    def __init__(self, work: Workplace) -> None:
        """Wait for an indicator."""
        super().__init__()
        self.setObjectName("indicator.records")
        self._work = work
        self.indicator: Indicator | None = None
        self._fresh = False
        say = work.say
        self.inquiry = Inquiry(work, "indicator.records")
        self.hint = parts.label("", "muted", name="indicator.records.hint")
        self.tree = QTreeWidget()
        self.tree.setObjectName("indicator.records.tree")
        self.tree.setAccessibleName(say("Records that count"))
        self.tree.setHeaderLabels([say("Record"), say("Unit"), say("Counts with")])
        self.tree.headerItem().setTextAlignment(AMOUNT, parts.RIGHT)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for section, width in WIDTHS:
            self.tree.setColumnWidth(section, work.look.px(width))
        self.tree.itemActivated.connect(self._go)
        self._open = parts.button(
            say("Open the record"), self._go_to_chosen, name="indicator.records.open"
        )
        column = parts.column(self, margin=10, spacing=8)
        column.addWidget(self.inquiry)
        column.addWidget(self.hint)
        column.addWidget(self.tree, 1)
        column.addLayout(parts.row(self._open, None))
        self.setFocusProxy(self.tree)
        self.hint.hide()

    def show_indicator(self, indicator: Indicator) -> None:
        """Take another indicator, or the same with other figures."""
        if self.indicator is not indicator:
            self.tree.clear()
        self.indicator = indicator
        self.outdate()

    def outdate(self) -> None:
        """Read anew, now or when it is looked at."""
        wanted = self.isVisible() or self.inquiry.is_busy()
        self._fresh = False
        self.inquiry.drop()
        if wanted:
            self.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is before the person."""
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Read the records if that has not been done."""
        indicator, session = self.indicator, self._work.session
        if self._fresh or indicator is None:
            return
        self._fresh = True
        compiled, period = session.compiled, session.period
        self.inquiry.ask(
            lambda ledger: contributors(ledger, compiled, indicator.id, period),
            self._take,
            lambda: self._tell(self._work.say("Stopped. Nothing was changed.")),
        )

    def _tell(self, words: str) -> None:
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def _take(self, terms: tuple[Contributors, ...]) -> None:
        say = self._work.say
        self.tree.clear()
        for term in terms:
            self.tree.addTopLevelItem(self._term(term))
        self.tree.expandAll()
        count = sum(term.count for term in terms)
        words = ""
        if not count:
            words = say(
                "No record counts for this indicator yet."
                " “How it is computed” says which form to fill in."
            )
        elif any(each.found.amount is None for term in terms for each in term.records):
            words = say("Records that left it blank stand first: fill these in.")
        self._open.setEnabled(count > 0)
        self._tell(words)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first.child(0) if first.childCount() else first)

    def _term(self, term: Contributors) -> QTreeWidgetItem:
        say, basis = self._work.say, term.basis
        form = self._work.form(basis.form)
        field = form.by_id.get(basis.field or "")
        what = f"{form.title}：{field.title}" if field is not None else form.title
        head = f"{say(ROLES[basis.role])}　{what}"
        count = say("{count} records", count=term.count)
        item = QTreeWidgetItem([head, "", count])
        font = item.font(NAME)
        font.setBold(True)
        item.setFont(NAME, font)
        for each in term.records:
            item.addChild(self._record(term, each))
        if term.count > len(term.records):
            more = say("… and {count} more", count=term.count - len(term.records))
            item.addChild(QTreeWidgetItem([more]))
        return item

    def _record(self, term: Contributors, each: Contributor) -> QTreeWidgetItem:
        say, found = self._work.say, each.found
        if found.amount is None:
            words = say("left blank")
        elif found.undecided:
            words = say("undecided: what it depends on is blank")
        else:
            words = amount(found.amount)
        item = QTreeWidgetItem([each.name, each.unit, words])
        item.setTextAlignment(AMOUNT, parts.RIGHT)
        item.setData(
            NAME, PLACE, Place(term.basis.form, each.record, self._field(term))
        )
        return item

    def _field(self, term: Contributors) -> str | None:
        """Name the field to go to, as far as a person fills it in."""
        form = self._work.form(term.basis.form)
        return term.basis.field if term.basis.field in form.by_id else None

    def _go_to_chosen(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self._go(item)

    def _go(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        place = item.data(NAME, PLACE)
        if isinstance(place, Place):
            self._work.desk.seek(place)
