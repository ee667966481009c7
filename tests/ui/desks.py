"""Ledgers and workplaces the tests of the windows share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QWidget

from tests import asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.store.records import Record
    from desktop.ui.workplace import Workplace

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"

Q = TypeVar("Q", bound=QObject)


def drain(work: Workplace) -> None:
    """Let everything asked of the ledger so far arrive, and what that asks in turn."""
    for _ in range(4):
        work.session.thread.call(lambda _: None).result()
        QCoreApplication.processEvents()


def free(widget: QObject) -> None:
    """Delete what was marked for deletion, without waiting for the event loop."""
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def child(parent: QObject, kind: type[Q], name: str) -> Q:
    """Find a widget by its object name; there must be one."""
    [found] = every(parent, kind, name)
    return found


def every(parent: QObject, kind: type[Q], name: str = "") -> list[Q]:
    """Find all widgets of a kind, and of a name if one is given."""
    found: Iterable[Q] = (
        parent.findChildren(kind, name) if name else (parent.findChildren(kind))
    )
    return list(found)


def records(work: Workplace, form: str) -> list[Record]:
    """Read all records of a form as the ledger has them now."""
    return asked.every(work.session, form)


def record_named(work: Workplace, form: str, name: str) -> Record:
    """Read the one record of a name."""
    [found] = [each for each in records(work, form) if each.cell("name") == name]
    return found


def nameless(window: QWidget) -> list[str]:
    """List what can take the focus and what a screen reader has no name for."""
    found = []
    for widget in every(window, QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not takes or _is_inner(widget) or not widget.isVisibleTo(window):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def _is_inner(widget: QWidget) -> bool:
    """Tell whether a widget is a part of one that speaks for it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractItemView):
            return True
        parent = parent.parentWidget()
    return False


def type_text(widget: QWidget, text: str) -> None:
    """Type a text: Latin letters by key, Chinese ones as an input method does."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QCoreApplication.sendEvent(widget, event)
