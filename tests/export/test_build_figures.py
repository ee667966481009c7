from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.export.build_figures import indicator_line
from desktop.forms.base import Citation
from desktop.forms.indicator import Target
from desktop.forms.indicator import TargetBasis
from desktop.forms.indicator import TargetOperator
from desktop.forms.indicator import YearBasis
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Status
from tests.export.samples import PACK
from tests.export.samples import SHARE
from tests.export.samples import TARGET

if TYPE_CHECKING:
    from desktop.export.report import IndicatorLine

INDICATOR, COUNT = PACK.indicators


def line(**changes: Any) -> IndicatorLine:  # noqa: ANN401 - any part of a figure
    return indicator_line(PACK, INDICATOR, replace(SHARE, **changes), None)


def test_line__value_target_status_gap_and_source_in_words() -> None:
    found = line()

    assert found.value == Decimal("38.96")
    assert found.target == "≥55%（2025年，约束性）"
    assert (found.status, found.gap) == ("未达标", "还差 50 张")
    assert found.formula == "护理型床位数 ÷ 床位总数 × 100"
    assert found.source == "《示例方案》（原文文件 plan.txt）"
    assert found.numerator.blanks == 1


def test_line__zero_of_zero_is_not_applicable() -> None:
    found = line(value=None, shown=None, status=Status.NOT_APPLICABLE)

    assert found.value is Absent.NOT_APPLICABLE
    assert found.status == "不适用"


def test_line__a_missing_value_stays_blank_and_is_no_zero() -> None:
    nothing = replace(SHARE.numerator, value=None)
    found = line(value=None, shown=None, status=Status.MISSING, numerator=nothing)

    assert found.value is BLANK
    assert found.numerator.value is BLANK
    assert found.status == "数据缺失"
    assert found.bar is not None
    assert found.bar.value is None


def test_line__without_a_figure_says_that_data_is_missing() -> None:
    found = indicator_line(PACK, COUNT, None, None)

    assert (found.value, found.status, found.bar) == (BLANK, "数据缺失", None)
    assert found.denominator is None
    assert found.formula == "床位总数"
    assert found.source == "本系统自拟"
    assert found.note == "按全部机构计"


def test_line__quotient_without_multiplier() -> None:
    indicator = INDICATOR.replaced(multiplier=Decimal(1))

    assert (
        indicator_line(PACK, indicator, None, None).formula == "护理型床位数 ÷ 床位总数"
    )


def test_line__a_sentence_of_another_file_is_named_by_it() -> None:
    source = Citation(plan="other", file="other.txt", quote="应有尽有")
    indicator = INDICATOR.replaced(source=source)

    assert indicator_line(PACK, indicator, None, None).source == "原文文件 other.txt"


def test_target__between_overdue_and_softened() -> None:
    target = TARGET.replaced(
        operator=TargetOperator.BETWEEN,
        upper=Decimal(60),
        binding=False,
        qualifier="力争",
    )
    found = line(target=target, overdue=True)

    assert found.target == "55～60%（2025年，预期性，力争，目标年份已过）"
    assert found.bar is not None
    assert found.bar.upper == 60


def test_target__words_only_and_none() -> None:
    words = Target(
        year_basis=YearBasis.NONE, basis=TargetBasis.TEXT_ONLY, text="基本全覆盖"
    )
    bare = TARGET.replaced(year=None, binding=None)

    assert line(target=words).target == "基本全覆盖"
    assert line(target=words.replaced(text=None)).target == ""
    assert line(target=None).target == ""
    assert line(target=bare).target == "≥55%"


def test_gap__says_which_way() -> None:
    over = Gap(Decimal("1.50"), None, Direction.FEWER)

    assert line(gap=over).gap == "超出 1.5"
    assert line(gap=None).gap == ""


def test_bar__scale_is_a_hundred_or_leaves_headroom() -> None:
    full = [line().bar, line(shown=Decimal(120)).bar]

    assert [bar and bar.full for bar in full] == [Decimal(100), Decimal(150)]


def test_bar__none_without_anything_to_show() -> None:
    assert line(target=None, shown=None).bar is None
    assert line(target=None, shown=Decimal(0)).bar is None
