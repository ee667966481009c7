"""Finding a part of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import cast

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QWidget

from tools.window_parts import part

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_part__by_kind_and_name_or_the_tool_ends(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("x", window)
    label.setObjectName("here")
    assert part(window, QLabel) is label
    assert part(window, QLabel, "here") is label
    with pytest.raises(SystemExit, match="there"):
        part(window, QLabel, "there")
    with pytest.raises(SystemExit, match="Camera"):
        part(window, cast("type[QWidget]", type("Camera", (QWidget,), {})))
