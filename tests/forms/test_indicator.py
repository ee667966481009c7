from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from desktop.forms.indicator import Aggregation
from desktop.forms.indicator import Baseline
from desktop.forms.indicator import Indicator
from desktop.forms.indicator import TargetBasis
from desktop.forms.strict import checked_json

ROW = {
    "id": "beds",
    "title": "床位",
    "domain": "elderly_care",
    "kind": "count",
    "numerator": {"title": "床位数"},
}


def test_indicator__what_is_not_said() -> None:
    found = checked_json(Indicator, json.dumps(ROW))

    assert (found.multiplier, found.digits) == (Decimal(1), 2)
    assert found.aggregation is Aggregation.STOCK
    assert (found.targets, found.baseline, found.concept) == ((), None, None)
    assert found.over_100 is True


def test_baseline__a_number_or_the_plan_s_words() -> None:
    number = checked_json(Baseline, '{"value": "65.7", "basis": "numeric"}')
    words = checked_json(Baseline, '{"basis": "text_only", "text": "应保尽保"}')

    assert (number.value, number.text) == (Decimal("65.7"), None)
    assert (words.value, words.basis) == (None, TargetBasis.TEXT_ONLY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Beds"},
        {"kind": "share"},
        {"digits": 7},
        {"table_row": 0},
        {"targets": [{"year_basis": "explicit", "basis": "guessed"}]},
        {"remark": "不认识的键"},
    ],
)
def test_indicator__error(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        checked_json(Indicator, json.dumps({**ROW, **wrong}))
