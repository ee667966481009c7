from __future__ import annotations

from typing import Any

import pytest

from desktop.forms.lint import lint_pack
from desktop.forms.lint_layouts import items_of
from desktop.forms.lint_layouts import lint_layouts
from desktop.forms.lint_layouts import sound_column
from desktop.forms.problems import errors
from desktop.forms.source_map import spelt
from tests.forms.layouts import CONTINUED
from tests.forms.layouts import LAYOUT
from tests.forms.layouts import with_layouts

AREA: dict[str, Any] = {
    **{key: LAYOUT[key] for key in ("template", "sha256", "sheet", "anchors")},
    "form": "area",
    "fields": {"pop_60plus": "D7"},
    "words": {"A2": "综合机关名称：{unit_name}（{unit_code}）", "C3": "{period}"},
    "signers": {"填表人": "填表人姓名"},
}


def found(*layouts: dict[str, Any]) -> set[tuple[str, str]]:
    pack = with_layouts(*layouts)
    return {(spelt(said.path), said.message.code) for said in lint_layouts(pack)}


def test_lint__sound_layouts() -> None:
    assert found(LAYOUT, AREA) == set()
    assert found({**LAYOUT, "continued": [CONTINUED]}) == set()
    assert errors(lint_pack(with_layouts(LAYOUT, AREA))) == ()


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"form": "ecj"}, "form", "forms.form_misspelt"),
        ({"rows": None, "fields": {}}, "", "template.no_rows"),
        ({"fields": {"name": "B9"}}, "fields", "template.roster_fields"),
        ({"sums": {"bed": "C9"}}, "sums.bed", "template.field_unknown"),
        ({"totals": {"name": "C9"}}, "totals.name", "template.no_sum"),
        ({"words": {"A9": "甲"}}, "words.A9", "template.no_item"),
        ({"words": {"A9": "甲{"}}, "words.A9", "template.no_item"),
        ({"words": {"A9": "{year:9}"}}, "words.A9", "template.no_item"),
        ({"words": {"A9": "{whatever}"}}, "words.A9", "template.item_unknown"),
        ({"words": {"A9": "{unit_nam}"}}, "words.A9", "template.item_misspelt"),
        ({"header": {"year": "A1"}}, "header.year", "template.cell_twice"),
        ({"header": {"year": "C6"}}, "header.year", "template.cell_twice"),
        ({"header": {"year": "XFE1"}}, "header.year", "template.no_such_cell"),
        ({"continued": [{**CONTINUED, "sheet": "首页"}]}, "continued[0].sheet",
         "template.sheet_twice"),
        ({"continued": [{"sheet": "a", "anchors": {"A1": "x"}}]}, "continued[0]",
         "template.no_rows"),
    ],
)  # fmt: skip
def test_lint__error(changed: dict[str, Any], path: str, code: str) -> None:
    where = f"layouts[0].{path}" if path else "layouts[0]"
    assert (where, code) in found({**LAYOUT, **changed})


def test_lint__error_columns() -> None:
    rows = {"first": 4, "count": 3, "columns": {"name": "B", "price": "XFE"}}
    said = found({**LAYOUT, "rows": {**rows, "number": "B"}})
    assert said == {
        ("layouts[0].rows.columns", "template.column_twice"),
        ("layouts[0].rows.columns.price", "template.no_such_cell"),
    }


def test_lint__error_two_layouts_of_one_form() -> None:
    assert found(LAYOUT, LAYOUT) == {("layouts[1].form", "template.two_layouts")}


def test_items__of_a_sentence() -> None:
    assert items_of("{a}年{b}") == ("a", "b")
    assert items_of("{a!r}") == ()
    assert items_of("{}") == ("",)


def test_sound_column__up_to_the_last() -> None:
    assert [sound_column(name) for name in ("A", "XFD", "XFE")] == [True, True, False]
