"""A pack's rules and formulas in words, as reports and help print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.export.building.whole import Spoken
from desktop.expr.words import say_ratio
from desktop.expr.words import say_rule

if TYPE_CHECKING:
    from desktop.app.compiled import CompiledPack


def spoken(compiled: CompiledPack) -> Spoken:
    """Say every rule and formula of a pack in words."""
    schema = compiled.schema
    return Spoken(
        rules={
            rule.rule.id: say_rule(rule.outcome.expression, rule.outcome.when, schema)
            for form in compiled.audit.forms
            for rule in form.rules
        },
        formulas=formulas(compiled),
    )


def formulas(compiled: CompiledPack) -> dict[str, str]:
    """Say the formula of every indicator in words."""
    return {
        ready.indicator.id: say_ratio(
            ready.numerator,
            ready.denominator,
            ready.indicator.multiplier,
            compiled.schema,
        )
        for ready in compiled.figures.indicators
        if ready.numerator is not None
    }
