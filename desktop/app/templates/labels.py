"""Which texts of a template are labels, and of what: fields, header, signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.forms.fields import Field
    from desktop.forms.layout import HeaderItem
    from desktop.forms.model import Form

_LEVEL: Final = re.compile(
    r"^(?:其中[:：]?|#|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,3}[.、．](?!\d))+"
)
"""What stands before a label to show its level."""
_CIRCLED: Final = re.compile(r"^[\s①-⑳]+")
_MEASURE: Final = re.compile(r"[(（\[【][^()（）\[\]【】]{1,12}[)）\]】]$")
_SIGNS: Final = re.compile(r"[\s:：*＊_]+")
_COLUMN_MARK: Final = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|[(（]?\d{1,3}[)）]?")
_YEAR_GAP: Final = re.compile(r"^(?:20|二〇)?[\s_]*年(?:[\s_]*[月季]度?[\s_]*)?$")

HEADER: Final[Mapping[HeaderItem, tuple[str, ...]]] = {
    "unit_name": (
        *(
            "综合机关名称",
            "填报单位",
            "单位名称",
            "单位详细名称",
            "填报机关",
            "汇总单位",
        ),
        "报送单位",
    ),
    "unit_code": ("行政区划代码", "区划代码", "统计用区划代码", "地址代码"),
    "period": ("报告期", "统计期", "报告年度", "统计年度", "年度", "报告期别"),
    "date": ("报出日期", "填表日期", "填报日期", "报送日期"),
    "form_number": ("表号",),
    "authority": ("制定机关", "制表机关"),
    "approval_authority": ("批准机关", "备案机关", "批准备案机关", "批准或备案机关"),
    "approval_number": (
        "文号",
        "批准文号",
        "备案文号",
        "批准备案文号",
        "批准或备案文号",
    ),
    "valid_until": ("有效期至", "有效期", "有效期限"),
}
SIGNERS: Final = ("单位负责人", "统计负责人", "审核人", "填表人", "制表人", "联系电话")
NUMBER: Final = ("序号", "编号", "行号")
TOTAL: Final = ("合计", "总计", "总合计")
PAGE_SUM: Final = ("本页合计", "本页小计", "小计", "页计")
CONTINUED: Final = "续表"


def plain(text: str) -> str:
    """Take a label without level, measure, colon and the spaces that align it."""
    folded = _SIGNS.sub("", normalize("NFKC", _CIRCLED.sub("", text)))
    bare = _LEVEL.sub("", folded)
    return _MEASURE.sub("", bare) or bare


def labels_of(field: Field) -> Iterator[str]:
    """Give the labels under which a field may stand."""
    for label in (field.title, *field.aliases):
        yield plain(label)
        yield plain(f"{label}{field.measure or ''}")


def by_label(form: Form) -> dict[str, str]:
    """Give the fields by label; one that two fields have belongs to the first."""
    found: dict[str, str] = {}
    for field in form.fields:
        for label in labels_of(field):
            found.setdefault(label, field.id)
    return found


def header_item(text: str) -> HeaderItem | None:
    """Say which item of the header a label asks for."""
    bare = re.sub(r"[(（].{0,6}[)）]$", "", text.rstrip(":： 　"))
    label = re.sub(r"[()]", "", plain(bare))
    found = (item for item, labels in HEADER.items() if label in labels)
    return next(found, None)


def signer(text: str) -> str | None:
    """Say who signs behind a label."""
    label = plain(text)
    return label if label in SIGNERS else None


def is_mark(text: str) -> bool:
    """Tell whether a text only marks a column: 甲, 1, (2)."""
    return _COLUMN_MARK.fullmatch(_SIGNS.sub("", text)) is not None


def is_year_gap(text: str) -> bool:
    """Tell whether a text is the gap for the period: 20  年."""
    return _YEAR_GAP.fullmatch(text.strip()) is not None
