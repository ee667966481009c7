from __future__ import annotations

from decimal import Decimal

from desktop.indicators.figures import Direction
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Status


def test_gap__is_a_value() -> None:
    gap = Gap(Decimal(37), "张", Direction.MORE)
    assert gap == Gap(Decimal(37), "张", Direction.MORE)
    assert gap != Gap(Decimal(37), "张", Direction.FEWER)


def test_status__seven_ways_to_stand() -> None:
    assert {status.value for status in Status} == {
        "reached",
        "not_reached",
        "missing",
        "not_applicable",
        "no_target",
        "doubtful",
        "reference",
    }
