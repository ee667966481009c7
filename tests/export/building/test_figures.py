from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.export.building.figures import indicator_line
from desktop.forms.base import Citation
from desktop.forms.indicator import Baseline
from desktop.forms.indicator import Target
from desktop.forms.indicator import TargetBasis
from desktop.forms.indicator import YearBasis
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Judgement
from desktop.indicators.figures import Path
from desktop.indicators.figures import Status
from tests.export.samples import PACK
from tests.export.samples import SHARE

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


def test_line__target_without_a_number_keeps_the_plans_words() -> None:
    text = Target(
        year_basis=YearBasis.NONE, basis=TargetBasis.TEXT_ONLY, text="基本全覆盖"
    )
    indicator = INDICATOR.replaced(targets=(text,))

    assert indicator_line(PACK, indicator, None, None).target == "基本全覆盖"


def test_line__what_is_left_is_the_gap() -> None:
    over = Gap(Decimal("1.50"), None, Direction.FEWER)

    assert (line(gap=over).gap, line(gap=over).left) == ("超出 1.5", "超出 1.5")
    assert (line(gap=None).gap, line(gap=None).left) == ("", "")
    assert indicator_line(PACK, COUNT, None, None).left == ""


def test_line__on_the_way() -> None:
    path = Path(Decimal("46.25"), Decimal(30), 2020, assumed=False)
    found = line(status=Status.BEHIND, path=path)

    assert found.status == "进度滞后"
    assert found.path == "按直线进度，本年应达 46.25%"
    assert found.bar is not None
    assert found.bar.path == Decimal("46.25")


def test_line__judged_alike_by_all_says_their_word() -> None:
    found = line(
        status=Status.JUDGED, gap=None, judgement=Judgement((("已实现", 3),), 0)
    )

    assert (found.status, found.judgement, found.left) == ("已实现", "已实现 3", "")


def test_line__judged_differently_says_the_counts() -> None:
    judgement = Judgement((("已实现", 3), ("未实现", 1)), 0)
    found = line(status=Status.JUDGED, gap=None, judgement=judgement)

    assert (found.status, found.left) == ("已评定", "已实现 3、未实现 1")


def test_line__not_judged_yet() -> None:
    waiting = INDICATOR.replaced(judged_by="adm")

    assert line(status=Status.UNJUDGED, gap=None).status == "待评定"
    assert indicator_line(PACK, waiting, None, None).status == "待评定"


def test_line__a_commitment_in_words_asks_for_no_terms() -> None:
    term = COUNT.numerator.replaced(value=None)
    promise = COUNT.replaced(numerator=term)

    assert indicator_line(PACK, COUNT, None, None).numerator.asked
    assert not indicator_line(PACK, promise, None, None).numerator.asked


def test_line__baseline_departments_and_remarks() -> None:
    indicator = INDICATOR.replaced(
        baseline=Baseline(value=Decimal("37.64"), year=2020, basis=TargetBasis.NUMERIC),
        departments=("民政局", "卫生健康委"),
        note="按年末数",
        differs="分母是全部床位",
        also=Citation(plan="sample", file="plan.txt", quote="再次提到"),
    )
    found = indicator_line(PACK, indicator, None, None)

    assert found.baseline == "基期：37.64%（2020年）"
    assert found.departments == "民政局、卫生健康委"
    assert found.note == (
        "按年末数；与通用定义不同：分母是全部床位；原文另一处：“再次提到”"
    )
    assert found.targets == ("≥55%（2025年，约束性）",)


def test_bar__scale_is_a_hundred_or_leaves_headroom() -> None:
    full = [line().bar, line(shown=Decimal(120)).bar]

    assert [bar and bar.full for bar in full] == [Decimal(100), Decimal(150)]


def test_bar__none_without_anything_to_show() -> None:
    assert line(target=None, shown=None).bar is None
    assert line(target=None, shown=Decimal(0)).bar is None


def test_bar__scale_reaches_the_line_too() -> None:
    path = Path(Decimal(200), Decimal(300), 2020, assumed=False)
    bar = line(path=path, shown=Decimal(100)).bar

    assert bar is not None
    assert bar.full == 250
