from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.expr.nodes import Call
from desktop.expr.nodes import Function
from desktop.expr.schema import Column
from desktop.expr.schema import Schema
from desktop.expr.schema import Source
from desktop.expr.schema import ValueType
from desktop.expr.words import _called
from desktop.expr.words import say
from desktop.expr.words import say_ratio
from desktop.expr.words import say_rule
from tests.expr.sample import SCHEMA
from tests.expr.sample import read


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        ("nursing <= beds", "eci", "护理型床位数 ≤ 床位总数"),
        ("beds > prev.beds", "eci", "床位总数 > 上期床位总数"),
        ("PREV(beds) >= 1", "eci", "上期床位总数 ≥ 1"),
        ("unit.pop < 10", "eci", "本单位常住人口 < 10"),
        ("licensed", "eci", "是否备案为“是”"),
        ("NOT licensed", "eci", "是否备案为“否”"),
        ("licensed = TRUE", "eci", "是否备案为“是”"),
        ("licensed <> FALSE", "eci", "是否备案不为“否”"),
        ("licensed = prev.licensed", "eci", "是否备案 = 上期是否备案"),
        ("type <> 'x'", "eci", "机构类型 ≠ “x”"),
        ("type IN ('x', 'y')", "eci", "机构类型为“x”、“y”之一"),
        ("type IN ('x')", "eci", "机构类型为“x”"),
        ("type NOT IN ('x')", "eci", "非（机构类型为“x”）"),
        (
            "beds BETWEEN 1 AND nursing + 2",
            "eci",
            "床位总数在 1 至 护理型床位数 + 2 之间",
        ),
        ("beds IS NULL", "eci", "床位总数为空"),
        ("beds IS NOT NULL", "eci", "床位总数不为空"),
        ("opened > '2020-01-01'", "eci", "开业日期 > 2020-01-01"),
        (
            "IMPLIES(licensed, beds > 0 AND nursing > 0)",
            "eci",
            "若 是否备案为“是”，则 床位总数 > 0 且 护理型床位数 > 0",
        ),
        (
            "(licensed OR beds > 1) AND IMPLIES(licensed, TRUE)",
            "eci",
            "（是否备案为“是” 或 床位总数 > 1） 且 （若 是否备案为“是”，则 “是”）",
        ),
        (
            "price <= param.ceiling * (market - 1)",
            "eci",
            "收费 ≤ 价格上限 × （市场价 − 1）",
        ),
        (
            "beds - (nursing - 1) - 2 = -1",
            "eci",
            "床位总数 − （护理型床位数 − 1） − 2 = −1",
        ),
        ("beds / nursing * 2 = 1", "eci", "床位总数 ÷ 护理型床位数 × 2 = 1"),
        ("beds / (nursing * 2) = 1", "eci", "床位总数 ÷ （护理型床位数 × 2） = 1"),
        ("-(beds + 1) = 1", "eci", "−（床位总数 + 1） = 1"),
        ("ABS(beds - 1) = 1", "eci", "（床位总数 − 1）的绝对值 = 1"),
        ("ANSWERED(beds)", "eci", "床位总数已填答"),
        (
            "COALESCE(beds, nursing, 0) = 1",
            "eci",
            "床位总数（为空时取护理型床位数，再为空时取0） = 1",
        ),
        (
            "DAYS_BETWEEN(opened, '2025-01-01') > 1",
            "eci",
            "开业日期至2025-01-01的天数 > 1",
        ),
        ("HAS(services, '餐饮')", "eci", "服务项目包含“餐饮”"),
        ("IS_NOT_APPLICABLE(beds)", "eci", "床位总数填“不适用”"),
        (
            "beds > 1 OR NOT IS_NOT_APPLICABLE(beds)",
            "eci",
            "床位总数 > 1 或 非（床位总数填“不适用”）",
        ),
        ("IS_UNIQUE(code)", "eci", "统一社会信用代码不重复"),
        (
            "IS_UNIQUE(code, home)",
            "eci",
            "统一社会信用代码在同一所在单元代码内不重复",
        ),
        ("LENGTH(code) = 18", "eci", "统一社会信用代码的字数 = 18"),
        ("ROUND(price, 1) = 1", "eci", "收费四舍五入到1位小数 = 1"),
        ("VALID_CREDIT_CODE(code)", "eci", "统一社会信用代码是有效的统一社会信用代码"),
        ("VALID_TELEPHONE(tel)", "eci", "联系电话是有效的电话号码"),
        ("YEAR(opened) = 2020", "eci", "开业日期的年份 = 2020"),
        (
            "CASE WHEN licensed THEN 1 WHEN beds > 1 THEN 2 ELSE 3 END = 1",
            "eci",
            "（若 是否备案为“是”，取 1；若 床位总数 > 1，取 2；否则取 3） = 1",
        ),
        ("CASE WHEN licensed THEN beds END", "eci", "若 是否备案为“是”，取 床位总数"),
        (
            "EXISTS (SELECT 1 FROM hos WHERE hos.id = hos_id AND hos.doctors > 1)",
            "eci",
            "有医院（医院编号 = 合作医院编号 且 医师数 > 1）",
        ),
        ("NOT EXISTS (SELECT 1 FROM cef)", "eci", "没有社区养老设施"),
        ("PREV(EXISTS (SELECT 1 FROM cef))", "eci", "有上期社区养老设施"),
        ("SUM(eci.beds) <= pop", "area", "养老机构床位总数之和 ≤ 常住人口"),
        ("SUM(child.pop) = pop", "area", "下级单位常住人口之和 = 常住人口"),
        (
            "villages = COUNT(child) FILTER (WHERE child.level = '行政村')",
            "area",
            "下辖行政村数 = 下级单位个数（其中：单元层级 = “行政村”）",
        ),
        ("SUM(vis.rest)", "area", "探访服务在册之和"),
        ("SUM(hos.doctors)", None, "医院医师数"),
        ("SUM(vis.done)", None, "已改造户数"),
        ("MAX(area.minutes)", None, "步行时间最大值"),
        ("MIN(eci.price)", None, "养老机构收费最小值"),
        ("AVG(eci.price)", None, "养老机构收费平均值"),
        ("SUM(eci.beds * eci.price)", None, "（养老机构床位总数 × 养老机构收费）之和"),
        ("PREV(COUNT(cef))", None, "上期社区养老设施个数"),
        ("SUM(eci.beds) / unit.pop", None, "养老机构床位总数 ÷ 常住人口"),
        (
            (
                "COUNT(area) FILTER (WHERE area.level = '街道' "
                "AND EXISTS (SELECT 1 FROM cef WHERE cef.type = 'x' OR cef.beds > 1))"
            ),
            None,
            (
                "单位个数（其中：单元层级 = “街道” "
                "且 有社区养老设施（设施类型 = “x” 或 床位总数 > 1））"
            ),
        ),
        (
            "COUNT(eci) FILTER (WHERE eci.licensed)",
            None,
            "养老机构个数（其中：是否备案为“是”）",
        ),
    ],
)
def test_words__ok(text: str, form: str | None, wanted: str) -> None:
    assert say(read(text, form), SCHEMA) == wanted


