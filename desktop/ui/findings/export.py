"""Handing the list of findings on: to the clipboard, or as a workbook or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from desktop.app.audit.finding_list import FindingList
from desktop.app.audit.finding_list import Group
from desktop.app.audit.finding_table import finding_table
from desktop.app.audit.finding_table import tab_text
from desktop.ui.files.list_saving import ListSaving
from desktop.ui.look import parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton

    from desktop.app.audit.finding_table import Row
    from desktop.app.progress import Steps
    from desktop.export.xlsx.finding_sheet import FindingSheet
    from desktop.store.ledger import Ledger
    from desktop.ui.findings.model import FindingsModel
    from desktop.ui.findings.view import FindingsView
    from desktop.ui.workplace import Workplace


class FindingsExport(QObject):
    """Writes the findings that are shown, in their order."""

    told = Signal(str)
    """What has been done, for the person."""

    def __init__(
        self, work: Workplace, model: FindingsModel, view: FindingsView
    ) -> None:
        """Serve a list, and what it shows."""
        super().__init__(view)
        self._work, self._model, self._view = work, model, view
        self._saving = ListSaving(work, view)
        self._saving.told.connect(self.told)
        work.desk.asked.connect(self._asked)
        view.copied.connect(self._copy_chosen)

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
        self._with_rows(self._model.list, _to_clipboard)

    def _copy_chosen(self) -> None:
        """Put the chosen findings on the clipboard."""
        chosen, shown = tuple(self._view.chosen()), self._model.list
        if chosen:
            group = Group(chosen[0].level, chosen, 0)
            self._with_rows(FindingList((group,), shown.said), _to_clipboard)

    def choose_file(self) -> None:
        """Ask where the list is to go."""
        say = self._work.say
        path = self._saving.ask(say("Save the list…"), say("Findings"))
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write what is shown as a workbook, or as CSV where the name says so."""
        # It brings openpyxl; few who look at findings save them.
        from desktop.app.audit import finding_book  # noqa: PLC0415 - see above

        work, found = self._work, self._model.list
        session, say = work.session, work.say
        pack, compiled, period = work.pack, session.compiled, session.period

        def read(ledger: Ledger) -> Steps[FindingSheet]:
            short = yield from finding_table(ledger, pack, say, found)
            rows = finding_book.in_full(short, compiled, say)
            return finding_book.book_of(ledger, period, rows, say)

        self._saving.save(
            path,
            session.thread.start(read).result,
            lambda book: finding_book.write_findings(path, book),
        )

    def _with_rows(
        self, found: FindingList, use: Callable[[tuple[Row, ...]], None]
    ) -> None:
        work = self._work
        pack, say = work.pack, work.say
        made = work.session.thread.start(
            lambda ledger: finding_table(ledger, pack, say, found)
        )
        work.bridge.when(made.result, self, use)


def _to_clipboard(rows: tuple[Row, ...]) -> None:
    QGuiApplication.clipboard().setText(tab_text(rows))
