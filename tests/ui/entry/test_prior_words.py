from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.app.entry.prior_values import Prior
from desktop.app.entry.shares import Shares
from desktop.core.cells import Absent
from desktop.core.period import Period
from desktop.core.period import parse_period
from desktop.ui.entry.prior_words import Against
from desktop.ui.entry.prior_words import is_number
from desktop.ui.entry.prior_words import period_words
from desktop.ui.entry.prior_words import prior_lines
from desktop.ui.entry.prior_words import share_words
from desktop.ui.entry.prior_words import short_change
from tests.kinds import field_of_kind

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.core.words import Words


def period(code: str) -> Period:
    found = parse_period(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("2024", "2025", "上年"),
        ("2023", "2025", "2023年"),
        ("2024H2", "2025H1", "上期"),
        ("2024H1", "2025H1", "上年同期"),
        ("2025Q1", "2025Q3", "2025年第一季度"),
        ("2025-08", "2025-09", "上期"),
    ],
)
def test_period_words__as_seen_from_now(
    say: Words, then: str, now: str, said: str
) -> None:
    assert period_words(say, period(then), period(now)) == said


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (120, 150, "上年 120 → 本年 150，+30（+25.0 %）"),
        (1500, 1200, "上年 1,500 → 本年 1,200，−300（−20.0 %）"),
        (0, 8, "上年 0 → 本年 8，+8"),
        (7, 7, "上年 7 → 本年 7，没有变化"),
        (7, Absent.BLANK, "上年 7"),
        (Absent.BLANK, 7, "上年 空 → 本年 7"),
        (Absent.UNKNOWN, 7, "上年 不详 → 本年 7"),
        (7, Absent.NOT_APPLICABLE, "上年 7 → 本年 不适用"),
    ],
)
def test_prior_lines__value_change_and_percent(
    say: Words, before: Cell, now: Cell, said: str
) -> None:
    field = field_of_kind("integer")
    cell = Against(field, now, period("2025"))
    prior = Prior(period("2024"), {field.id: before})
    assert prior_lines(say, cell, [prior]) == [said]


def test_prior_lines__last_period_and_a_year_ago(say: Words) -> None:
    field = field_of_kind("decimal")
    cell = Against(field, Decimal("3.00"), period("2025H1"))
    priors = [
        Prior(period("2024H2"), {field.id: Decimal("2.00")}),
        Prior(period("2024H1"), {field.id: Decimal("4.00")}),
    ]
    assert prior_lines(say, cell, priors) == [
        "上期 2.00 → 本期 3.00，+1.00（+50.0 %）",
        "上年同期 4.00 → 本期 3.00，−1.00（−25.0 %）",
    ]


def test_prior_lines__of_words_only_what_stood_there(say: Words) -> None:
    field = field_of_kind("text")
    assert not is_number(field)
    cell = Against(field, "新名", period("2025"))
    prior = Prior(period("2024"), {field.id: "旧名"})
    assert prior_lines(say, cell, [prior]) == ["上年 旧名"]


def test_short_change__for_the_card(say: Words) -> None:
    field = field_of_kind("integer")
    prior = Prior(period("2024"), {field.id: 120})
    now = Against(field, 150, period("2025"))
    assert short_change(say, now, prior) == "上年 120，+30（+25.0 %）"
    blank = Against(field, Absent.BLANK, period("2025"))
    assert short_change(say, blank, prior) == "上年 120"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Shares(counted=True, of_unit=Decimal("12.0"), of_ledger=Decimal("1.5")),
            "占华阳路街道 12.0 %，占长宁区 1.5 %",
        ),
        (Shares(counted=True, of_ledger=Decimal("1.5")), "占长宁区 1.5 %"),
        (Shares(counted=True), ""),
        (Shares(counted=False), "这条记录不计入合计。"),
    ],
)
def test_share_words__of_unit_and_ledger(say: Words, found: Shares, said: str) -> None:
    assert share_words(say, found, "华阳路街道", "长宁区") == said
