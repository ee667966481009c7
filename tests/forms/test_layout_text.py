from __future__ import annotations

from desktop.forms.layout_text import layout_of
from desktop.forms.yaml_out import layout_to_yaml
from desktop.forms.yaml_out import pack_to_yaml
from tests.forms.layouts import LAYOUT
from tests.forms.layouts import layout
from tests.forms.layouts import with_layouts
from tests.small import small_pack


def test_layout_of__reads_what_was_written() -> None:
    text = layout_to_yaml(layout())
    assert text.startswith("form: eci\ntemplate: 花名册.xlsx\nsha256: ")
    assert layout_of(text.encode(), "eci.yaml", small_pack()) == layout()
    assert pack_to_yaml(with_layouts(LAYOUT))["layouts/eci.yaml"] == text


def test_layout_of__error_says_file_and_line() -> None:
    text = layout_to_yaml(layout(totals={"bed_total": "C9"}))
    line = text.split("\n").index("  bed_total: C9") + 1
    for wrong, code, at in (
        (text, "template.field_misspelt", line),
        (text.replace("sheet:", "shet:"), "forms.key_misspelt", 4),
        ("a: [", "forms.yaml.syntax", 2),
    ):
        found = layout_of(wrong.encode(), "eci.yaml", small_pack())
        assert isinstance(found, tuple)
        assert (code, "eci.yaml", at) in {
            (each.message.code, each.file, each.line) for each in found
        }
