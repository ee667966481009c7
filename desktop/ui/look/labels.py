"""Words for what packs and audits tell apart, as msgids.

What the first window has no need of goes by its value, and is not imported for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.audit.form_states import Progressed
from desktop.app.commands import mark
from desktop.core.findings import Level
from desktop.forms.base import Domain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app.audit.standing import Standing
    from desktop.core.words import Words
    from desktop.indicators.figures import Status

LEVELS: Final[Mapping[Level, str]] = {
    Level.ERROR: mark("Must be corrected"),
    Level.WARNING: mark("Must be explained"),
    Level.INFO: mark("Hint"),
}
STATES: Final[Mapping[Progressed, str]] = {
    Progressed.EMPTY: mark("Not begun"),
    Progressed.WRONG: mark("Has errors"),
    Progressed.FILLING: mark("Being filled in"),
    Progressed.TO_EXPLAIN: mark("To be explained"),
    Progressed.DONE: mark("Done"),
}
STANDINGS: Final[Mapping[str, str]] = {
    "open": mark("To be explained"),
    "poor": mark("Says no reason"),
    "lapsed": mark("To be explained again"),
    "stands": mark("Explained"),
}
STATUSES: Final[Mapping[str, str]] = {
    "reached": mark("Reached"),
    "on_path": mark("On the way"),
    "behind": mark("Falling behind"),
    "not_reached": mark("Not reached"),
    "judged": mark("Judged"),
    "unjudged": mark("To be judged"),
    "missing": mark("Data missing"),
    "not_applicable": mark("Not applicable"),
    "doubtful": mark("Doubtful figures"),
    "reference": mark("For reference"),
    "achieved": mark("Achieved before"),
    "no_target": mark("No target in figures"),
}
DOMAINS: Final[Mapping[Domain, str]] = {
    Domain.ELDERLY_CARE: mark("Elderly care"),
    Domain.CHILDCARE: mark("Childcare"),
    Domain.EDUCATION: mark("Education"),
    Domain.HEALTH: mark("Health"),
    Domain.COMMUNITY: mark("Community"),
    Domain.CULTURE_SPORT: mark("Culture and sport"),
    Domain.SOCIAL_ASSISTANCE: mark("Social assistance"),
    Domain.HOUSING: mark("Housing"),
    Domain.VETERANS: mark("Veterans"),
    Domain.EMPLOYMENT: mark("Employment"),
    Domain.PUBLIC_SAFETY: mark("Public safety"),
    Domain.COMMERCE: mark("Commerce"),
    Domain.FINANCE: mark("Finance"),
    Domain.PROJECTS: mark("Projects"),
}


def level(say: Words, value: Level) -> str:
    """Say a level."""
    return say(LEVELS[value])


def state(say: Words, value: Progressed) -> str:
    """Say how far a form is."""
    return say(STATES[value])


def standing(say: Words, value: Standing) -> str:
    """Say whether a finding is explained."""
    return say(STANDINGS[value.value])


def status(say: Words, value: Status) -> str:
    """Say how an indicator stands."""
    return say(STATUSES[value.value])


def domain(say: Words, value: Domain) -> str:
    """Say a field of work."""
    return say(DOMAINS[value])
