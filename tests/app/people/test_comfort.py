from __future__ import annotations

import pytest

from desktop.app.commands import COMMANDS
from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.app.people.comfort import Theme
from desktop.app.people.comfort import after
from desktop.app.people.comfort import comfort_data
from desktop.app.people.comfort import comfort_of
from desktop.app.people.comfort import marks

LOOKS = [one.id for one in COMMANDS if one.id.startswith(("view.theme.", "view.text."))]


@pytest.mark.parametrize("theme", Theme)
def test_after__a_theme(theme: Theme) -> None:
    found = after(f"view.theme.{theme.value}", Comfort(text=TextSize.LARGE))
    assert found == Comfort(theme, TextSize.LARGE)


@pytest.mark.parametrize("size", TextSize)
def test_after__a_size(size: TextSize) -> None:
    found = after(f"view.text.{size.value}", Comfort(Theme.DARK))
    assert found == Comfort(Theme.DARK, size)


def test_after__step_by_step_as_far_as_it_goes() -> None:
    now, seen = Comfort(), []
    for step in ("larger", "larger", "larger", "smaller", "smaller", "smaller"):
        now = after(f"view.text.{step}", now)
        seen.append(now.text)
    standard, large, huge = TextSize
    assert seen == [large, huge, huge, large, standard, standard]


@pytest.mark.parametrize("command", ["edit.copy", "view.audit", "larger", ""])
def test_after__other_commands_change_nothing(command: str) -> None:
    now = Comfort(Theme.DARK, TextSize.HUGE)
    assert after(command, now) == now


def test_commands__each_theme_and_size_has_one() -> None:
    for command in LOOKS:
        after(command, Comfort())
    assert set(marks(Comfort())) <= set(LOOKS)


@pytest.mark.parametrize("theme", Theme)
def test_marks__one_theme_and_one_size(theme: Theme) -> None:
    found = marks(Comfort(theme, TextSize.HUGE))
    on = [command for command, holds in found.items() if holds]
    assert on == [f"view.theme.{theme.value}", "view.text.huge"]
    assert set(found) == {one.id for one in COMMANDS if one.marked} & set(LOOKS)


def test_data__comes_back() -> None:
    for theme in Theme:
        for size in TextSize:
            comfort = Comfort(theme, size)
            assert comfort_of(comfort_data(comfort)) == comfort


@pytest.mark.parametrize(
    "data", [None, [], "dark", {}, {"theme": "pink", "text": 3}, {"theme": None}]
)
def test_data__what_is_not_known_is_as_at_first(data: object) -> None:
    assert comfort_of(data) == Comfort()
