from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.export.building import figure_words as words
from desktop.forms.indicator import Baseline
from desktop.forms.indicator import Target
from desktop.forms.indicator import TargetBasis
from desktop.forms.indicator import TargetOperator
from desktop.forms.indicator import YearBasis
from desktop.forms.model import Definition
from desktop.forms.model import Option
from desktop.indicators.figures import Added
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Gap
from desktop.indicators.figures import Judgement
from desktop.indicators.figures import Path
from tests.export.samples import PACK
from tests.export.samples import SHARE
from tests.export.samples import TARGET

INDICATOR = PACK.indicators[0]
PROMISE = Target(
    year_basis=YearBasis.NONE, basis=TargetBasis.TEXT_ONLY, text="基本全覆盖"
)


@pytest.mark.parametrize(
    ("number", "measure", "said"),
    [
        ("20000", "张", "20,000 张"),
        ("2E+4", "张", "20,000 张"),
        ("37.640", "%", "37.64%"),
        ("1234.5", None, "1,234.5"),
        ("14", "‰", "14‰"),
    ],
)
def test_quantity__sets_thousands_off(
    number: str, measure: str | None, said: str
) -> None:
    assert words.quantity(Decimal(number), measure) == said


def test_target__between_overdue_and_softened() -> None:
    target = TARGET.replaced(
        operator=TargetOperator.BETWEEN,
        upper=Decimal(60),
        binding=False,
        qualifier="力争",
    )

    assert words.target_words(target, "%", overdue=True) == (
        "55～60%（2025年，预期性，力争，目标年份已过）"
    )


def test_target__words_only_and_bare() -> None:
    bare = TARGET.replaced(year=None, binding=None)

    assert words.target_words(PROMISE, "%") == "基本全覆盖"
    assert words.target_words(PROMISE.replaced(text=None), "%") == ""
    assert words.target_words(bare, "%") == "≥55%"
    large = bare.replaced(value=Decimal(255500))
    assert words.target_words(large, "张") == "≥255,500张"


def test_in_force__the_figures_target_or_the_plans_words() -> None:
    both = INDICATOR.replaced(targets=(TARGET, PROMISE))

    assert words.in_force_words(both, SHARE) == "≥55%（2025年，约束性）"
    assert words.in_force_words(both, None) == "基本全覆盖"
    assert words.in_force_words(INDICATOR, None) == ""


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (None, None, ""),
        (2023, None, "［2023年起适用］"),
        (None, 2022, "［适用至2022年］"),
        (2021, 2022, "［适用于2021至2022年］"),
    ],
)
def test_every_target__says_which_years_it_judges(
    since: int | None, until: int | None, said: str
) -> None:
    target = TARGET.replaced(since=since, until=until)
    indicator = INDICATOR.replaced(targets=(target, PROMISE))

    assert words.every_target(indicator) == (
        f"≥55%（2025年，约束性）{said}",
        "基本全覆盖",
    )


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (Gap(Decimal(20000), "张", Direction.MORE), "还差 20,000 张"),
        (Gap(Decimal("1.50"), None, Direction.FEWER), "超出 1.5"),
        (
            Gap(Decimal(37), "张", Direction.MORE, Added(Decimal(1082))),
            "若总数不变，还差 37 张；若新增，需 1,082 张",
        ),
        (
            Gap(Decimal(37), "张", Direction.MORE, Added(None)),
            "若总数不变，还差 37 张；只靠新增达不到",
        ),
    ],
)
def test_gap__says_both_ways_to_close_it(gap: Gap, said: str) -> None:
    assert words.gap_words(gap) == said


def test_path__says_what_is_expected_and_what_is_assumed() -> None:
    stated = Path(Decimal("48.056"), Decimal("37.64"), 2020, assumed=False)
    assumed = Path(Decimal("48.056"), Decimal("37.64"), 2020, assumed=True)

    assert words.path_words(stated, INDICATOR) == "按直线进度，本年应达 48.06%"
    assert words.path_words(assumed, INDICATOR) == (
        "按直线进度，本年应达 48.06%（原文未写起点年份，按规划开始前一年2020年算）"
    )


def test_judgement__says_who_has_not_judged_yet() -> None:
    counts = (("已实现", 3), ("未实现", 1))

    assert words.judgement_words(Judgement(counts, 0)) == "已实现 3、未实现 1"
    assert words.judgement_words(Judgement(counts, 2)) == (
        "已实现 3、未实现 1；尚未评定 2"
    )


def test_baseline__of_what_the_plan_goes_on_with_and_of_what_is_achieved() -> None:
    begun = Baseline(value=Decimal(235500), basis=TargetBasis.NUMERIC)
    told = Baseline(text="全部完成", year=2020, basis=TargetBasis.TEXT_ONLY)
    going = INDICATOR.replaced(baseline=begun, measure="张")
    done = INDICATOR.replaced(baseline=told, targets=())

    assert words.baseline_words(going) == "基期：235,500 张"
    assert words.baseline_words(done) == "已有成绩：全部完成（2020年）"
    assert words.baseline_words(INDICATOR) == ""


def test_definitions__only_those_the_indicator_names() -> None:
    options = tuple(
        Option(id=name, title=title, value="SUM(eci.beds)", ours="演示")
        for name, title in (("all", "全部床位"), ("homes", "机构床位"))
    )
    named, other = (
        Definition(id=name, title=f"{name}包括哪些", options=options, default="homes")
        for name in ("base", "other")
    )
    pack = PACK.replaced(definitions=(named, other))
    below = INDICATOR.denominator
    assert below is not None
    of_base = INDICATOR.replaced(denominator=below.replaced(value="definition.base"))

    assert words.definition_words(pack, of_base) == ("base包括哪些：机构床位",)
    assert words.definition_words(pack, INDICATOR) == ()
