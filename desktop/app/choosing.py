"""What a ledger may choose for a period (口径设置), and what a choice would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.figuring import computed
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.expr.schema import ValueType
from desktop.forms.settle import DEFINITION
from desktop.forms.settle import PARAMETER
from desktop.forms.settle import choosable
from desktop.forms.settle import refusal
from desktop.forms.settle import settle
from desktop.forms.settle import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from desktop.app.progress import Steps
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.expr.parse import Expression
    from desktop.forms.model import Definition
    from desktop.forms.model import Pack
    from desktop.forms.model import Parameter
    from desktop.indicators.figures import Figure
    from desktop.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, as it stands in a period.

    `given` is what the pack says and `now` what is in force, both as texts that would
    choose them; `own` tells whether the ledger chose it.
    """

    name: str
    what: Definition | Parameter
    given: str
    now: str
    own: bool


@dataclass(frozen=True, slots=True)
class Bearing:
    """The indicators and rules that rest on something chosen, by id."""

    indicators: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """An indicator of a unit as it is, and as another choice would make it."""

    indicator: str
    now: Figure
    then: Figure


def choices_of(pack: Pack, chosen: Mapping[str, str]) -> tuple[Choice, ...]:
    """List what may be chosen in a pack as it is kept, definitions first."""
    now = choosable(settle(pack, chosen))
    return tuple(
        Choice(name, what, value_of(what), value_of(now[name]), own=name in chosen)
        for name, what in choosable(pack).items()
    )


def choose(
    pack: Pack, chosen: Mapping[str, str], period: Period, other: Mapping[str, str]
) -> Action | Message:
    """Choose for a period; an empty value goes back to what the pack says.

    What cannot be chosen comes back as the message why.
    """
    known = choosable(pack)
    for name, value in other.items():
        back = value_of(known[name]) if name in known else ""
        unfit = refusal(pack, name, value or back)
        if unfit is not None:
            return unfit
    titles = "、".join(known[name].title for name in other)
    changes = tuple(
        DefinitionChange(period.code, name, chosen.get(name, ""), value)
        for name, value in other.items()
    )
    return Action(message("app.choose", title=titles), changes)


def bearings(compiled: CompiledPack) -> dict[str, Bearing]:
    """Tell for everything that can be chosen what rests on it."""
    indicators: dict[str, list[str]] = {}
    rules: dict[str, list[str]] = {}
    for ready in compiled.figures.indicators:
        for name in _named(ready.expressions):
            indicators.setdefault(name, []).append(ready.indicator.id)
    for form in compiled.audit.forms:
        for rule in form.rules:
            both = (rule.outcome.expression, rule.outcome.when)
            for name in _named(each for each in both if each is not None):
                rules.setdefault(name, []).append(rule.rule.id)
    return {
        name: Bearing(tuple(indicators.get(name, ())), tuple(rules.get(name, ())))
        for name in choosable(compiled.pack)
    }


def options_in_words(compiled: CompiledPack) -> dict[tuple[str, str], str]:
    """Say what each option of each definition counts; a text counts nothing itself."""
    # Brings the SQL parser; whoever asks waits for it elsewhere.
    from desktop.expr.parse import Expression  # noqa: PLC0415 - see above
    from desktop.expr.parse import UnitContext  # noqa: PLC0415 - see above
    from desktop.expr.parse import parse  # noqa: PLC0415 - see above
    from desktop.expr.words import say  # noqa: PLC0415 - see above

    found = {}
    for definition in compiled.pack.definitions:
        for option in definition.options:
            read = parse(option.value, compiled.schema, UnitContext())
            if isinstance(read, Expression) and read.type is ValueType.NUMBER:
                found[definition.id, option.id] = say(read, compiled.schema)
    return found


def _named(expressions: Iterable[Expression]) -> dict[str, None]:
    names: dict[str, None] = {}
    for expression in expressions:
        said = expression.mentions
        names |= dict.fromkeys(DEFINITION + each for each in said.definitions)
        names |= dict.fromkeys(PARAMETER + each for each in said.constants)
    return names


def effects(
    ledger: Ledger, period: Period, other: Mapping[str, str], indicators: Iterable[str]
) -> Steps[tuple[Effect, ...]]:
    """Compute what other choices would make of indicators, for the ledger's own unit.

    Nothing is changed.
    """
    root, chosen = ledger.units()[0].code, ledger.choices(period.code)
    pack, wanted = ledger.pack(), frozenset(indicators)
    kept = tuple(each for each in pack.indicators if each.id in wanted)
    asked = pack.replaced(indicators=kept)
    found: list[tuple[Figure, ...]] = []
    for choices in (chosen, {**chosen, **other}):
        compiled = CompiledPack(settle(asked, choices))
        plan = compiled.figures
        found.append((yield from computed(ledger, pack, plan, period, root)))
    by_id = {figure.indicator: figure for figure in found[1]}
    return tuple(
        Effect(figure.indicator, figure, by_id[figure.indicator])
        for figure in found[0]
        if figure.indicator in by_id
    )
