from __future__ import annotations

import pytest

from desktop.app.form_states import Progressed
from desktop.core.findings import Level
from desktop.indicators.figures import Status
from desktop.ui.look import tokens
from tests.ui.desks import RESOURCES

TONES = (tokens.ERROR, tokens.WARNING, tokens.INFO, tokens.GOOD, tokens.QUIET)


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.1)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tone", TONES)
def test_tones__text_can_be_read_on_tint_and_paper(tone: tokens.Tone) -> None:
    assert contrast(tone.ink, tone.tint) >= 4.5
    assert contrast(tone.ink, tokens.PAPER) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (tokens.INK, tokens.PAPER),
        (tokens.INK, tokens.SELECTION),
        (tokens.MUTED, tokens.PAPER),
        (tokens.MUTED, tokens.SUNKEN),
        (tokens.MUTED, tokens.GROUND),
        (tokens.ACCENT, tokens.SUNKEN),
        (tokens.PAPER, tokens.ACCENT),
        (tokens.RAIL_INK, tokens.RAIL),
        (tokens.PAPER, tokens.RAIL_CHOSEN),
        (tokens.ERROR.ink, tokens.SELECTION),
    ],
)
def test_colours__text_can_be_read(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_tones__differ_by_icon_and_not_by_colour_alone() -> None:
    icons = [tone.icon for tone in TONES]
    assert len(set(icons)) == len(icons)
    assert all((RESOURCES / "icons" / f"{icon}.svg").is_file() for icon in icons)


def test_tone_of_level__each_its_own() -> None:
    assert [tokens.tone_of_level(level) for level in Level] == [
        tokens.ERROR,
        tokens.WARNING,
        tokens.INFO,
    ]


def test_tone_of_status__only_reached_and_on_the_way_look_good() -> None:
    tones = {status: tokens.tone_of_status(status) for status in Status}
    good = [status for status, tone in tones.items() if tone is tokens.GOOD]
    assert good == [Status.REACHED, Status.ON_PATH]
    bad = [status for status, tone in tones.items() if tone is tokens.ERROR]
    assert bad == [Status.NOT_REACHED]
    assert tones[Status.BEHIND] is tones[Status.UNJUDGED] is tokens.WARNING
    assert tones[Status.MISSING] is tokens.WARNING
    assert tones[Status.NOT_APPLICABLE] is tones[Status.NO_TARGET] is tokens.QUIET


def test_dialogs__fit_a_small_screen_at_125_percent() -> None:
    assert tokens.DIALOG_WIDTH <= 1366 / 1.25
    assert tokens.DIALOG_HEIGHT <= 768 / 1.25


def test_states__there_are_as_many_as_tones_speak_of() -> None:
    assert len(Progressed) == 4
