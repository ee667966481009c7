from __future__ import annotations

from desktop.forms.layout import HEADER_ITEMS
from desktop.forms.layout import Layout
from desktop.forms.layout import Page
from desktop.forms.strict import checked
from desktop.forms.validate import validate_json
from desktop.forms.written import digest
from desktop.forms.written import pack_to_json
from desktop.forms.written import read_known
from tests.forms.layouts import LAYOUT
from tests.forms.layouts import layout
from tests.forms.layouts import with_layouts
from tests.small import small_pack


def test_layout__its_pages_in_order() -> None:
    made = layout(continued=[{"sheet": "续表", "anchors": {"A1": "x"}}])
    assert [page.sheet for page in made.pages] == ["首页", "续表"]
    assert checked(Page, {"sheet": "a", "anchors": {"A1": "x"}}).header == {}
    assert "unit_name" in HEADER_ITEMS


def test_layout__a_pack_keeps_it_and_one_without_has_the_digest_it_had() -> None:
    pack = with_layouts(LAYOUT)
    assert pack.layout_by_form["eci"].rows is not None
    assert read_known(pack_to_json(pack)) == pack
    assert "layouts" not in pack_to_json(small_pack())
    assert digest(pack) != digest(small_pack())


def test_layout__error_what_no_template_has() -> None:
    wrong = (
        '{"form": "eci", "template": "../x.xlsx", "sha256": "12", "sheet": "a",'
        '"anchors": {"7A": "x"}, "header": {"unit": "B2"}, "signers": {"a": "B 2"},'
        '"rows": {"first": 0, "count": 1, "columns": {}}}'
    )
    found = validate_json(Layout, wrong)
    assert isinstance(found, tuple)
    assert {each.path for each in found} >= {
        *("template", "sha256", "anchors.7A", "header.unit", "signers.a"),
        *("rows.first", "rows.columns"),
    }
