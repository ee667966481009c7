"""Every text of every theme can be read, and no meaning hangs on a colour alone."""

from __future__ import annotations

from itertools import product

import pytest

from desktop.app.audit.form_states import Progressed
from desktop.core.findings import Level
from desktop.indicators.figures import Status
from desktop.ui.look.colours import CONTRAST
from desktop.ui.look.colours import DARK
from desktop.ui.look.colours import LIGHT
from desktop.ui.look.colours import Colours
from desktop.ui.look.colours import Tone
from tests.ui.desks import RESOURCES

THEMES = ((LIGHT, 4.5), (DARK, 4.5), (CONTRAST, 7.0))
"""The contrast each promises: WCAG 2.1 level AA, and AAA where it is asked for."""
EVERY = pytest.mark.parametrize(
    ("colours", "wanted"), THEMES, ids=("light", "dark", "contrast")
)


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


def laid_over(above: str, below: str) -> str:
    """Give the colour one sees through another, `#AARRGGBB`."""
    share = int(above[1:3], 16) / 255
    mixed = (
        round(
            int(above[at + 2 : at + 4], 16) * share
            + int(below[at : at + 2], 16) * (1 - share)
        )
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in mixed)


def too_faint(pairs: list[tuple[str, str]], wanted: float) -> list[tuple[str, str]]:
    return [pair for pair in pairs if contrast(*pair) < wanted]


@EVERY
def test_text__can_be_read_on_every_ground(colours: Colours, wanted: float) -> None:
    grounds = [colours.paper, colours.ground, colours.sunken, colours.accent_tint]
    inks = [colours.ink, colours.muted, colours.faint, colours.accent]
    pairs = list(product(inks, grounds))
    pairs += [(ink, colours.selection) for ink in (colours.ink, colours.muted)]
    assert too_faint(pairs, wanted) == []


@EVERY
def test_buttons_and_rail__can_be_read(colours: Colours, wanted: float) -> None:
    pairs = [
        (colours.on_accent, colours.accent),
        (colours.on_accent, colours.accent_deep),
        (colours.rail_ink, colours.rail),
        (colours.rail_ink, colours.rail_chosen),
        (colours.rail_bright, colours.rail_chosen),
    ]
    assert too_faint(pairs, wanted) == []


@EVERY
def test_tones__can_be_read_also_where_a_cell_is_chosen(
    colours: Colours, wanted: float
) -> None:
    pairs = []
    for tone in (*colours.tones, colours.found):
        plain = (colours.paper, colours.ground, colours.sunken, colours.selection)
        chosen = [laid_over(colours.chosen, each) for each in (tone.tint, plain[0])]
        pairs += [(tone.ink, each) for each in (tone.tint, *plain, *chosen)]
        pairs += [(colours.ink, each) for each in (tone.tint, *chosen)]
        pairs.append((colours.muted, tone.tint))
    assert too_faint(pairs, wanted) == []


@EVERY
def test_edges__of_what_takes_an_entry_are_seen(
    colours: Colours, wanted: float
) -> None:
    assert contrast(colours.edge, colours.paper) >= 3


@EVERY
def test_marks__are_seen_beside_what_they_lie_on(
    colours: Colours, wanted: float
) -> None:
    """Rings and bars that tell where one is: WCAG asks for 3."""
    grounds = (colours.paper, colours.ground, colours.sunken, colours.accent_tint)
    assert too_faint([(colours.accent, each) for each in grounds], 3) == []
    assert contrast(colours.rail_mark, colours.rail) >= 3
    assert wanted < 7 or contrast(colours.strong_line, colours.paper) >= 3
    assert wanted < 7 or contrast(colours.line, colours.paper) >= 3


@EVERY
def test_disabled__is_seen_to_be_there(colours: Colours, wanted: float) -> None:
    assert contrast(colours.disabled, colours.paper) >= 2.5
    assert contrast(colours.disabled, colours.paper) < contrast(
        colours.muted, colours.paper
    )
    assert wanted < 7 or contrast(colours.disabled, colours.paper) >= 7


@EVERY
def test_tones__differ_by_icon_and_not_by_colour_alone(
    colours: Colours, wanted: float
) -> None:
    icons = [tone.icon for tone in colours.tones]
    assert len(set(icons)) == len(icons)
    assert all((RESOURCES / "icons" / f"{icon}.svg").is_file() for icon in icons)


@EVERY
def test_tones__mean_the_same_in_every_theme(colours: Colours, wanted: float) -> None:
    assert [tone.icon for tone in colours.tones] == [tone.icon for tone in LIGHT.tones]


def test_of_level__each_its_own() -> None:
    assert [LIGHT.of_level(level) for level in Level] == [
        LIGHT.error,
        LIGHT.warning,
        LIGHT.info,
    ]


def test_of_state__each_its_own_and_what_is_not_known_is_quiet() -> None:
    tones: list[Tone] = [LIGHT.of_state(state) for state in Progressed]
    assert {tone.icon for tone in tones} == {tone.icon for tone in LIGHT.tones}
    assert len(tones) == len(LIGHT.tones)
    assert LIGHT.of_state(None) is LIGHT.quiet


def test_of_status__only_reached_and_on_the_way_look_good() -> None:
    tones = {status: LIGHT.of_status(status) for status in Status}
    good = [status for status, tone in tones.items() if tone is LIGHT.good]
    assert good == [Status.REACHED, Status.ON_PATH]
    bad = [status for status, tone in tones.items() if tone is LIGHT.error]
    assert bad == [Status.NOT_REACHED]
    assert tones[Status.BEHIND] is tones[Status.UNJUDGED] is LIGHT.warning
    assert tones[Status.MISSING] is LIGHT.warning
    assert tones[Status.NOT_APPLICABLE] is tones[Status.NO_TARGET] is LIGHT.quiet
