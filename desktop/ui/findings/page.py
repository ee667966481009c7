"""审核: every finding of the period, grouped; Enter leads to the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QProgressBar
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QTreeView
from PySide6.QtWidgets import QWidget

from desktop.app import edits
from desktop.app import reading
from desktop.core.findings import Level
from desktop.ui.desk import Page
from desktop.ui.desk import Place
from desktop.ui.findings.box import ReasonBox
from desktop.ui.findings.model import FINDING
from desktop.ui.findings.model import FindingsModel
from desktop.ui.findings.model import Grouping
from desktop.ui.findings.model import Known
from desktop.ui.look import labels
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QHBoxLayout

    from desktop.app.events import FindingsChanged
    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.store.ledger import Ledger
    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace

SHOW_AFTER_MS: Final = 150
"""The list is drawn once after a burst of findings."""
OPENED_GROUPS: Final = 3


class AuditPage(QWidget):
    """The list of findings, and what to do about them."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Show what the audit has found so far."""
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self.model = FindingsModel(work, self)
        self.tree = QTreeView()
        self._filter = QLineEdit()
        self._grouping = QComboBox()
        self._counts = {level: QLabel() for level in Level}
        self._bar = QProgressBar()
        self._pages = QStackedWidget()
        self._detail = FindingDetail(work)
        self._awaited: set[str] | None = None
        """Forms an audit of everything has still to come to; None where none runs."""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOW_AFTER_MS)
        self._wait.timeout.connect(self.read)
        self._lay_out()
        bridge = work.bridge
        bridge.findings_changed.connect(self._soon)
        bridge.findings_changed.connect(self._progress)
        bridge.figures_changed.connect(self._finished)
        bridge.figures_changed.connect(self._wait.start)
        bridge.refresh_failed.connect(self._ended)
        bridge.records_changed.connect(self._soon)
        bridge.period_changed.connect(self._wait.start)
        work.desk.turned.connect(self._turned)
        work.desk.asked.connect(self._asked)
        self.read()

    # --- Layout ------------------------------------------------------------

    def _lay_out(self) -> None:
        column = parts.column(self, margin=tokens.PAGE_MARGIN, spacing=10)
        column.addLayout(self._top())
        column.addLayout(self._tools())
        self._build_tree()
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self._nothing())
        self._pages.addWidget(self._under_way())
        column.addWidget(self._pages, 1)
        column.addWidget(self._detail)
        self.setFocusProxy(self.tree)

    def _top(self) -> QHBoxLayout:
        say = self.work.say
        row = parts.row(parts.label(say("Audit"), "title", wrap=False))
        row.setSpacing(16)
        for level, count in self._counts.items():
            tone = tokens.tone_of_level(level)
            icon = QLabel()
            icon.setPixmap(self.work.icons.pixmap(tone.icon, tone.ink, 17))
            count.setObjectName(f"audit.{level.value}")
            count.setStyleSheet(f"color: {tone.ink}; font-weight: 600;")
            row.addLayout(parts.row(icon, count, spacing=5))
        row.addStretch(1)
        return row

    def _tools(self) -> QHBoxLayout:
        say = self.work.say
        self._filter.setObjectName("audit.filter")
        self._filter.setPlaceholderText(say("Filter by words, record or unit"))
        self._filter.setAccessibleName(self._filter.placeholderText())
        self._filter.setClearButtonEnabled(True)
        self._filter.setFixedWidth(260)
        self._filter.textChanged.connect(self._wait.start)
        self._grouping.setObjectName("audit.grouping")
        self._grouping.setAccessibleName(say("Group by"))
        for grouping, title in (
            (Grouping.RULE, say("Group by rule")),
            (Grouping.FORM, say("Group by form")),
            (Grouping.UNIT, say("Group by unit")),
        ):
            self._grouping.addItem(title, grouping)
        self._grouping.currentIndexChanged.connect(self._wait.start)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._bar.hide()
        again = parts.button(
            say("Audit everything again"),
            lambda: self.work.desk.asked.emit("audit.run"),
            name="audit.run",
            icon=self.work.icons.icon("refresh", tokens.ACCENT, 16),
        )
        return parts.row(self._filter, self._grouping, None, self._bar, again)

    def _build_tree(self) -> None:
        tree = self.tree
        tree.setObjectName("audit.tree")
        tree.setAccessibleName(self.work.say("Audit"))
        tree.setModel(self.model)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setExpandsOnDoubleClick(False)
        tree.activated.connect(self._activated)
        tree.selectionModel().currentChanged.connect(self._current)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in ((1, 230), (2, 110), (3, 180)):
            tree.setColumnWidth(section, width)

    def _nothing(self) -> QWidget:
        frame, column = parts.surface("audit.empty")
        icon = QLabel()
        icon.setPixmap(self.work.icons.pixmap("good", tokens.GOOD.ink, 46))
        icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = parts.label(self.work.say("Nothing found"), "heading")
        more = parts.label(
            self.work.say("Every form that was begun passes all audit rules."), "muted"
        )
        column.addStretch(1)
        column.addWidget(icon)
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

    def read(self) -> None:
        """Read the names and notes of the records that have findings."""
        if self.work.desk.page is not Page.AUDIT:
            return
        findings = self.work.bridge.board.all()
        for level, count in self._counts.items():
            number = sum(each.level is level for each in findings)
            count.setText(f"{labels.level(self.work.say, level)} {number}")
        forms = {each.form for each in findings}
        records = {
            form: sorted({e.record for e in findings if e.form == form and e.record})
            for form in forms
        }
        period, pack = self.work.period, self.work.pack

        def work(ledger: Ledger) -> Known:
            names: dict[tuple[str, RecordId], str] = {}
            notes: dict[tuple[str, RecordId], dict[str, str]] = {}
            for form, ids in records.items():
                said = reading.names(ledger, pack.form_by_id[form], ids)
                names |= {(form, record): name for record, name in said.items()}
                for key, topics in ledger.notes_of(form, period).items():
                    record = ledger.record(key)
                    if record is not None:
                        notes[form, record.id] = topics
            return Known(names, notes)

        self.work.bridge.ask(work, self, lambda known: self._show(findings, known))

    def _show(self, findings: Sequence[Finding], known: Known) -> None:
        chosen = self.tree.currentIndex().data(FINDING)
        words = self._filter.text().strip()
        self.model.known = known
        kept = [
            each
            for each in findings
            if not words or words in each.text or words in self.model.name(each)
        ]
        grouping = self._grouping.currentData()
        first = self.model.rowCount() == 0
        opened = {
            str(self.model.index(row, 0).data()).split("（")[0]
            for row in range(self.model.rowCount())
            if self.tree.isExpanded(self.model.index(row, 0))
        }
        self.model.show(kept, known, grouping)
        for row in range(self.model.rowCount()):
            index = self.model.index(row, 0)
            title = str(index.data()).split("（")[0]
            if title in opened or (first and row < OPENED_GROUPS):
                self.tree.expand(index)
        clean = 1 if self.work.bridge.figures is not None else 2
        self._pages.setCurrentIndex(0 if kept or words else clean)
        self._choose_again(chosen)

    def _choose_again(self, chosen: Finding | None) -> None:
        """Stay with the finding that was chosen, or begin with the first."""
        first = QModelIndex()
        for row in range(self.model.rowCount()):
            top = self.model.index(row, 0)
            for inside in range(self.model.rowCount(top)):
                index = self.model.index(inside, 0, top)
                if not first.isValid():
                    first = index
                found = self.model.finding(index)
                if (
                    chosen is not None
                    and found is not None
                    and (
                        (found.form, found.record, found.rule)
                        == (chosen.form, chosen.record, chosen.rule)
                    )
                ):
                    self.tree.setCurrentIndex(index)
                    return
        if first.isValid():
            self.tree.setCurrentIndex(first)
        else:
            self._detail.show_finding(None, "", "")

    # --- Doing -------------------------------------------------------------

    def _current(self, now: QModelIndex, _before: QModelIndex) -> None:
        finding = self.model.finding(now)
        if finding is None:
            self._detail.show_finding(None, "", "")
        else:
            self._detail.show_finding(
                finding, self.model.name(finding), self.model.reason(finding)
            )

    def _activated(self, index: QModelIndex) -> None:
        finding = self.model.finding(index)
        if finding is None:
            top = index.siblingAtColumn(0)
            self.tree.setExpanded(top, not self.tree.isExpanded(top))
            return
        field = finding.fields[0] if finding.fields else None
        self.work.desk.seek(Place(finding.form, finding.record, field))

    def _asked(self, command: str) -> None:
        if command == "audit.run" and self._awaited is None:
            self.run_again()
        elif command == "edit.find" and self.work.desk.page is Page.AUDIT:
            self._filter.setFocus()

    def run_again(self) -> None:
        """Audit everything in the background, as after a change; show how far it is."""
        forms = {form.id for form in self.work.pack.forms}
        self._awaited = forms
        self._bar.setRange(0, len(forms) + 1)
        self._bar.setValue(0)
        self._bar.show()
        self.work.session.refresh()

    def _progress(self, event: FindingsChanged) -> None:
        if self._awaited is not None and event.all_records:
            self._awaited.discard(event.form)
            self._bar.setValue(self._bar.maximum() - 1 - len(self._awaited))

    def _finished(self) -> None:
        """Take the bar away when the indicators are there, which come last."""
        if not self._awaited:
            self._ended()

    def _ended(self) -> None:
        self._awaited = None
        self._bar.hide()


