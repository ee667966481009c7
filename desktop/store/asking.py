"""Compiled questions to an open ledger file, and how they are stopped."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING
from typing import Final

from desktop.core.messages import message
from desktop.store.errors import InterruptedReadError
from desktop.store.errors import QueryError
from desktop.store.errors import damaged
from desktop.store.errors import translated
from desktop.store.reads import Questions

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.store.files import OpenFile

_WRONG_QUESTION: Final = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG})


def _never() -> bool:
    return False


class Asking:
    """Asks an open file; a read can be stopped from any thread, a write cannot."""

    def __init__(self, file: OpenFile) -> None:
        """Take an open file."""
        self.path = file.path
        self._connection = file.connection
        self._questions = Questions(file.connection)
        self._guard = Lock()
        self._writing = False
        self.wanted: Callable[[], bool] = _never
        """Whether somebody waits for the ledger; `whole` gives way to them."""

    def query(
        self, sql: str, params: Mapping[str, object] | None = None
    ) -> Iterator[tuple[object, ...]]:
        """Run one compiled SELECT and give its rows as they come.

        Rows may be read with edits in between. After `interrupt`, or after an edit
        that had to end a stopped read, the next row raises `InterruptedReadError`.

        Raises:
            QueryError: The statement is wrong, or could change the file; it was not
                run.
            StoreError: The file cannot be read, or the read was stopped.
        """
        with self._reading():
            try:
                yield from self._questions.ask(sql, params or {})
            except sqlite3.Error as error:
                # Python's own complaints about the caller carry no code.
                if getattr(error, "sqlite_errorcode", None) not in _WRONG_QUESTION:
                    raise
                text = message("store.query_failed", detail=str(error))
                raise QueryError(text) from error

    def whole(
        self, sql: str, params: Mapping[str, object] | None = None
    ) -> list[tuple[object, ...]] | None:
        """Run one compiled SELECT to its end, or give way: None says to ask again.

        Raises:
            QueryError: The statement is wrong, or could change the file.
            StoreError: The file cannot be read, or the read was stopped.
        """
        try:
            with self._questions.giving_way(self.wanted):
                return list(self.query(sql, params))
        except InterruptedReadError:
            if self.wanted():
                return None
            raise

    def interrupt(self) -> None:
        """Stop the reads that are running; from any thread. A write is not touched."""
        with self._guard:
            if not self._writing:
                self._questions.mark_interrupted()
                self._connection.interrupt()

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Keep `interrupt` away from a write, and end what it has stopped already."""
        with self._guard:
            self._writing = True
            if self._questions.interrupted:
                # SQLite interrupts whatever starts while a stopped read is still open.
                self._questions.stop()
        try:
            yield
        finally:
            with self._guard:
                self._writing = False

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Say what a row means that cannot be understood, or a read that was ended."""
        with translated(self.path):
            try:
                yield
            except ValueError as error:
                raise damaged(self.path, str(error)) from error
