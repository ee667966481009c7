"""How people judged a commitment in words: one count a choice, by the same SQL.

An indicator with `judged_by` names a roster whose `answers` say in which choice field
its records carry the judgement. Each choice is counted over the records that bear the
indicator's title, within the unit and everything below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.expr.parse import Fault
from desktop.expr.parse import UnitContext
from desktop.expr.parse import parse
from desktop.expr.schema import ValueType
from desktop.forms.model import Roster
from desktop.indicators.figures import Judgement
from desktop.indicators.meaning import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.expr.parse import Expression
    from desktop.expr.schema import Schema
    from desktop.forms.indicator import Indicator
    from desktop.forms.model import Pack
    from desktop.indicators.figures import TermValue


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice people can make, and the expression that counts who made it."""

    name: str
    count: Expression


def choices_of(
    indicator: Indicator, pack: Pack, schema: Schema
) -> tuple[Choice, ...] | Fault:
    """Compile the count of each choice; none where nobody judges the indicator.

    Lint makes sure that `judged_by` names a form with a field for judgements.
    """
    form = pack.form_by_id.get(indicator.judged_by or "")
    answers = form.answers if isinstance(form, Roster) else None
    field = answers.words.judgement if answers and answers.words else None
    if form is None or answers is None or field is None:
        return ()
    found: list[Choice] = []
    for name in pack.choices(form.id, field):
        text = (
            f"COUNT({form.id}) FILTER (WHERE {form.id}.{answers.key} = "
            f"{quoted(indicator.title)} AND {form.id}.{field} = {quoted(name)})"
        )
        count = parse(text, schema, UnitContext(), expect=ValueType.NUMBER)
        if isinstance(count, Fault):
            return count
        found.append(Choice(name, count))
    return tuple(found)


def judgement_of(
    choices: Sequence[Choice], counts: Sequence[TermValue]
) -> Judgement | None:
    """Read the counts of a row; None where nobody has judged yet.

    A record that bears the indicator and no judgement is undecided for every choice.
    """
    made = tuple(
        (choice.name, int(count.value))
        for choice, count in zip(choices, counts, strict=True)
        if count.value
    )
    return Judgement(made, counts[0].blank) if made else None
