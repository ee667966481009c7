"""A pack with a field of every kind, for tests of what meets them all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from desktop.app.entry.edits import add_record
from desktop.store.records import Applied
from tests import small

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.forms.fields import Field
    from desktop.forms.model import Pack

KINDS: dict[str, Any] = {
    "kind": "roster",
    "id": "kinds",
    "title": "各类型表",
    "domain": "health",
    "record": "每个机构一条",
    "name": "name",
    "groups": [
        {
            "title": "身份",
            "fields": [
                {"id": "count", "kind": "integer", "title": "个数", "measure": "个"},
                {
                    "id": "name",
                    "kind": "text",
                    "title": "名称",
                    "explanation": "登记证上的名称",
                },
                {"id": "area", "kind": "unit", "title": "地区", "binds": "unit.code"},
            ],
        },
        {
            "title": "各类",
            "fields": [
                {"id": "share", "kind": "decimal", "digits": 2, "title": "比例"},
                {
                    "id": "kind",
                    "kind": "choice",
                    "title": "种类",
                    "choices": ["甲类", "乙类", "丙类"],
                },
                {
                    "id": "several",
                    "kind": "choices",
                    "title": "服务",
                    "choices": ["助餐", "助浴", "助医"],
                },
                {"id": "opened", "kind": "date", "title": "开办日期"},
                {"id": "filed", "kind": "yes_no", "title": "已备案"},
                {"id": "place", "kind": "unit", "title": "所在单元"},
                {"id": "credit", "kind": "credit_code", "title": "信用代码"},
                {"id": "phone", "kind": "telephone", "title": "电话"},
                {
                    "id": "reason",
                    "kind": "text",
                    "title": "甲类说明",
                    "visible_when": "kind = '甲类'",
                },
                {
                    "id": "double",
                    "kind": "integer",
                    "title": "两倍",
                    "computed": "count * 2",
                },
            ],
        },
    ],
}
"""A form with every kind of field, a hidden one, a bound one and a computed one."""

TEXT_KINDS = {
    "text": ("好院", None),
    "integer": ("12", "十二个"),
    "decimal": ("1.50", "1.555"),
    "choice": ("乙类", "丁类"),
    "choices": ("助餐、助医", "助行"),
    "date": ("2025-12-31", "2025-02-30"),
    "yes_no": ("是", "也许"),
    "unit": ("310105001", "长宁"),
    "credit_code": ("91310000MA1FL0001X", "—"),
    "telephone": ("021-62345678", "电话"),
}
"""By kind of field: a text it takes, and one it refuses (free text refuses none)."""


def field_of_kind(kind: str) -> Field:
    """Give the field of a kind that can be typed into."""
    form = kinds_pack().form_by_id["kinds"]
    typed = (f for f in form.stored if f.kind == kind and f.visible_when is None)
    return next(typed)


def kinds_pack() -> Pack:
    """Give a pack with a form of every kind of field beside those of the small one."""
    data = small.pack_data()
    return small.pack_of({**data, "forms": [KINDS, *data["forms"]]})


def make_kinds(folder: Path) -> Path:
    """Make a ledger with two records of the form of all kinds."""
    path = small.make_ledger(folder, kinds_pack())
    with small.opened(path) as ledger:
        form = ledger.pack().form_by_id["kinds"]
        cells: dict[str, dict[str, Cell]] = {
            "甲院": {"kind": "甲类", "count": 3},
            "乙院": {},
        }
        for name, more in cells.items():
            filled = {"name": name, **more}
            action = add_record(form, small.YEAR, small.STREET, name, filled)
            assert isinstance(ledger.apply(action), Applied)
    return path
