"""What a ledger may choose for a period (口径设置), and what a choice would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.app.compiled import CompiledPack
from desktop.app.figures.figuring import computed
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.messages import message
from desktop.expr.context import RecordContext
from desktop.expr.context import UnitContext
from desktop.expr.schema import ValueType
from desktop.forms.settle import DEFINITION
from desktop.forms.settle import PARAMETER
from desktop.forms.settle import choosable
from desktop.forms.settle import refusal
from desktop.forms.settle import settle
from desktop.forms.settle import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.progress import Steps
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.expr.context import Context
    from desktop.expr.schema import Schema
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
    """Tell for everything that can be chosen what rests on it.

    Only what names something is read: compiling a large pack takes seconds.
    """
    indicators: dict[str, dict[str, None]] = {}
    rules: dict[str, dict[str, None]] = {}
    for row in compiled.pack.indicators:
        terms = (row.numerator, row.denominator)
        texts = (term.value for term in terms if term is not None)
        for name in _named(texts, compiled.schema, UnitContext()):
            indicators.setdefault(name, {})[row.id] = None
    for rule in compiled.pack.rules:
        context = RecordContext(rule.form)
        for name in _named((rule.check, rule.when), compiled.schema, context):
            rules.setdefault(name, {})[rule.id] = None
    return {
        name: Bearing(tuple(indicators.get(name, ())), tuple(rules.get(name, ())))
        for name in choosable(compiled.pack)
    }


def _named(
    texts: Iterable[str | None], schema: Schema, context: Context
) -> Iterator[str]:
    """Name what expressions rest on; one that cannot be read rests on nothing."""
    # Brings the SQL parser, which the first window need not wait for.
    from desktop.expr.parse import Expression  # noqa: PLC0415 - see above
    from desktop.expr.parse import parse  # noqa: PLC0415 - see above

    for text in texts:
        if text is None or (DEFINITION not in text and PARAMETER not in text):
            continue
        read = parse(text, schema, context)
        if isinstance(read, Expression):
            yield from (DEFINITION + each for each in read.mentions.definitions)
            yield from (PARAMETER + each for each in read.mentions.constants)


def options_in_words(compiled: CompiledPack) -> dict[tuple[str, str], str]:
    """Say what each option of each definition counts; a text counts nothing itself."""
    # Brings the SQL parser, as above.
    from desktop.expr.parse import Expression  # noqa: PLC0415 - see above
    from desktop.expr.parse import parse  # noqa: PLC0415 - see above
    from desktop.expr.words import say  # noqa: PLC0415 - see above

    found = {}
    for definition in compiled.pack.definitions:
        for option in definition.options:
            read = parse(option.value, compiled.schema, UnitContext())
            if isinstance(read, Expression) and read.type is ValueType.NUMBER:
                found[definition.id, option.id] = say(read, compiled.schema)
    return found


def effects(
    ledger: Ledger, period: Period, other: Mapping[str, str], indicators: Iterable[str]
) -> Steps[tuple[Effect, ...]]:
    """Compute what other choices would make of indicators, for the ledger's own unit.

    Nothing is changed.
    """
    root, chosen = ledger.units()[0].code, ledger.choices(period.code)
    pack, wanted = ledger.pack(period.code), frozenset(indicators)
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
