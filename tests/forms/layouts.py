"""A layout for the small pack's roster, to be bent by a test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from desktop.forms.layout import Layout
from desktop.forms.strict import checked_json
from tests.small import pack_data
from tests.small import pack_of

if TYPE_CHECKING:
    from desktop.forms.model import Pack

LAYOUT: Final[dict[str, Any]] = {
    "form": "eci",
    "template": "花名册.xlsx",
    "sha256": "0" * 64,
    "sheet": "首页",
    "anchors": {"A1": "养老机构调查表", "C3": "总床位数（张）"},
    "header": {"unit_name": "B2"},
    "rows": {
        "first": 4,
        "count": 3,
        "columns": {"name": "B", "beds_total": "C", "price": "D"},
        "number": "A",
    },
    "sums": {"beds_total": "C7"},
    "totals": {"beds_total": "C8"},
}
CONTINUED: Final[dict[str, Any]] = {
    **{key: LAYOUT[key] for key in ("header", "rows", "sums")},
    "sheet": "续表",
    "anchors": {"A1": "养老机构调查表（续表）"},
}


def layout(**changed: object) -> Layout:
    """Give the layout with some keys changed."""
    return checked_json(Layout, json.dumps({**LAYOUT, **changed}))


def with_layouts(*layouts: dict[str, Any]) -> Pack:
    """Give the small pack with layouts."""
    return pack_of({**pack_data(), "layouts": list(layouts)})
