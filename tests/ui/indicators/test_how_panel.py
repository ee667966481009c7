from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.ui.indicators.how_panel import filled_words
from desktop.ui.indicators.model import IndicatorsModel

if TYPE_CHECKING:
    from desktop.ui.indicators.model import Shown
    from desktop.ui.workplace import Workplace


@pytest.fixture
def shown(audited: Workplace) -> Shown:
    return IndicatorsModel(audited).rows[0]


def test_filled__the_formula_with_its_numbers(shown: Shown, audited: Workplace) -> None:
    indicator = audited.pack.indicators[0]
    assert filled_words(shown, indicator) == "180 张 ÷ 300 × 100 = 60.00%"
    plain = indicator.replaced(multiplier=Decimal(1))
    assert filled_words(shown, plain) == "180 张 ÷ 300 = 60.00%"


def test_filled__a_bare_count_needs_no_formula(audited: Workplace) -> None:
    shown, indicator = IndicatorsModel(audited).rows[1], audited.pack.indicators[1]
    assert filled_words(shown, indicator) == ""
    thousands = indicator.replaced(multiplier=Decimal("0.001"))
    assert filled_words(shown, thousands) == "300 张 × 0.001 = 300.00 张"


def test_filled__nothing_while_a_number_is_missing(
    shown: Shown, audited: Workplace
) -> None:
    indicator = audited.pack.indicators[0]
    assert filled_words(replace(shown, figure=None), indicator) == ""
    assert shown.figure is not None
    blank = replace(shown.figure, value=None)
    assert filled_words(replace(shown, figure=blank), indicator) == ""
