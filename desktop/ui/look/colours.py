"""The colours of the window, a set for each theme: every colour has one name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.app.audit.form_states import Progressed
from desktop.core.findings import Level
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from desktop.indicators.figures import Status


@frozen
class Tone:
    """A colour that means something: its ink, its tint behind text, its icon.

    The style sheet knows the tone by the icon's name.
    """

    ink: str
    tint: str
    icon: str


@frozen
class Colours:
    """All colours of a theme, as `#RRGGBB`."""

    ink: str
    muted: str
    faint: str
    disabled: str
    """Of what cannot be used: the only text that may be hard to read."""
    paper: str
    ground: str
    sunken: str
    line: str
    strong_line: str
    edge: str
    """Around what takes an entry or can be pressed."""
    accent: str
    accent_deep: str
    """The accent under the pointer."""
    accent_tint: str
    on_accent: str
    """Letters on the accent."""
    rail: str
    rail_ink: str
    rail_chosen: str
    rail_bright: str
    """Letters on what is chosen in the rail."""
    rail_mark: str
    selection: str
    chosen: str
    """Laid over chosen cells, as `#AARRGGBB`: what is wrong still shows through."""
    error: Tone
    warning: Tone
    info: Tone
    good: Tone
    quiet: Tone
    found: Tone
    """What is looked for: the line below it, and the ground behind its text."""
    drawn: str
    """What the pictures of the style sheet, which it cannot tint, are called after."""

    @property
    def tones(self) -> tuple[Tone, ...]:
        """Every colour that means something."""
        return (self.error, self.warning, self.info, self.good, self.quiet)

    def of_level(self, level: Level) -> Tone:
        """Give the tone of a finding's level."""
        match level:
            case Level.ERROR:
                return self.error
            case Level.WARNING:
                return self.warning
            case Level.INFO:
                return self.info
            case _:
                assert_never(level)

    def of_state(self, state: Progressed | None) -> Tone:
        """Give the tone of how far a form is; None is not yet known."""
        if state is None:
            return self.quiet
        match state:
            case Progressed.EMPTY:
                return self.quiet
            case Progressed.FILLING:
                return self.info
            case Progressed.WRONG:
                return self.error
            case Progressed.TO_EXPLAIN:
                return self.warning
            case Progressed.DONE:
                return self.good
            case _:
                assert_never(state)

    def of_status(self, status: Status) -> Tone:
        """Give the tone of an indicator's standing."""
        from desktop.indicators.figures import Status  # noqa: PLC0415 - the first window need not wait for it

        match status:
            case Status.REACHED | Status.ON_PATH:
                return self.good
            case Status.NOT_REACHED:
                return self.error
            case Status.BEHIND | Status.MISSING | Status.DOUBTFUL | Status.UNJUDGED:
                return self.warning
            case Status.JUDGED:
                return self.info
            case (
                Status.NOT_APPLICABLE
                | Status.REFERENCE
                | Status.NO_TARGET
                | Status.ACHIEVED
            ):
                return self.quiet
            case _:
                assert_never(status)


LIGHT: Final = Colours(
    ink="#1B2A33",
    muted="#566771",
    faint="#5E6E78",
    disabled="#8A99A3",
    paper="#FFFFFF",
    ground="#F3F6F8",
    sunken="#EDF1F4",
    line="#DCE3E8",
    strong_line="#C2CCD3",
    edge="#84939D",
    accent="#0B5D78",
    accent_deep="#084659",
    accent_tint="#E2F0F4",
    on_accent="#FFFFFF",
    rail="#0E3443",
    rail_ink="#D5E4EA",
    rail_chosen="#1C5268",
    rail_bright="#FFFFFF",
    rail_mark="#7FD0E6",
    selection="#D3E8EF",
    chosen="#240B5D78",
    error=Tone("#AC231B", "#FCE9E7", "error"),
    warning=Tone("#8A5300", "#FFF2DB", "warning"),
    info=Tone("#1C589B", "#E6F0FA", "info"),
    good=Tone("#17663A", "#E4F4EA", "good"),
    quiet=Tone("#51616B", "#EDF1F4", "quiet"),
    found=Tone("#694C00", "#FFE894", "search"),
    drawn="light",
)
DARK: Final = Colours(
    ink="#E4EBEF",
    muted="#AAB9C2",
    faint="#94A6B0",
    disabled="#6C7E88",
    paper="#182228",
    ground="#10181D",
    sunken="#202C33",
    line="#2F3E47",
    strong_line="#4D606B",
    edge="#6E828D",
    accent="#73C8E1",
    accent_deep="#A1DDEE",
    accent_tint="#1C3B47",
    on_accent="#06222C",
    rail="#0A1B22",
    rail_ink="#C9DAE1",
    rail_chosen="#1C4354",
    rail_bright="#FFFFFF",
    rail_mark="#7FD0E6",
    selection="#23485A",
    chosen="#3373C8E1",
    error=Tone("#FFA198", "#43211F", "error"),
    warning=Tone("#F2BE6A", "#3B2E16", "warning"),
    info=Tone("#93C4F7", "#1B3046", "info"),
    good=Tone("#7BD3A0", "#17362A", "good"),
    quiet=Tone("#AAB9C2", "#202C33", "quiet"),
    found=Tone("#FFD84A", "#4D4300", "search"),
    drawn="dark",
)
CONTRAST: Final = Colours(
    ink="#FFFFFF",
    muted="#E6E6E6",
    faint="#D6D6D6",
    disabled="#A0A0A0",
    paper="#000000",
    ground="#000000",
    sunken="#1C1C1C",
    line="#8A8A8A",
    strong_line="#FFFFFF",
    edge="#FFFFFF",
    accent="#66E3FF",
    accent_deep="#B8F2FF",
    accent_tint="#003A4A",
    on_accent="#000000",
    rail="#000000",
    rail_ink="#FFFFFF",
    rail_chosen="#003A4A",
    rail_bright="#FFFFFF",
    rail_mark="#FFE14D",
    selection="#003C4D",
    chosen="#80006078",
    error=Tone("#FFC2BD", "#4A0500", "error"),
    warning=Tone("#FFD866", "#3A2A00", "warning"),
    info=Tone("#B8DCFF", "#00244F", "info"),
    good=Tone("#86F5B1", "#00351B", "good"),
    quiet=Tone("#E6E6E6", "#1C1C1C", "quiet"),
    found=Tone("#FFF000", "#4A4400", "search"),
    drawn="contrast",
)
