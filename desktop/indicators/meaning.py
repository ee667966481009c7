"""What an indicator means, and where two plans mean different things by the same words.

The formula is compared as written, white space and the indicator's own title aside,
together with the options (口径) of the definitions it names.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.indicators.targets import target_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Term
    from desktop.forms.model import Pack

_DEFINITION: Final = re.compile(r"\bdefinition\.([a-z][a-z0-9_]*)")


class Difference(Enum):
    """In what two plans differ over an indicator."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MULTIPLIER = "multiplier"
    AGGREGATION = "aggregation"
    OPERATOR = "operator"
    TARGET = "target"
    YEAR = "year"
    BINDING = "binding"

    @property
    def of_meaning(self) -> bool:
        """Whether the figures themselves cannot be compared."""
        return self in _MEANING


_MEANING: Final = frozenset(
    {
        Difference.NUMERATOR,
        Difference.DENOMINATOR,
        Difference.MULTIPLIER,
        Difference.AGGREGATION,
    }
)


def definitions_named(indicator: Indicator) -> frozenset[str]:
    """Name the definitions (口径) an indicator's terms rest on."""
    terms = (indicator.numerator, indicator.denominator)
    texts = (term.value or "" for term in terms if term is not None)
    return frozenset(name for text in texts for name in _DEFINITION.findall(text))


def facets(pack: Pack, indicator: Indicator, year: int) -> dict[Difference, object]:
    """Give all that two plans may state differently, the target of a year with it."""
    in_force = target_in_force(indicator.targets, year)
    target = in_force.target if in_force is not None else None
    return {
        Difference.NUMERATOR: _meant(pack, indicator, indicator.numerator),
        Difference.DENOMINATOR: _meant(pack, indicator, indicator.denominator),
        Difference.MULTIPLIER: indicator.multiplier,
        Difference.AGGREGATION: indicator.aggregation,
        Difference.OPERATOR: target and target.operator,
        Difference.TARGET: target and (target.value, target.upper),
        Difference.YEAR: target and target.year,
        Difference.BINDING: target and target.binding,
    }


def differences(
    meant: list[tuple[Pack, Indicator]], year: int
) -> tuple[Difference, ...]:
    """Tell in what plans differ over one indicator.

    A target that only some of them state makes no difference of year or nature.
    """
    every = [facets(pack, indicator, year) for pack, indicator in meant]
    return tuple(
        facet
        for facet in Difference
        if len(set(_stated(facet, [each[facet] for each in every]))) > 1
    )


def _stated(facet: Difference, values: list[object]) -> Iterator[object]:
    told = facet in (Difference.OPERATOR, Difference.YEAR, Difference.BINDING)
    return (value for value in values if value is not None or not told)


def _meant(pack: Pack, indicator: Indicator, term: Term | None) -> object:
    """Give a term as it is meant: its text, and the options in force of what it names.

    A term that people or departments answer bears the indicator's title, which says
    nothing about its meaning.
    """
    if term is None:
        return None
    if term.value is None:
        return term.title
    text = "".join(term.value.replace(quoted(indicator.title), "''").split())
    named = _DEFINITION.findall(text)
    known = pack.definition_by_id
    options = [(name, known[name].default) for name in named if name in known]
    return text, tuple(options)


def quoted(text: str) -> str:
    """Write a text as expressions do."""
    return "'" + text.replace("'", "''") + "'"
