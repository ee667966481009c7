"""Targets for tests, with what a test does not care about filled in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktop.forms.indicator import Target
from desktop.forms.indicator import TargetBasis
from desktop.forms.indicator import TargetOperator
from desktop.forms.indicator import YearBasis


def target(
    operator: str | None = ">=",
    value: str | None = "55",
    **other: Any,  # noqa: ANN401 - any other key of the model
) -> Target:
    """Make a target; without a year unless one is given."""
    return Target(
        operator=None if operator is None else TargetOperator(operator),
        value=None if value is None else Decimal(value),
        year_basis=YearBasis.EXPLICIT,
        basis=TargetBasis.NUMERIC,
        **other,
    )
