"""Indicators of a pack: terms, dated targets, baselines."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated

from desktop.forms.base import Citation
from desktop.forms.base import Domain
from desktop.forms.base import Limit
from desktop.forms.base import Model
from desktop.forms.base import Name
from desktop.forms.base import Number
from desktop.forms.base import Sourced
from desktop.forms.base import Text
from desktop.forms.base import Year


class TargetOperator(Enum):
    """How a value is held against a target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    EQUAL = "="
    BETWEEN = "between"


class YearBasis(Enum):
    """Where a target's year comes from."""

    EXPLICIT = "explicit"
    PLAN_PERIOD = "plan_period"
    NONE = "none"


class TargetBasis(Enum):
    """How the number follows from the quote (words of the catalogue's README)."""

    NUMERIC = "numeric"
    UNIT_CONVERTED = "unit_converted"
    FULL_COVERAGE = "full_coverage"
    EACH_HAS_ONE = "each_has_one"
    CHINESE_NUMERAL = "chinese_numeral"
    DERIVED_COUNT = "derived_count"
    ALSO_NUMERIC = "also_numeric"
    TEXT_ONLY = "text_only"


class Target(Model):
    """What a plan wants by a year; words only where `operator` and `value` are None.

    `qualifier` keeps words that soften (力争, 原则上); `text` the words of a commitment
    without a number; `source_value` the number as the plan writes it.
    """

    operator: TargetOperator | None = None
    value: Number | None = None
    upper: Number | None = None
    """Second bound of `between`."""
    year: Year | None = None
    year_basis: YearBasis
    basis: TargetBasis
    binding: bool | None = None
    """True 约束性, False 预期性, None where the plan does not say."""
    qualifier: Text | None = None
    text: Text | None = None
    source_value: Text | None = None
    source: Citation | None = None
    """Where another sentence than the indicator's states the target."""
    since: Year | None = None
    """First year that is held against it: a later document changed the target."""
    until: Year | None = None
    """Last year that is held against it."""


class Baseline(Model):
    """Where a plan says it starts from.

    `text` keeps the plan's words, which stand alone where `value` is None;
    `source_value` the number as the plan writes it.
    """

    value: Number | None = None
    year: Year | None = None
    basis: TargetBasis
    text: Text | None = None
    source_value: Text | None = None


class IndicatorKind(Enum):
    """What sort of figure an indicator is."""

    COUNT = "count"
    RATIO = "ratio"
    COVERAGE = "coverage"
    PER_CAPITA = "per_capita"
    INDEX = "index"
    MEAN = "mean"
    PRICE_RATIO = "price_ratio"


class Aggregation(Enum):
    """How periods add up."""

    STOCK = "stock"
    """The state at the period's end."""
    CUMULATIVE = "cumulative"
    """Summed over the plan's period up to now."""
    FLOW = "flow_annual"
    """What happened in one period."""


class Term(Model):
    """Numerator or denominator: in words, and as an expression.

    `value` is None where nothing is computed: a commitment in words, only judged.
    """

    title: Text
    value: Text | None = None
    measure: Text | None = None
    """Natural unit, such as 张 or 人: what a gap is told in."""


class Indicator(Sourced):
    """An 评价指标: numerator ÷ denominator × multiplier, with dated targets.

    `digits` is the display precision (ours: the plans do not state one). `qualitative`
    indicators carry a commitment in words only, which people judge in the form
    `judged_by`. `answered_by` is the form through which a department or a project list
    answers instead of a survey (`Answers`). `concept` is the shared definition it was
    made from, and `differs` says why this plan means something else by it.
    `departments` are the 责任部门 the plan names, `table_row` is its row in the plan's
    table of indicators.
    """

    id: Name
    title: Text
    title_en: Text | None = None
    domain: Domain
    kind: IndicatorKind
    measure: Text | None = None
    numerator: Term
    denominator: Term | None = None
    multiplier: Number = Decimal(1)
    digits: Annotated[int, Limit(ge=0, le=6)] = 2
    aggregation: Aggregation = Aggregation.STOCK
    qualitative: bool = False
    over_100: bool = True
    """Whether a percentage above 100 can be right."""
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    concept: Name | None = None
    differs: Text | None = None
    answered_by: Name | None = None
    judged_by: Name | None = None
    departments: tuple[Text, ...] = ()
    table_row: Annotated[int, Limit(ge=1, le=999)] | None = None
    also: Citation | None = None
    """A second sentence of the plan that says the same or more."""
