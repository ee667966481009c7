from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.app.people.comfort import Theme
from desktop.ui.look import tokens
from desktop.ui.look.appearance import TIMES
from desktop.ui.look.appearance import Appearance
from desktop.ui.look.colours import CONTRAST
from desktop.ui.look.colours import DARK
from desktop.ui.look.colours import LIGHT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_colours__of_the_theme_chosen() -> None:
    found = [Appearance(Comfort(theme)).colours for theme in Theme]
    assert found == [LIGHT, LIGHT, DARK, CONTRAST]


def test_system__is_followed_where_nothing_else_was_chosen(qtbot: QtBot) -> None:
    look = Appearance()
    with qtbot.waitSignal(look.changed):
        look.system_is(dark=True)
    assert look.colours is DARK
    look.choose(Comfort(Theme.LIGHT))
    with qtbot.assertNotEmitted(look.changed):
        look.system_is(dark=False)
        look.system_is(dark=True)
    assert look.colours is LIGHT


def test_choose__says_so_once(qtbot: QtBot) -> None:
    look = Appearance()
    with qtbot.waitSignal(look.changed):
        look.choose(Comfort(Theme.DARK))
    with qtbot.assertNotEmitted(look.changed):
        look.choose(Comfort(Theme.DARK))


@pytest.mark.parametrize("size", TextSize)
def test_lengths__grow_with_the_letters(size: TextSize) -> None:
    look = Appearance(Comfort(text=size))
    assert look.px(100) == round(100 * TIMES[size])
    assert look.points() == tokens.BASE_POINTS * TIMES[size]
    assert look.points(-1) < look.points() < look.points(1)


def test_sizes__each_is_bigger_than_the_one_before() -> None:
    times = [TIMES[size] for size in TextSize]
    assert times == sorted(set(times))
    assert times[0] == 1


@pytest.mark.parametrize("size", TextSize)
def test_dialog__never_outgrows_a_small_screen(size: TextSize) -> None:
    found = Appearance(Comfort(text=size)).dialog(900)
    assert found.width() <= 1366 / 1.25
    assert found.height() == tokens.DIALOG_HEIGHT <= 560
    small = Appearance(Comfort(text=size)).dialog(200, 100)
    assert (small.width(), small.height()) == (
        round(200 * TIMES[size]),
        round(100 * TIMES[size]),
    )
