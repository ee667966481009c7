from __future__ import annotations

from desktop.ui.look import tokens


def test_dialogs__fit_a_small_screen_at_125_percent() -> None:
    assert tokens.DIALOG_WIDTH <= tokens.SCREEN_WIDTH <= 1366 / 1.25
    assert tokens.DIALOG_HEIGHT <= 560
