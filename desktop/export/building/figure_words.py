"""Targets, gaps, the line to a target and judgements as sentences of a report."""

from __future__ import annotations

from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.export import wording
from desktop.forms.settle import in_force
from desktop.indicators.meaning import definitions_named

if TYPE_CHECKING:
    from desktop.forms.indicator import Baseline
    from desktop.forms.indicator import Indicator
    from desktop.forms.indicator import Target
    from desktop.forms.model import Pack
    from desktop.indicators.figures import Figure
    from desktop.indicators.figures import Gap
    from desktop.indicators.figures import Judgement
    from desktop.indicators.figures import Path


def quantity(number: Decimal, measure: str | None) -> str:
    """Write a number with thousands set off and its measure: 20,000 张, 55%."""
    whole = number == number.to_integral_value()
    text = f"{number.quantize(Decimal(1)) if whole else number.normalize():,f}"
    apart = "" if not measure or measure[0] in "%‰" else " "
    return f"{text}{apart}{measure or ''}"


def target_words(target: Target, measure: str, *, overdue: bool = False) -> str:
    """Say a target: its bounds, by when, and how strictly it is meant."""
    if target.operator is None or target.value is None:
        return target.text or ""
    sign = wording.OPERATORS[target.operator.value]
    bounds = f"{sign}{target.value:,f}"
    if target.upper is not None:
        bounds = f"{target.value:,f}{sign}{target.upper:,f}"
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


def in_force_words(indicator: Indicator, figure: Figure | None) -> str:
    """Say the target in force; where none has a number, what the plan says instead."""
    measure = indicator.measure or ""
    if figure is not None and figure.target is not None:
        return target_words(figure.target, measure, overdue=figure.overdue)
    return "；".join(
        target.text for target in indicator.targets if not target.value and target.text
    )


def every_target(indicator: Indicator) -> tuple[str, ...]:
    """Say all targets of an indicator, each with the years it judges."""
    return tuple(
        target_words(target, indicator.measure or "") + _validity(target)
        for target in indicator.targets
    )


def _validity(target: Target) -> str:
    since, until = target.since, target.until
    if since is None:
        return "" if until is None else f"［适用至{until}年］"
    return f"［{since}年起适用］" if until is None else f"［适用于{since}至{until}年］"


def gap_words(gap: Gap) -> str:
    """Say what is missing; twice where it depends on whether the whole grows.

    若总数不变 is said only where the other answer stands beside it.
    """
    amount = quantity(gap.amount, gap.measure)
    if gap.added is None:
        return f"{wording.DIRECTIONS[gap.direction]} {amount}"
    if gap.added.amount is None:
        return f"若总数不变，还差 {amount}；只靠新增达不到"
    added = quantity(gap.added.amount, gap.measure)
    return f"若总数不变，还差 {amount}；若新增，需 {added}"


def path_words(path: Path, indicator: Indicator) -> str:
    """Say where the straight line stands, and what of it is assumed."""
    step = Decimal(1).scaleb(-indicator.digits)
    due = path.expected.quantize(step, rounding=ROUND_HALF_UP)
    words = f"按直线进度，本年应达 {quantity(due, indicator.measure)}"
    if path.assumed:
        words += f"（原文未写起点年份，按规划开始前一年{path.since}年算）"
    return words


def judgement_words(judgement: Judgement) -> str:
    """Say how many judged how."""
    made = "、".join(f"{name} {count}" for name, count in judgement.counts)
    return f"{made}；尚未评定 {judgement.open}" if judgement.open else made


def baseline_words(indicator: Indicator) -> str:
    """Say where a plan starts from; what it wants nothing further of is 已有成绩."""
    baseline = indicator.baseline
    if baseline is None:
        return ""
    label = wording.BASELINE if indicator.targets else wording.ACHIEVED
    return f"{label}：{_begun(baseline, indicator.measure)}"


def _begun(baseline: Baseline, measure: str | None) -> str:
    words = baseline.text or ""
    if baseline.value is not None:
        words = quantity(baseline.value, measure)
    return f"{words}（{baseline.year}年）" if baseline.year else words


def definition_words(pack: Pack, indicator: Indicator) -> tuple[str, ...]:
    """Say which option of each definition (口径) an indicator is computed by."""
    named = definitions_named(indicator)
    return tuple(
        f"{chosen.definition.title}：{chosen.option.title}"
        for chosen in in_force(pack)
        if chosen.definition.id in named
    )