def test_ratio__ok() -> None:
    above = read("SUM(eci.nursing)", None)
    below = read("SUM(eci.beds) + SUM(cef.beds)", None)
    hundred = Decimal("1E+2")
    assert say_ratio(above, below, hundred, SCHEMA) == (
        "养老机构护理型床位数 ÷ （养老机构床位总数 + 社区养老设施床位总数） × 100"
    )
    assert say_ratio(below, above, Decimal(1), SCHEMA) == (
        "（养老机构床位总数 + 社区养老设施床位总数） ÷ 养老机构护理型床位数"
    )
    assert say_ratio(below, None, Decimal(1), SCHEMA) == (
        "养老机构床位总数 + 社区养老设施床位总数"
    )
    assert say_ratio(above, None, hundred, SCHEMA) == "养老机构护理型床位数 × 100"


def test_rule_with_the_records_it_is_asked_of__ok() -> None:
    check = read("beds > 0 OR licensed")
    assert say_rule(check, None, SCHEMA) == say(check, SCHEMA)
    found = say_rule(check, read("status = '运营' AND beds IS NOT NULL"), SCHEMA)
    assert found == (
        "若 运营状态 = “运营” 且 床位总数不为空，则 床位总数 > 0 或 是否备案为“是”"
    )
    inner = read("IMPLIES(licensed, beds > 0)")
    found = say_rule(inner, read("status = '运营'"), SCHEMA)
    assert found == ("若 运营状态 = “运营”，则 （若 是否备案为“是”，则 床位总数 > 0）")


def test_title_said_once__ok() -> None:
    flats = (Column("area", "配建用地面积", ValueType.NUMBER),)
    ledger = (Column("done", "已办件数", ValueType.NUMBER),)
    schema = Schema(
        (
            Source("res", "居住区配建表", roster=True, columns=flats),
            Source("log", "台账", roster=True, columns=ledger),
        )
    )
    found = say(read("SUM(res.area) + SUM(log.done)", None, schema), schema)
    assert found == "居住区配建用地面积 + 台账已办件数"


def test_implication_has_words_of_its_own__error() -> None:
    assert isinstance(read("IMPLIES(licensed, TRUE)").node, Call)
    with pytest.raises(ValueError, match="IMPLIES"):
        _called(Function.IMPLIES, ["a", "b"])
