"""审核: every finding of the period, grouped; Enter leads to the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget

from desktop.app.audit.finding_list import finding_list
from desktop.app.audit.finding_list import which
from desktop.core.findings import Level
from desktop.ui.desk import Page
from desktop.ui.findings.detail import FindingDetail
from desktop.ui.findings.detail import place_of
from desktop.ui.findings.export import FindingsExport
from desktop.ui.findings.filters import FilterRow
from desktop.ui.findings.model import FindingsModel
from desktop.ui.findings.running import RunBar
from desktop.ui.findings.view import FindingsView
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from desktop.app.audit.finding_list import FindingList
    from desktop.app.audit.finding_list import Summary
    from desktop.app.audit.finding_list import Wish
    from desktop.app.store_thread import Operation
    from desktop.core.findings import Finding
    from desktop.ui.desk import Sight
    from desktop.ui.workplace import Workplace

SHOW_AFTER_MS: Final = 150
"""The list is put together once after a burst of findings."""


class AuditPage(QWidget):
    """The list of findings, and what to do about them."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Show what the audit has found so far."""
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self.model = FindingsModel(work, self)
        self.list = FindingsView(self.model, work)
        self.filters = FilterRow(work)
        self.running = RunBar(work)
        self._counts = {level: QLabel() for level in Level}
        self._pages = QStackedWidget()
        self._detail = FindingDetail(work, self.model)
        self._reading: Operation[FindingList] | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOW_AFTER_MS)
        self._wait.timeout.connect(self.read)
        self._export = FindingsExport(work, self.model, self.list)
        self._lay_out()
        self._listen()
        self._look(work.desk.sight)
        self.read()

    def _listen(self) -> None:
        bridge, desk = self.work.bridge, self.work.desk
        bridge.findings_changed.connect(self._soon)
        bridge.figures_changed.connect(self._wait.start)
        bridge.records_changed.connect(self._soon)
        bridge.period_changed.connect(self._wait.start)
        desk.turned.connect(self._turned)
        desk.asked.connect(self._asked)
        desk.looked.connect(self._look)
        self.filters.changed.connect(self._wait.start)
        self.list.opened.connect(self._go)
        self._export.told.connect(self.running.tell)
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.model.dataChanged.connect(self._chosen)

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        column = parts.column(self, margin=tokens.PAGE_MARGIN, spacing=10)
        column.addLayout(self._top())
        tools = parts.row(self.filters, None, self.running)
        column.addLayout(tools)
        # Qt looks again at all that is in a part where that is put: the tree first.
        column.addWidget(self._pages, 1)
        column.addWidget(self._detail)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing())
        self._pages.addWidget(self._under_way())
        self.setFocusProxy(self.list)

    def _top(self) -> QHBoxLayout:
        say = self.work.say
        row = parts.row(parts.label(say("Audit"), "title", wrap=False))
        row.setSpacing(16)
        for level, count in self._counts.items():
            tone = self.work.look.colours.of_level(level)
            icon = parts.Picture(self.work.icons.toned(tone))
            count.setObjectName(f"audit.{level.value}")
            parts.set_role(count, "strong")
            parts.set_tone(count, tone)
            row.addLayout(parts.row(icon, count, spacing=5))
        row.addStretch(1)
        for button in self._export.buttons():
            row.addWidget(button)
        return row

    def _nothing(self) -> QWidget:
        frame, column = parts.surface("audit.empty")
        good = self.work.look.colours.good
        icon = parts.Picture(self.work.icons.toned(good), 46)
        text = parts.label(self.work.say("Nothing found"), "heading")
        more = parts.label(
            self.work.say("Every form that was begun passes all audit rules."), "muted"
        )
        column.addStretch(1)
        column.addWidget(icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for made in (text, more):
            made.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(made)
        column.addStretch(1)
        return frame

    def _under_way(self) -> QWidget:
        """Say that nothing is known yet: an empty list is no clean one."""
        frame, column = parts.surface("audit.under-way")
        said = self.work.say("Checking the figures against the rules…")
        text = parts.label(said, "heading")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        column.addWidget(text)
        column.addStretch(1)
        return frame

    # --- Reading -----------------------------------------------------------

    def _soon(self, _event: object) -> None:
        if not self._wait.isActive():
            self._wait.start()

    def _turned(self, page: Page) -> None:
        if page is Page.AUDIT:
            self._wait.start()

    def _look(self, sight: Sight | None) -> None:
        """Show the findings somebody came for, and only those."""
        if sight is not None:
            self.work.desk.sight = None
            self.filters.look_into(sight.form, sight.level)

    def read(self) -> None:
        """Have the list put together on the ledger's thread, if anybody looks."""
        bridge, session = self.work.bridge, self.work.session
        if self.work.desk.page is not Page.AUDIT or bridge.closed:
            return
        if self._reading is not None:
            self._reading.cancel()
        current = self.model.finding(self.list.currentIndex())
        wish = self.filters.wish(None if current is None else which(current))
        self._reading = session.thread.start(
            lambda ledger: finding_list(session, ledger, wish)
        )
        bridge.when(self._reading.result, self, lambda found: self._show(found, wish))

    def _show(self, found: FindingList, wish: Wish) -> None:
        self._tell(found.summary)
        self.model.show(found, wish.grouping)
        clean = 1 if self.work.bridge.figures is not None else 2
        self._pages.setCurrentIndex(
            0 if found.groups or self.filters.narrowing else clean
        )
        row = self.model.row_of_chosen()
        if row is None:
            self._detail.show_findings(())
        else:
            self.list.go_to(row)
            self._chosen()

    def _tell(self, summary: Summary) -> None:
        say = self.work.say
        explained = say(
            "核实性 {count}, explained {explained}",
            count=summary.warnings,
            explained=summary.explained,
        )
        if summary.again:
            again = say("to be explained again {count}", count=summary.again)
            explained = f"{explained}{again}"
        texts = {
            Level.ERROR: say(
                "强制性 {count} ({kinds} kinds)",
                count=summary.errors,
                kinds=summary.error_rules,
            ),
            Level.WARNING: explained,
            Level.INFO: say("提示 {count}", count=summary.infos),
        }
        for level, text in texts.items():
            self._counts[level].setText(text)

    # --- Doing -------------------------------------------------------------

    def _chosen(self) -> None:
        self._detail.show_findings(tuple(self.list.chosen()))

    def _go(self, finding: Finding) -> None:
        self.work.desk.seek(place_of(finding))

    def _asked(self, command: str) -> None:
        if self.work.desk.page is not Page.AUDIT:
            return
        if command == "edit.find":
            self.filters.words.setFocus()
        elif command == "audit.explain":
            self._detail.reason.text.setFocus()
