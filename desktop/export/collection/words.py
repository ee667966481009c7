"""The fixed Chinese words of 分发采集表: what to fill in, and how.

Whoever runs a facility reads them, without this program and without a manual.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.forms.entry import NOT_APPLICABLE
from desktop.forms.entry import SEPARATORS
from desktop.forms.entry import UNKNOWN
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import CreditCodeField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TelephoneField
from desktop.forms.fields import TextField
from desktop.forms.fields import UnitField
from desktop.forms.fields import YesNoField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.forms.fields import Field

GUIDE: Final = "填写说明"
TITLE: Final = "{form}（分发采集表）"
HEAD: Final = "收表单位：{sender}　　报告期：{period}"
ADVICE: Final = (
    (
        "1．只填白色和浅灰色的格子，一行填一个{record}。"
        "浅灰色是已有的内容，请核对，变了就改；"
        "深灰色已锁定，不用填，有误请告诉收表单位。"
    ),
    (
        "2．点到格子上会出现填法；有下拉箭头的，从列表里选。数只填数字，不写单位；"
        "没有就填 0，确实不适用填“不适用”，不掌握填“不详”，不要用 0 代替没有统计。"
    ),
    (
        "3．红色：必填没有填，或者填得不对，请改到不红为止。"
        "橙色：请再核对；情况属实可以保留，并把原因告诉收表单位。"
    ),
    (
        "4．不要增删列、改表头、改工作表的名字。填好后保存，"
        "原样（.xlsx）发回收表单位。行不够时请向收表单位索取。"
    ),
)
OBJECT: Final = "对象"
UNIT_OF: Final = "所属单位"
UNIT_HINT: Final = "从下拉列表中选所属的街道、乡镇（填报单位）。"
UNIT_NAME: Final = "单位名称"
GUIDE_HEADS: Final = (
    ("指标项", 30),
    ("要求", 8),
    ("怎么填", 46),
    ("指标解释", 60),
)
RULES: Final = "审核关系（收回后由系统逐条审核）："
CHECK: Final = "请核对这几项：{fields}。"
"""How to mend what several cells are about."""


class Demand(Enum):
    """What the form asks of a field; the value is how the head says it."""

    REQUIRED = "必填"
    EXPECTED = "应填"
    OPTIONAL = "选填"


def hint(field: Field, choices: tuple[str, ...]) -> str:
    """Say in one sentence what may stand in a field."""
    words = f"{_kind(field, choices)}。"
    others = tuple(_others(field, choices))
    if others:
        words += f"{'；'.join(others)}。"
    return words


def words_for_none(field: Field, choices: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the words that stand for no value and may be typed into a field."""
    words = (NOT_APPLICABLE, UNKNOWN) if field.not_applicable else (UNKNOWN,)
    return tuple(word for word in words if word not in choices)


def _others(field: Field, choices: tuple[str, ...]) -> Iterator[str]:
    for word in words_for_none(field, choices):
        if word == NOT_APPLICABLE:
            yield f"确实不适用，填“{word}”"
        else:
            yield f"不掌握，填“{word}”"


def _kind(field: Field, choices: tuple[str, ...]) -> str:
    match field:
        case IntegerField():
            return f"填整数{_bounds(field)}{_measure(field)}"
        case DecimalField(digits=digits):
            return f"填数字，最多 {digits} 位小数{_bounds(field)}{_measure(field)}"
        case TextField(max_length=limit):
            return f"填文字，不超过 {limit} 个字"
        case ChoiceField():
            return "从下拉列表中选一项"
        case ChoicesField():
            return f"可填多项，用“{SEPARATORS[0]}”隔开：{SEPARATORS[0].join(choices)}"
        case DateField():
            return "填日期，如 2025-12-31"
        case YesNoField():
            return "选“是”或“否”"
        case UnitField():
            return "填行政区划代码"
        case CreditCodeField():
            return "填 18 位统一社会信用代码"
        case TelephoneField():
            return "填 11 位手机号，或带区号的固定电话，如 021-12345678"
        case _:
            assert_never(field)


def _bounds(field: IntegerField | DecimalField) -> str:
    if field.minimum is not None and field.maximum is not None:
        return f"，{field.minimum} 到 {field.maximum} 之间"
    if field.minimum is not None:
        return f"，不小于 {field.minimum}"
    if field.maximum is not None:
        return f"，不大于 {field.maximum}"
    return ""


def _measure(field: Field) -> str:
    return f"，单位：{field.measure}（不要写在格子里）" if field.measure else ""
