from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.forms.lint import lint
from desktop.forms.load import load_pack
from desktop.forms.model import Pack

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

SHARED = "common/definitions.yaml"
OWN = "demo/definitions.yaml"
ROWS = "demo/indicators.yaml"
DEFINITIONS = """\
- id: bed_base
  title: 床位包括哪些
  explanation: 原文没有写明。
  default: all
  options:
    - {id: all, title: 全部床位, value: SUM(eci.beds_total), ours: 示例}
    - {id: nursing, title: 护理型, value: definition.nursing_base, ours: 示例}
- id: nursing_base
  title: 护理型床位
  default: plain
  options:
    - {id: plain, title: 登记数, value: SUM(eci.beds_nursing) * param.never_used,
       ours: 示例}
    - {id: open, title: 运营的, value: SUM(eci.beds_nursing), ours: 示例}
- id: idle
  title: 无人使用
  default: x
  options:
    - {id: x, title: 甲, value: "1", ours: 示例}
    - {id: y, title: 乙, value: "2", ours: 示例}
"""


def name_it(packs: Packs) -> None:
    packs.write(SHARED, DEFINITIONS)
    packs.change(ROWS, "value: SUM(eci.beds_total)", "value: definition.bed_base")


def loaded(packs: Packs) -> Pack:
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    return pack


def codes(packs: Packs) -> list[str]:
    return [problem.message.code for problem in lint(packs.root, "demo")]


def test_shared_definitions_join_where_they_are_named__ok(packs: Packs) -> None:
    """Those an option names join too, and the parameters all of them name."""
    packs.write(SHARED, DEFINITIONS)
    assert loaded(packs).definitions == ()

    name_it(packs)
    pack = loaded(packs)
    assert [each.id for each in pack.definitions] == ["bed_base", "nursing_base"]
    assert pack.definition_by_id["bed_base"].default == "all"
    assert {each.id for each in pack.parameters} == {"never_used", "price_ceiling"}
    assert codes(packs) == []


def test_pack_chooses_another_default__ok(packs: Packs) -> None:
    name_it(packs)
    packs.write(OWN, "- {id: bed_base, default: nursing}\n")
    found = loaded(packs).definition_by_id["bed_base"]

    assert (found.default, found.title) == ("nursing", "床位包括哪些")
    assert len(found.options) == 2
    assert codes(packs) == []


def test_pack_replaces_a_definition_whole__ok(packs: Packs) -> None:
    name_it(packs)
    packs.write(
        OWN,
        """\
- id: bed_base
  title: 本地的口径
  default: one
  options:
    - {id: one, title: 一, value: COUNT(eci), ours: 示例}
    - {id: two, title: 二, value: SUM(eci.beds_nursing), ours: 示例}
""",
    )
    (found,) = loaded(packs).definitions

    assert (found.title, found.explanation) == ("本地的口径", None)
    assert codes(packs) == []


def test_definition_of_the_pack_alone__ok(packs: Packs) -> None:
    """An entry without options and without a shared one lacks what it must have."""
    packs.write(OWN, DEFINITIONS.replace("bed_base", "own_base"))
    packs.change(ROWS, "value: SUM(eci.beds_total)", "value: definition.own_base")
    assert codes(packs) == ["forms.definition_idle"]

    packs.write(OWN, "- {id: own_base, default: all}\n- 没有内容\n")
    assert set(codes(packs)) == {"forms.key_missing", "forms.wants_mapping"}


def test_options_of_forms_the_pack_does_not_have_stay_away__ok(packs: Packs) -> None:
    """The pack has eci and area; cef stands in the library only."""
    name_it(packs)
    packs.change(
        SHARED,
        "value: definition.nursing_base, ours: 示例}",
        "value: SUM(eci.beds_total) + COUNT(cef), ours: x}\n"
        "    - {id: open, title: 运营, value: COUNT(eci), ours: x}",
    )
    (found,) = loaded(packs).definitions
    assert [option.id for option in found.options] == ["all", "open"]

    packs.write(OWN, "- {id: bed_base, default: open}\n")
    assert codes(packs) == []
    packs.change(SHARED, "options:", "options: x\n  more:")
    assert "forms.wants_list" in codes(packs)


def test_unknown_definition__error(packs: Packs) -> None:
    name_it(packs)
    packs.change(ROWS, "definition.bed_base", "definition.bed_bse")

    assert codes(packs) == ["expr.unknown_definition"]


SAID = "common/explanations.yaml"
ASKED = "ours: 示例\nshortest: 6\nfigure: true\nstock: [核实无误, 同上]\n"


def test_explanations_join_every_pack__ok(packs: Packs) -> None:
    assert loaded(packs).explanations is None
    packs.write(SAID, ASKED)
    asked = loaded(packs).explanations
    assert asked is not None
    assert (asked.shortest, asked.figure, asked.own_words) == (6, True, False)
    assert asked.stock == ("核实无误", "同上")


def test_pack_adds_phrases_and_changes_numbers__ok(packs: Packs) -> None:
    packs.write(SAID, ASKED)
    own = "ours: 本市规定\nshortest: 10\nstock: [同上, 按规定]\n"
    packs.write("demo/explanations.yaml", own)
    asked = loaded(packs).explanations
    assert asked is not None
    assert asked.stock == ("核实无误", "同上", "按规定")
    assert (asked.shortest, asked.figure, asked.ours) == (10, True, "本市规定")


def test_pack_alone_may_ask_and_needs_no_phrases__ok(packs: Packs) -> None:
    packs.write("demo/explanations.yaml", "ours: 本市规定\n")
    asked = loaded(packs).explanations
    assert asked is not None
    assert asked.stock == ()
    packs.write(SAID, "ours: 示例\nshortest: 6\n")
    packs.write("demo/explanations.yaml", "figure: true\n")
    both = loaded(packs).explanations
    assert both is not None
    assert (both.shortest, both.figure, both.stock) == (6, True, ())


def test_explanations__origin_and_phrases__error(packs: Packs) -> None:
    packs.write(SAID, "stock: [核实无误, '同上。', OK]\n")
    found = codes(packs)
    assert found.count("forms.phrase_with_signs") == 2
    assert "forms.no_origin" in found
