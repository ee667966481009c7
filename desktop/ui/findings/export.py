"""Handing the list of findings on: to the clipboard, or as a workbook or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.app.audit.finding_list import FindingList
from desktop.app.audit.finding_list import Group
from desktop.app.audit.finding_table import finding_table
from desktop.app.audit.finding_table import tab_text
from desktop.app.background import Task
from desktop.export.safe_file import ExportError
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from desktop.app.audit.finding_table import Row
    from desktop.app.progress import Steps
    from desktop.export.xlsx.finding_sheet import FindingSheet
    from desktop.store.ledger import Ledger
    from desktop.ui.findings.page import AuditPage


class FindingsExport(QObject):
    """Writes the findings that are shown, in their order."""

    def __init__(self, page: AuditPage) -> None:
        """Serve a page."""
        super().__init__(page)
        self._page, self._work = page, page.work
        page.work.desk.asked.connect(self._asked)

    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """Make the two buttons."""
        say = self._work.say
        return (
            parts.button(say("Copy the list"), self.copy, name="audit.copy", link=True),
            parts.button(
                say("Save the list…"), self.choose_file, name="audit.export", link=True
            ),
        )

    def _asked(self, command: str) -> None:
        if command == "audit.export":
            self.choose_file()

    def copy(self) -> None:
        """Put all that is shown on the clipboard, as Excel and WPS take it."""
        self._with_rows(self._page.model.list, _to_clipboard)

    def copy_chosen(self) -> None:
        """Put the chosen findings on the clipboard."""
        chosen, shown = tuple(self._page.list.chosen()), self._page.model.list
        if chosen:
            group = Group(chosen[0].level, chosen, 0)
            self._with_rows(FindingList((group,), shown.said), _to_clipboard)

    def choose_file(self) -> None:
        """Ask where the list is to go."""
        work = self._work
        unit, period = work.session.root.name, work.session.period.title
        name = f"{unit} {period} {work.say('Findings')}.xlsx"
        folder = work.session.path.parent
        chosen, _ = QFileDialog.getSaveFileName(
            self._page,
            work.say("Save the list…"),
            str(folder / name),
            "Excel (*.xlsx);;CSV (*.csv)",
        )
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix else path.with_suffix(".xlsx"))

    def save(self, path: Path) -> None:
        """Write what is shown as a workbook, or as CSV where the name says so."""
        # It brings openpyxl; few who look at findings save them.
        from desktop.app.audit import finding_book  # noqa: PLC0415 - see above

        work, found = self._work, self._page.model.list
        session, say = work.session, work.say
        pack, compiled, period = work.pack, session.compiled, session.period

        def read(ledger: Ledger) -> Steps[FindingSheet]:
            short = yield from finding_table(ledger, pack, say, found)
            rows = finding_book.in_full(short, compiled, say)
            return finding_book.book_of(ledger, period, rows, say)

        def write(book: FindingSheet) -> None:
            task = Task(lambda _: finding_book.write_findings(path, book))
            work.bridge.when(
                task.result, self, lambda _: self._tell(path), self._failed
            )

        work.bridge.when(session.thread.start(read).result, self, write)

    def _with_rows(
        self, found: FindingList, use: Callable[[tuple[Row, ...]], None]
    ) -> None:
        work = self._work
        pack, say = work.pack, work.say
        made = work.session.thread.start(
            lambda ledger: finding_table(ledger, pack, say, found)
        )
        work.bridge.when(made.result, self, use)

    def _tell(self, path: Path) -> None:
        self._page.tell(self._work.say("Saved: {file}", file=path.name))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, ExportError):
            raise error
        self._work.bridge.courier.trouble.emit(error.message)


def _to_clipboard(rows: tuple[Row, ...]) -> None:
    QGuiApplication.clipboard().setText(tab_text(rows))
