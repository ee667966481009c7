"""Putting an indicator's figure into the words and the bar of a report."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.export import wording
from desktop.export.report import Bar
from desktop.export.report import IndicatorLine
from desktop.export.report import Quantity
from desktop.indicators.figures import Status

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.forms.indicator import Term
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure
    from desktop.indicators.figures import Gap
    from desktop.indicators.figures import TermValue

HUNDRED = Decimal(100)
HEADROOM = Decimal("1.25")
"""How far a scale reaches beyond the larger of value and target."""


def indicator_line(
    pack: Pack, indicator: Indicator, figure: Figure | None, formula: str | None
) -> IndicatorLine:
    """Put one indicator into words; without a figure it has not been computed."""
    measure = indicator.measure or ""
    target = figure.target if figure else None
    denominator = indicator.denominator
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
        target=_target(target, measure, overdue=bool(figure and figure.overdue)),
        status=wording.STATUSES[figure.status if figure else Status.MISSING],
        gap=_gap(figure.gap) if figure and figure.gap else "",
        bar=_bar(figure, measure) if figure else None,
        quote=indicator.source.quote if indicator.source else "",
        source=_source(pack, indicator),
        note="；".join(filter(None, (indicator.note, indicator.ours))),
    )


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
    )


def _formula(indicator: Indicator) -> str:
    if indicator.denominator is None:
        return indicator.numerator.title
    words = f"{indicator.numerator.title} ÷ {indicator.denominator.title}"
    if indicator.multiplier == 1:
        return words
    return f"{words} × {indicator.multiplier:f}"


def _target(target: Target | None, measure: str, *, overdue: bool) -> str:
    if target is None:
        return ""
    if target.operator is None or target.value is None:
        return target.text or ""
    sign = wording.OPERATORS[target.operator.value]
    number = f"{target.value:f}"
    bounds = f"{sign}{number}"
    if target.upper is not None:
        bounds = f"{number}{sign}{target.upper:f}"
    aside = "，".join(_aside(target, overdue=overdue))
    return f"{bounds}{measure}（{aside}）" if aside else f"{bounds}{measure}"


def _aside(target: Target, *, overdue: bool) -> list[str]:
    words = [f"{target.year}年"] if target.year else []
    if target.binding is not None:
        words.append("约束性" if target.binding else "预期性")
    if target.qualifier:
        words.append(target.qualifier)
    if overdue:
        words.append("目标年份已过")
    return words


def _gap(gap: Gap) -> str:
    amount = f"{gap.amount.normalize():f}"
    return f"{wording.DIRECTIONS[gap.direction]} {amount} {gap.measure or ''}".rstrip()


def _bar(figure: Figure, measure: str) -> Bar | None:
    target = figure.target
    goal = target.value if target and target.operator else None
    upper = target.upper if target and target.operator else None
    known = [n for n in (figure.shown, goal, upper) if n is not None]
    if not known or max(known) <= 0:
        return None
    full = max(known) * HEADROOM
    if measure == "%" and max(known) <= HUNDRED:
        full = HUNDRED
    operator = target.operator.value if target and target.operator else ""
    return Bar(figure.shown, goal, upper, operator, full)


def _source(pack: Pack, indicator: Indicator) -> str:
    if indicator.source is None:
        return "本系统自拟"
    file = indicator.source.file
    if file == pack.plan.file:
        return f"《{pack.plan.title}》（原文文件 {file}）"
    return f"原文文件 {file}"