class FindingDetail(QFrame):
    """The chosen finding below the list: where it is, and the box for its reason."""

    def __init__(self, work: Workplace) -> None:
        """Wait for a finding."""
        super().__init__()
        self.setProperty("surface", True)
        self.setObjectName("audit.detail")
        self._work = work
        self._finding: Finding | None = None
        self._before = ""
        self._text = parts.label("", name="audit.text")
        self._where = parts.label("", "muted")
        self._go = parts.button(work.say("Go to the cell"), self._jump, name="audit.go")
        self._reason = ReasonBox("", work)
        self._reason.save.clicked.connect(self._save)
        column = parts.column(self, margin=12, spacing=6)
        top = parts.row(self._text, self._go)
        top.setStretch(0, 1)
        column.addLayout(top)
        column.addWidget(self._where)
        column.addWidget(self._reason)
        self.hide()

    def show_finding(self, finding: Finding | None, name: str, reason: str) -> None:
        """Show a finding; a reason that is being typed stays."""
        self.setVisible(finding is not None)
        same = (
            finding is not None
            and self._finding is not None
            and (
                (finding.form, finding.record, finding.rule)
                == (self._finding.form, self._finding.record, self._finding.rule)
            )
        )
        typing = self._reason.text.hasFocus() and same
        self._finding, self._before = finding, reason
        if finding is None:
            return
        self._text.setText(finding.text)
        form = self._work.form(finding.form).title
        self._where.setText(f"{form} · {name}")
        asks = finding.level is Level.WARNING and finding.record is not None
        self._reason.setVisible(asks and self._work.writable)
        if not typing:
            self._reason.text.setPlainText(reason)

    def _jump(self) -> None:
        if self._finding is not None:
            field = self._finding.fields[0] if self._finding.fields else None
            place = Place(self._finding.form, self._finding.record, field)
            self._work.desk.seek(place)

    def _save(self) -> None:
        finding, after = self._finding, self._reason.text.toPlainText().strip()
        if finding is None or finding.record is None or after == self._before:
            return
        form, record = finding.form, finding.record
        self._work.bridge.ask(
            lambda ledger: ledger.rows(form, [record]),
            self,
            lambda rows: self._write(rows, finding, after),
        )

    def _write(self, rows: list[Record], finding: Finding, after: str) -> None:
        if rows:
            action = edits.explain(rows[0], finding, self._before, after)
            self._work.bridge.watch(self._work.session.apply(action))
