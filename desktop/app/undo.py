"""What can be undone and redone, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.changes import Action
from desktop.core.changes import undo

if TYPE_CHECKING:
    from desktop.core.messages import Message


class UndoStack:
    """The actions of one sitting, in order, and how far they are taken back.

    Undoing is an action of its own in the ledger's log: history only grows.
    """

    def __init__(self) -> None:
        """Begin with nothing to undo."""
        self._done: list[Action] = []
        self._undone: list[Action] = []

    @property
    def undo_title(self) -> Message | None:
        """Name what undo would take back."""
        return self._done[-1].title if self._done else None

    @property
    def redo_title(self) -> Message | None:
        """Name what redo would do again."""
        return self._undone[-1].title if self._undone else None

    def push(self, action: Action) -> None:
        """Remember a new action; what was undone before it can no longer be redone."""
        self._done.append(action)
        self._undone.clear()

    def back(self) -> Action | None:
        """Give the action that undoes the last one; `went_back` once it is applied."""
        if not self._done:
            return None
        last = self._done[-1]
        return Action(last.title, undo(last))

    def went_back(self) -> None:
        """Move the last action to what can be redone."""
        self._undone.append(self._done.pop())

    def forth(self) -> Action | None:
        """Give the action to redo; `went_forth` once it is applied."""
        return self._undone[-1] if self._undone else None

    def went_forth(self) -> None:
        """Move the redone action back to what can be undone."""
        self._done.append(self._undone.pop())
