"""Which rows of a table are records, and which are totals, notes or heads again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from desktop.intake.cleaning import clean_text
from desktop.intake.header import fold
from desktop.intake.plan_values import SkippedRow
from desktop.intake.plan_values import SkipReason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.intake.header import Header
    from desktop.intake.table import RawCell

_TOTALS: Final = frozenset(
    (
        *(
            "合计",
            "总计",
            "小计",
            "共计",
            "累计",
            "合计数",
            "总合计",
            "本页合计",
            "本页小计",
        ),
        *("total", "subtotal", "sum"),
    )
)
_FOOTNOTE: Final = re.compile(
    r"(?:注|说明|备注|填表说明|填表人|填报人|制表人|制表|审核人|单位负责人|统计负责人"
    r"|联系电话|报出日期|填表日期|填报日期|负责人)\s*[0-9]*\s*(?:[:：]|\(|（|$)"
)
_STUBS: Final = "甲乙丙丁戊己庚辛壬癸"
_FEWEST_NUMBERS: Final = 3

Row = tuple["RawCell", ...]


def skip(row: Row, header: Header, name: int | None) -> SkippedRow | None:
    """Say why a row is no record; None when it is one.

    `name` is the column that names the record.
    """
    reason = _reason(row, header, name)
    if reason is None:
        return None
    text = " ".join(clean_text(cell.text) for cell in row if cell.text)
    return SkippedRow(row[0].row, reason, text)


def _reason(row: Row, header: Header, name: int | None) -> SkipReason | None:
    texts = {
        cell.column: text
        for cell in row
        if (text := clean_text(cell.text)) or cell.mark
    }
    if not texts:
        return SkipReason.EMPTY
    if _is_head_again(texts, header):
        return SkipReason.HEAD_AGAIN
    if _is_numbering(list(texts.values())):
        return SkipReason.COLUMN_NUMBERS
    first = texts[min(texts)]
    named = texts.get(name, "") if name is not None else ""
    if fold(named) in _TOTALS or (not named and fold(first) in _TOTALS):
        return SkipReason.TOTAL
    if _FOOTNOTE.match(first) and (not named or named == first):
        return SkipReason.FOOTNOTE
    return None


def _is_head_again(texts: Mapping[int, str], header: Header) -> bool:
    """Tell whether a page's head stands in the table once more."""
    heads = {head.column: head.parts for head in header.heads}
    same = [fold(text) in map(fold, heads.get(at, ())) for at, text in texts.items()]
    return len(same) > 1 and all(same)


def _is_numbering(texts: list[str]) -> bool:
    """Tell whether a row is the 甲 乙 丙 1 2 3 under a form's head."""
    letters = [text for text in texts if text in _STUBS]
    numbers = [text.strip("()（）") for text in texts if text not in _STUBS]
    counted = [str(number) for number in range(1, len(numbers) + 1)]
    in_order = letters == list(_STUBS[: len(letters)]) and numbers == counted
    enough = len(texts) > (1 if letters else _FEWEST_NUMBERS - 1)
    return in_order and enough
