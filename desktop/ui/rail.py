"""The navigation at the left: 工作台, 填报, 审核, 指标, 导出, 报送."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QWidget

from desktop.app.commands import COMMANDS
from desktop.ui.desk import Page
from desktop.ui.look import parts
from desktop.ui.look import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.ui.workplace import Workplace

TITLES: Final[Mapping[str, str]] = {command.id: command.title for command in COMMANDS}
SHORTCUTS: Final[Mapping[str, str]] = {
    command.id: command.shortcut for command in COMMANDS
}


BUTTON_HEIGHT: Final = 56
LEAST_HEIGHT: Final = 44
"""On a low screen with large letters: icon and words, nothing around them."""
FIRST: Final = 1000
"""Buttons take the room before what is left free below them."""
AROUND: Final = 10
ICON_SIZE: Final = 26


class Rail(QFrame):
    """One button a page."""

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Show the pages."""
        super().__init__(parent)
        self.setObjectName("rail")
        self._work = work
        self._buttons = {page: self._button(page) for page in Page}
        column = parts.column(self)
        column.setContentsMargins(0, 10, 0, 8)
        group = QButtonGroup(self)
        for made in self._buttons.values():
            group.addButton(made)
            column.addWidget(made, FIRST)
        column.addStretch(1)
        work.desk.turned.connect(self._follow)
        work.look.changed.connect(self._measure)
        self._measure()
        self._follow(work.desk.page)

    def _measure(self) -> None:
        """Give the words the room they need."""
        look = self._work.look
        width = look.px(tokens.RAIL_WIDTH)
        self.setFixedWidth(width)
        for made in self._buttons.values():
            made.setFixedWidth(width)
            made.setMaximumHeight(look.px(BUTTON_HEIGHT) + AROUND)
            made.setMinimumHeight(look.px(LEAST_HEIGHT) + AROUND)
            made.setIconSize(QSize(look.px(ICON_SIZE), look.px(ICON_SIZE)))

    def _button(self, page: Page) -> QToolButton:
        made = QToolButton(self)
        made.setObjectName(f"rail.{page.value}")
        command = f"view.{page.value}"
        made.setText(self._work.say(TITLES[command]))
        made.setToolTip(f"{made.text()}（{SHORTCUTS[command]}）")
        made.setIcon(self._work.icons.icon(page.value, lambda c: c.rail_ink))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setCheckable(True)
        made.clicked.connect(lambda: self._work.desk.turn_to(page))
        return made

    def _follow(self, page: Page) -> None:
        self._buttons[page].setChecked(True)
