from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.forms.fields import Blank
from desktop.forms.fields import IntegerField
from desktop.forms.lint import lint
from desktop.forms.load import load_pack
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.forms.written import pack_to_json

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

HEAD = "demo/pack.yaml"
ECI = "common/elderly_care/eci.yaml"
CHANGES = """\
    - form: elderly_care/eci
      title: 本县养老机构表
      record: 本县一家养老机构
      notes: [本县补充。]
      without: [price]
      fields:
        - {id: beds_nursing, title: 护理型床位, blank: expected, aliases: [护理床位]}
        - {id: status, choices: [运营, 停业, 歇业], default: 停业}
      groups:
        - title: 床位
          fields:
            - {id: beds_night, kind: integer, title: 夜间床位, minimum: 0}
        - title: 本地项目
          fields:
            - {id: note, kind: text, title: 备注}
"""


def take(packs: Packs, changes: str = CHANGES) -> None:
    packs.change(HEAD, "    - elderly_care/eci\n", changes)


def lone(packs: Packs) -> None:
    """Take away the rule that names the price."""
    text = (packs.root / "common/elderly_care/rules.yaml").read_text("utf-8")
    start = text.index("- id: eci.price_ceiling")
    end = text.index("- id: cef.some")
    packs.write("common/elderly_care/rules.yaml", text[:start] + text[end:])


def loaded(packs: Packs) -> Pack:
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    return pack


def said(packs: Packs) -> list[tuple[str, str, int]]:
    found = lint(packs.root, "demo")
    return [(p.message.code, p.file, p.line) for p in found]


def test_form_with_changes__ok(packs: Packs) -> None:
    take(packs)
    lone(packs)
    pack = loaded(packs)
    form = pack.form_by_id["eci"]
    nursing = form.by_id["beds_nursing"]

    assert (form.title, form.record) == ("本县养老机构表", "本县一家养老机构")
    assert form.notes == ("本县补充。",)
    assert "price" not in form.by_id
    assert (nursing.title, nursing.blank) == ("护理型床位", Blank.EXPECTED)
    assert isinstance(nursing, IntegerField)
    assert (nursing.measure, nursing.minimum) == ("张", 0)
    assert pack.choices("eci", "status") == ("运营", "停业", "歇业")
    assert [group.title for group in form.groups] == ["基本情况", "床位", "本地项目"]
    assert form.groups[1].fields[-1].id == "beds_night"
    assert said(packs) == []


def test_the_library_and_the_one_file_form_are_as_they_were__ok(packs: Packs) -> None:
    take(packs)
    lone(packs)
    before = (packs.root / ECI).read_text("utf-8")
    pack = loaded(packs)

    assert pack_from_json(pack_to_json(pack)) == pack
    assert (packs.root / ECI).read_text("utf-8") == before


def test_places_of_what_a_pack_changed__error(packs: Packs) -> None:
    """A fault is shown in the file it was written in."""
    take(packs, CHANGES.replace("      without: [price]\n", ""))
    packs.change(HEAD, "default: 停业", "default: 停办")
    packs.change(HEAD, "title: 夜间床位, minimum: 0", "title: 夜间床位, computed: 1 +")
    packs.change(ECI, "maximum: 99999.99", "maximum: 0.1")

    assert said(packs) == [
        ("forms.empty_range", ECI, 32),
        ("forms.value_unknown", HEAD, 23),
        ("expr.syntax", HEAD, 27),
    ]


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("elderly_care/eci", "elderly_care/ecii", "forms.form_misspelt", 17),
        ("elderly_care/eci", "../eci", "forms.pattern", 17),
        ("form: ", "from: ", "forms.key_missing", 17),
        ("without: [price]", "without: [prize]", "forms.field_misspelt", 21),
        ("without: [price]", "without: price", "forms.wants_list", 21),
        ("without: [price]", "without: [3]", "forms.wants_text", 21),
        ("without: [price]", "with: [price]", "forms.key_misspelt", 21),
        ("without: [price]", "counted_when: 1 = 1", "forms.key_unknown", 21),
        ("{id: beds_nursing", "{id: beds_nursin", "forms.field_misspelt", 23),
        ("{id: beds_nursing", "{title: 甲, id: price", "forms.yaml.duplicate", 23),
        ("{id: beds_nursing", "{title: 甲", "forms.yaml.duplicate", 23),
        ("{id: status", "{kind: text, id: status", "forms.key_misspelt", 24),
        ("{id: status", "{computed: a, id: status", "forms.key_unknown", 24),
        ("{id: status", "{blank: never, id: status", "forms.value_unknown", 24),
        ("{id: status", "{maximum: 3, id: status", "forms.key_unknown", 24),
        (
            "kind: integer, title: 夜间",
            "kind: text, title: 夜间",
            "forms.key_unknown",
            28,
        ),
        ("kind: integer, title: 夜间", "title: 夜间", "forms.kind_missing", 28),
        ("title: 本县养老机构表", "title: 3", "forms.wants_text", 18),
        ("title: 本县养老机构表", "title: &x 甲", "forms.yaml.anchor", 18),
    ],
)
def test_changes_that_cannot_be_read__error(
    packs: Packs, before: str, after: str, code: str, line: int
) -> None:
    take(packs)
    packs.change(HEAD, before, after)

    assert (code, HEAD, line) in said(packs)


def test_a_form_left_out_and_changed_at_once__error(packs: Packs) -> None:
    take(packs)
    packs.change(HEAD, "{id: beds_nursing, title: 护理型床位,", "{id: price,")

    assert ("forms.field_unknown", HEAD, 23) in said(packs)


def test_a_number_is_no_form__error(packs: Packs) -> None:
    take(packs, "    - 3\n")
    assert ("forms.wants_text", HEAD, 17) in said(packs)

    packs.change(HEAD, "uses:\n  forms:", "uses: 3\nuse:\n  forms:")
    assert ("forms.wants_mapping", HEAD, 15) in said(packs)


def test_a_field_narrowed_and_widened_alike__ok(packs: Packs) -> None:
    take(
        packs,
        "    - form: elderly_care/eci\n      fields:\n"
        "        - {id: beds_total, minimum: 1, maximum: 100, not_applicable: false}\n"
        "        - {id: price, minimum: 0.5, default: 1.5, carried: true}\n",
    )
    form = loaded(packs).form_by_id["eci"]

    total = form.by_id["beds_total"]
    assert isinstance(total, IntegerField)
    assert (total.minimum, total.maximum) == (1, 100)
    assert getattr(form.by_id["price"], "default", None) == Decimal("1.5")
    assert said(packs) == []


def test_own_choices_in_place_of_choices__ok(packs: Packs) -> None:
    packs.change(ECI, "code_list: status, default: 运营", "choices: [运营, 停业]")
    take(
        packs,
        "    - form: elderly_care/eci\n      fields:\n"
        "        - {id: status, choices: [运营]}\n",
    )

    assert loaded(packs).choices("eci", "status") == ("运营",)
    assert said(packs) == []
