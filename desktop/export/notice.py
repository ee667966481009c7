"""A notice of one or a few pages, such as 退回单 and 回执: what is said on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DAY: Final = "　　　　年　　月　　日"

SLIP: Final = "退回单"
LETTERS: Final = "校验码（前 12 位）"
SLIP_FACTS: Final = (
    "退回给",
    "报告期",
    "退回的上报件",
    LETTERS,
    "退回单号",
    "请于",
)
SLIP_HEADS: Final = ("序号", "报表", "对象", "指标或问题", "退回时\n的数据", "退回原因")
HOW: Final = (
    "请在本单位台账的“报送—退回与回执”中打开随附的退回单文件（.tzs），逐项改正；"
    "确认无误的，在该项写明理由。改完后重新上报即可。"
)
SLIP_SAID: Final = (
    HOW,
    "退回只说明问题，不改动任何数据。",
)
SLIP_SIDES: Final = (
    ("退回单位（盖章）：", "经办人：", "日期："),
    ("收到单位（盖章）：", "收到人：", "日期："),
)
BEFORE: Final = " 之前改正并重新上报"
NO_DAY: Final = "尽快改正并重新上报"
ROUND: Final = "（第 {count} 次退回）"

RECEIPT: Final = "回执"
RECEIPT_FACTS: Final = (
    "上报单位",
    "报告期",
    "上报件",
    "数据版本",
    LETTERS,
    "校验码（全部）",
    "制成时间",
    "接收时间",
    "状态",
)
RECEIPT_HEADS: Final = (
    "报表",
    "记录数",
    "强制性问题",
    "核实性问题\n未说明",
    "核实性问题\n已说明",
)
RECEIPT_SAID: Final = (
    "校验码与上报单位“上报”时显示的一致，即为同一份文件。",
    "审核结果为接收方台账中该单位数据的审核情况。",
)
RECEIPT_SIDES: Final = (
    ("接收单位（盖章）：", "经办人：", "日期："),
    ("上报单位：", "收到人：", "日期："),
)
BLANK: Final = "（空）"
NIL: Final = "零报告"
SUM: Final = "合计"
STATES: Final = ("已接收", "退回", "验收")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its width in points, and how its cells stand."""

    title: str
    narrowest: float
    widest: float
    align: int = -1


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything a notice says.

    `facts` are labels and values above the table. `sides` are the labels, for the one
    and the other side, behind which is signed and sealed by hand. `code` is printed as
    a QR code, `foot` at the foot of each page.
    """

    title: str
    sender: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    code: str = ""
    foot: str = ""
    summed: bool = False
    """Whether the last row is of sums."""
