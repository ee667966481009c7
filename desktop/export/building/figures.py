"""Putting an indicator's figure into the words and the bar of a report."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.export import wording
from desktop.export.building import figure_words as words
from desktop.export.report import Bar
from desktop.export.report import IndicatorLine
from desktop.export.report import Quantity
from desktop.indicators.figures import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.cells import Cell
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Term
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure
    from desktop.indicators.figures import TermValue

HUNDRED = Decimal(100)
HEADROOM = Decimal("1.25")
"""How far a scale reaches beyond the larger of value and target."""


def indicator_line(
    pack: Pack, indicator: Indicator, figure: Figure | None, formula: str | None
) -> IndicatorLine:
    """Put one indicator into words; without a figure it has not been computed."""
    measure = indicator.measure or ""
    denominator = indicator.denominator
    path = figure.path if figure else None
    judged = figure.judgement if figure else None
    return IndicatorLine(
        id=indicator.id,
        title=indicator.title,
        measure=measure,
        value=_value(figure),
        digits=indicator.digits,
        numerator=_quantity(indicator.numerator, figure.numerator if figure else None),
        denominator=_quantity(denominator, figure.denominator if figure else None)
        if denominator
        else None,
        formula=formula or _formula(indicator),
        target=words.in_force_words(indicator, figure),
        status=_status(indicator, figure),
        gap=words.gap_words(figure.gap) if figure and figure.gap else "",
        bar=_bar(figure, measure) if figure else None,
        quote=indicator.source.quote if indicator.source else "",
        source=_source(pack, indicator),
        note=_note(indicator),
        path=words.path_words(path, indicator) if path else "",
        judgement=words.judgement_words(judged) if judged else "",
        targets=words.every_target(indicator),
        baseline=words.baseline_words(indicator),
        departments="、".join(indicator.departments),
        definitions=words.definition_words(pack, indicator),
        left=_left(figure),
    )


def _left(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.gap is not None:
        return words.gap_words(figure.gap)
    judged = figure.judgement
    if judged is None or judged.unanimous:
        return ""
    return words.judgement_words(judged)


def _status(indicator: Indicator, figure: Figure | None) -> str:
    """Say how it stands: in the words of those who judged, where they agree."""
    if figure is None:
        waits = indicator.judged_by is not None
        return wording.STATUSES[Status.UNJUDGED if waits else Status.MISSING]
    agreed = figure.judgement.unanimous if figure.judgement else None
    return agreed or wording.STATUSES[figure.status]


def _note(indicator: Indicator) -> str:
    also = indicator.also.quote if indicator.also else None
    notes = (
        indicator.note,
        indicator.ours,
        f"与通用定义不同：{indicator.differs}" if indicator.differs else None,
        f"原文另一处：“{also}”" if also else None,
    )
    return "；".join(note.removesuffix("。") for note in notes if note)


def _value(figure: Figure | None) -> Cell:
    if figure is None:
        return BLANK
    if figure.status is Status.NOT_APPLICABLE:
        return Absent.NOT_APPLICABLE
    return BLANK if figure.shown is None else figure.shown


def _quantity(term: Term, found: TermValue | None) -> Quantity:
    value = found.value if found else None
    return Quantity(
        title=term.title,
        value=BLANK if value is None else value,
        measure=term.measure or "",
        records=found.records if found else 0,
        blanks=found.blank if found else 0,
        asked=term.value is not None,
    )


def _formula(indicator: Indicator) -> str:
    if indicator.denominator is None:
        return indicator.numerator.title
    ratio = f"{indicator.numerator.title} ÷ {indicator.denominator.title}"
    if indicator.multiplier == 1:
        return ratio
    return f"{ratio} × {indicator.multiplier:f}"


def _bar(figure: Figure, measure: str) -> Bar | None:
    target = figure.target
    goal = target.value if target and target.operator else None
    upper = target.upper if target and target.operator else None
    due = figure.path.expected if figure.path else None
    known = [n for n in (figure.shown, goal, upper, due) if n is not None]
    full = scale_of(known, measure)
    if full is None:
        return None
    operator = target.operator.value if target and target.operator else ""
    return Bar(figure.shown, goal, upper, operator, full, due)


def scale_of(known: Sequence[Decimal], measure: str | None) -> Decimal | None:
    """Choose where a scale from 0 ends: at 100 %, or a little beyond the largest."""
    if not known or max(known) <= 0:
        return None
    if measure == "%" and max(known) <= HUNDRED:
        return HUNDRED
    return max(known) * HEADROOM


def _source(pack: Pack, indicator: Indicator) -> str:
    if indicator.source is None:
        return "本系统自拟"
    file = indicator.source.file
    if file == pack.plan.file:
        return f"《{pack.plan.title}》（原文文件 {file}）"
    return f"原文文件 {file}"
