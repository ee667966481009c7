"""最近的台账: the ledgers opened last, in the menu; one that is gone says why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.background import Task
from desktop.app.ledgers.recent import why_missing

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

    from desktop.core.messages import Message
    from desktop.ui.workplace import Workplace


def fill_recent(menu: QMenu, work: Workplace) -> None:
    """List the ledgers; whether they are there is asked beside the main thread."""
    menu.clear()
    menu.setToolTipsVisible(True)
    here = str(work.session.path)
    paths = [Path(name) for name in work.habits.now.recent if name != here]
    if not paths:
        menu.addAction(work.say("No other ledger yet")).setEnabled(False)
        return
    offered = [_offer(menu, work, path) for path in paths]
    task = Task(lambda _: [why_missing(path) for path in paths])

    def asked(found: list[Message | None]) -> None:
        for action, why in zip(offered, found, strict=True):
            if why is not None and action in menu.actions():
                action.setEnabled(False)
                action.setText(f"{action.text()}（{work.say.message(why)}）")

    work.bridge.when(task.result, menu, asked)


def _offer(menu: QMenu, work: Workplace, path: Path) -> QAction:
    action = menu.addAction(path.stem.replace("&", "&&"))
    action.setToolTip(str(path))
    action.setData(str(path))
    action.triggered.connect(lambda: work.desk.ledger_wanted.emit(path))
    return action
