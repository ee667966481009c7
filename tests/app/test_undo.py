from __future__ import annotations

from desktop.app.undo import UndoStack
from desktop.core.changes import Action
from desktop.core.changes import NilChange
from desktop.core.messages import message


def action(name: str) -> Action:
    change = NilChange("eci", "2025", "310105", before=False, after=True)
    return Action(message(name), (change,))


def test_undo__nothing_to_take_back() -> None:
    stack = UndoStack()
    assert (stack.back(), stack.forth()) == (None, None)
    assert (stack.undo_title, stack.redo_title) == (None, None)


def test_undo__back_and_forth() -> None:
    stack = UndoStack()
    stack.push(action("first"))
    stack.push(action("second"))
    back = stack.back()
    assert back is not None
    assert back.title == message("second")
    assert back.changes == (
        NilChange("eci", "2025", "310105", before=True, after=False),
    )
    stack.went_back()
    assert stack.undo_title == message("first")
    assert stack.redo_title == message("second")
    assert stack.forth() == action("second")
    stack.went_forth()
    assert stack.undo_title == message("second")
    assert stack.redo_title is None


def test_undo__a_new_action_ends_redo() -> None:
    stack = UndoStack()
    stack.push(action("first"))
    stack.went_back()
    stack.push(action("other"))
    assert stack.forth() is None
    assert stack.undo_title == message("other")
