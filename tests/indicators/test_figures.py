from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.indicators.figures import Direction
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Judgement


def test_gap__is_a_value() -> None:
    gap = Gap(Decimal(37), "张", Direction.MORE)
    assert gap == Gap(Decimal(37), "张", Direction.MORE)
    assert gap != Gap(Decimal(37), "张", Direction.FEWER)


@pytest.mark.parametrize(
    ("counts", "left", "said"),
    [
        ((("已实现", 3),), 0, "已实现"),
        ((("已实现", 3),), 1, None),
        ((("已实现", 3), ("未实现", 1)), 0, None),
    ],
)
def test_judgement__unanimous_only_where_all_have_said_the_same(
    counts: tuple[tuple[str, int], ...], left: int, said: str | None
) -> None:
    assert Judgement(counts, left).unanimous == said
