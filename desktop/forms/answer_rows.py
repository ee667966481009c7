"""The records with which a form that answers indicators begins a period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import assert_never

from desktop.forms.model import Roster
from desktop.forms.model import Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.core.cells import Cell
    from desktop.forms.indicator import Indicator
    from desktop.forms.model import Answers
    from desktop.forms.model import Form
    from desktop.forms.model import Pack
    from desktop.forms.model import Way


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What is known of an indicator's record before anybody answers it.

    `title` is what the key field holds; `cells` has it with the rest.
    """

    indicator: str
    title: str
    cells: tuple[tuple[str, Cell], ...]


def answer_rows(pack: Pack, form: Form) -> Iterator[AnswerRow]:
    """Give a record for each indicator that is answered or judged through a form."""
    answers = form.answers if isinstance(form, Roster) else None
    if answers is None or not answers.rows:
        return
    for indicator in pack.indicators:
        if form.id in {indicator.answered_by, indicator.judged_by}:
            cells = _cells(form, answers, indicator)
            yield AnswerRow(indicator.id, indicator.title, tuple(cells.items()))


def _cells(form: Form, answers: Answers, indicator: Indicator) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        field.id: default
        for field in form.stored
        if (default := getattr(field, "default", None)) is not None
    }
    way = _way(form, answers, indicator)
    cells |= {answers.key: indicator.title, **(way.preset if way else {})}
    for field, told in answers.tells.items():
        value = _told(indicator, told)
        if value is not None:
            cells[field] = value
    return cells


def _way(form: Form, answers: Answers, indicator: Indicator) -> Way | None:
    if indicator.judged_by == form.id:
        return answers.words
    return answers.number if indicator.denominator is None else answers.ratio


def _told(indicator: Indicator, told: Told) -> Cell | None:
    match told:
        case Told.MEASURE:
            return indicator.measure
        case Told.OVER_100:
            return indicator.over_100
        case _:
            assert_never(told)
