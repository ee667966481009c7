"""What a person's eyes want: the colours of the window and the size of its letters."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Final

from desktop.core.frozen import frozen


class Theme(Enum):
    """The colours; the value is what settings and commands call them."""

    SYSTEM = "system"
    """Light or dark as the computer is set."""
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class TextSize(Enum):
    """The size of the letters, from small to big."""

    STANDARD = "standard"
    LARGE = "large"
    HUGE = "huge"


@frozen
class Comfort:
    """What was chosen."""

    theme: Theme = Theme.SYSTEM
    text: TextSize = TextSize.STANDARD


_THEME: Final = "view.theme."
_TEXT: Final = "view.text."


def after(command: str, now: Comfort) -> Comfort:
    """Give what is chosen once a command has been done; others change nothing."""
    if command.startswith(_THEME):
        return replace(now, theme=Theme(command.removeprefix(_THEME)))
    match command.removeprefix(_TEXT):
        case "larger":
            return replace(now, text=_beside(now.text, 1))
        case "smaller":
            return replace(now, text=_beside(now.text, -1))
        case name if command.startswith(_TEXT):
            return replace(now, text=TextSize(name))
        case _:
            return now


def marks(now: Comfort) -> dict[str, bool]:
    """Tell of each choice, by its command, whether it is the one chosen."""
    themes = {_THEME + each.value: each is now.theme for each in Theme}
    return themes | {_TEXT + each.value: each is now.text for each in TextSize}


def comfort_of(data: object) -> Comfort:
    """Read what a settings file holds; what it does not know is as at first."""
    named = data if isinstance(data, dict) else {}
    themes = {each.value: each for each in Theme}
    sizes = {each.value: each for each in TextSize}
    return Comfort(
        themes.get(str(named.get("theme")), Theme.SYSTEM),
        sizes.get(str(named.get("text")), TextSize.STANDARD),
    )


def comfort_data(comfort: Comfort) -> dict[str, str]:
    """Write a choice for a settings file."""
    return {"theme": comfort.theme.value, "text": comfort.text.value}


def _beside(size: TextSize, step: int) -> TextSize:
    """Give the next size; at either end it stays."""
    sizes = list(TextSize)
    return sizes[min(max(sizes.index(size) + step, 0), len(sizes) - 1)]
