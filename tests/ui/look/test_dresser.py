"""The whole application in the chosen look, at once and the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPalette
from PySide6.QtGui import QStyleHints

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.app.people.comfort import Theme
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.colours import CONTRAST
from desktop.ui.look.colours import DARK
from desktop.ui.look.colours import LIGHT
from desktop.ui.look.dresser import Dresser
from desktop.ui.look.theme import cover
from desktop.ui.workplace import Habits
from tests.ui.desks import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def habits(tmp_path: Path, qapp: QApplication) -> Iterator[Habits]:
    """Give the settings of a test, and undress afterwards."""
    yield Habits(tmp_path / "settings.json")
    cover(qapp, RESOURCES, Appearance())


def dressed(habits: Habits) -> tuple[Appearance, Dresser]:
    look = Appearance()
    return look, Dresser(look, habits, RESOURCES, look)


def ground(qapp: QApplication) -> QColor:
    return qapp.palette().color(QPalette.ColorRole.Base)


def test_ask__everything_is_dressed_at_once_and_it_is_remembered(
    habits: Habits, qapp: QApplication
) -> None:
    look, dresser = dressed(habits)
    dresser.cover()
    dresser.ask("view.theme.contrast")
    dresser.ask("view.text.larger")
    assert ground(qapp) == QColor(CONTRAST.paper)
    assert CONTRAST.accent in qapp.styleSheet()
    assert qapp.font().pointSizeF() == look.points() > Appearance().points()
    again, _ = dressed(Habits(habits.path))
    assert again.comfort == Comfort(Theme.CONTRAST, TextSize.LARGE)
    assert again.colours is CONTRAST


def test_ask__other_commands_change_nothing(habits: Habits) -> None:
    look, dresser = dressed(habits)
    dresser.ask("edit.copy")
    assert look.comfort == Comfort()
    assert not habits.path.exists()


def test_begin__nothing_is_dressed_before_a_window_shows_itself(
    habits: Habits, qapp: QApplication
) -> None:
    habits.keep(habits.now)
    before = qapp.styleSheet()
    _, dresser = dressed(habits)
    dresser.ask("view.theme.dark")
    assert qapp.styleSheet() == before
    dresser.cover()
    assert DARK.accent in qapp.styleSheet()


def test_system__is_followed_unless_something_was_chosen(
    habits: Habits, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = [Qt.ColorScheme.Dark]
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _: scheme[0])
    look, dresser = dressed(habits)
    assert look.colours is DARK
    scheme[0] = Qt.ColorScheme.Light
    qapp.styleHints().colorSchemeChanged.emit(scheme[0])
    assert look.colours is LIGHT
    dresser.ask("view.theme.light")
    scheme[0] = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(scheme[0])
    assert look.colours is LIGHT
    dresser.ask("view.theme.system")
    assert look.colours is DARK


def test_frames__the_computer_is_asked_for_fitting_ones(
    habits: Habits, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Qt.ColorScheme | None] = []
    monkeypatch.setattr(
        QStyleHints, "setColorScheme", lambda _, scheme: asked.append(scheme)
    )
    monkeypatch.setattr(QStyleHints, "unsetColorScheme", lambda _: asked.append(None))
    _, dresser = dressed(habits)
    assert asked == [], "at first there is nothing to ask for"
    for theme in ("dark", "light", "contrast", "system"):
        dresser.ask(f"view.theme.{theme}")
    dark, light = Qt.ColorScheme.Dark, Qt.ColorScheme.Light
    assert asked == [dark, light, dark, None]
