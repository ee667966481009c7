from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.forms.load import MAX_JSON
from desktop.forms.load import Loaded
from desktop.forms.load import load_pack
from desktop.forms.load import pack_from_json
from desktop.forms.load import read_pack
from desktop.forms.model import Pack
from desktop.forms.written import digest
from desktop.forms.written import pack_to_json
from desktop.forms.yaml_out import pack_to_yaml
from tests.forms.layouts import LAYOUT
from tests.forms.layouts import layout
from tests.forms.layouts import with_layouts

if TYPE_CHECKING:
    from desktop.forms.problems import Problem
    from tests.forms.conftest import Packs

PACKS = Path(__file__).parents[2] / "resources" / "packs"
OURS = ("changning", "liaoning")


def loaded(packs: Packs) -> Pack:
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack), pack
    return pack


def refused(packs: Packs) -> list[tuple[str, str, int, int]]:
    problems = load_pack(packs.root, "demo")
    assert isinstance(problems, tuple)
    return [(p.message.code, p.file, p.line, p.column) for p in problems]


def test_load_pack__ok(packs: Packs) -> None:
    pack = loaded(packs)

    assert pack.title == "示范县“一老一小”台账"
    assert [form.id for form in pack.forms] == ["eci", "area"]
    assert pack.form_by_id["eci"].by_id["beds_total"].title == "总床位数"
    assert pack.choices("eci", "status") == ("运营", "停业", "筹建")
    assert pack.choices("eci", "beds_total") == ()
    assert pack.rule_by_id["eci.price_ceiling"].check == "price <= param.price_ceiling"
    target = pack.indicator_by_id["nursing_bed_share"].targets[0]
    assert target.value == Decimal("55.10")


def test_load_pack__stored_fields_are_neither_computed_nor_bound(packs: Packs) -> None:
    forms = loaded(packs).form_by_id

    assert "nursing_share" not in {field.id for field in forms["eci"].stored}
    assert [field.id for field in forms["area"].stored] == ["pop_resident"]


def test_load_pack__only_what_is_needed_joins(packs: Packs) -> None:
    pack = loaded(packs)

    assert "cef.some" not in pack.rule_by_id
    assert [parameter.id for parameter in pack.parameters] == ["price_ceiling"]
    assert [code_list.id for code_list in pack.code_lists] == ["status"]


def test_load_pack__a_rule_waits_for_the_forms_it_needs(packs: Packs) -> None:
    packs.change("demo/pack.yaml", "    - community/area\n", "")

    assert "eci.beds_per_person" not in loaded(packs).rule_by_id


def test_load_pack__a_pack_has_its_own_parts(packs: Packs) -> None:
    packs.write(
        "demo/forms/own.yaml",
        """\
kind: unit
id: own
title: 自有表
domain: finance
record: 每个单元一条
groups:
  - title: 资金
    fields:
      - {id: mode, kind: choices, title: 方式, code_list: mode}
""",
    )
    packs.write(
        "demo/code_lists.yaml", "- {id: mode, title: 方式, choices: [甲, 乙]}\n"
    )
    packs.write(
        "demo/rules.yaml",
        "- {id: own.mode, form: own, level: info, check: ANSWERED(mode), "
        "says: 请填写方式, ours: 示例}\n",
    )
    pack = loaded(packs)

    assert [form.id for form in pack.forms] == ["eci", "area", "own"]
    assert pack.choices("own", "mode") == ("甲", "乙")
    assert [rule.id for rule in pack.rules][-1] == "own.mode"


def test_load_pack__a_pack_sets_its_own_value_of_a_shared_parameter(
    packs: Packs,
) -> None:
    packs.write(
        "demo/parameters.yaml",
        """\
- id: price_ceiling
  value: 2800.50
  source: {plan: demo, file: plan.txt, quote: 不高于 2800.5 元}
- {id: other, title: 另一个, value: 1, ours: 示例}
""",
    )
    ceiling, other = loaded(packs).parameters

    assert ceiling.value == Decimal("2800.50")
    assert ceiling.title == "普惠价格上限"
    assert ceiling.measure == "元"
    assert ceiling.ours is None
    assert ceiling.source is not None
    assert other.id == "other"


def test_load_pack__changing_the_value_alone_keeps_the_origin(packs: Packs) -> None:
    packs.write("demo/parameters.yaml", "- {id: price_ceiling, value: 1}\n")

    assert loaded(packs).parameters[0].ours == "示例"


def test_load_pack__error_keys(packs: Packs) -> None:
    packs.change("demo/pack.yaml", "version: 1.0.0", "versoin: 1.0.0")
    packs.change("demo/pack.yaml", "level: 县", "levels: 县")
    packs.change("common/community/area.yaml", "title: 人口", "titel: 人口")

    assert refused(packs) == [
        ("forms.key_missing", "common/community/area.yaml", 8, 5),
        ("forms.key_misspelt", "common/community/area.yaml", 8, 5),
        ("forms.key_missing", "demo/pack.yaml", 1, 1),
        ("forms.key_misspelt", "demo/pack.yaml", 3, 1),
        ("forms.key_missing", "demo/pack.yaml", 7, 3),
        ("forms.key_misspelt", "demo/pack.yaml", 9, 3),
    ]


def test_load_pack__error_allowed_keys_are_told(packs: Packs) -> None:
    packs.change("common/elderly_care/eci.yaml", "minimum: 0\n", "minimun: 0\n")
    problems = load_pack(packs.root, "demo")

    assert isinstance(problems, tuple)
    (problem,) = problems
    said = dict(problem.message.params)
    assert said["nearest"] == "minimum"
    assert "maximum" in str(said["allowed"])
    assert "digits" not in str(said["allowed"])
    assert problem.path == "forms[0].groups[1].fields[0].minimun"


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "line"),
    [
        ("demo/pack.yaml", '"210100"', "210100", "forms.wants_text", 4),
        ("demo/pack.yaml", '"210100"', '"2101"x', "forms.yaml.syntax", 4),
        ("demo/pack.yaml", '"210100"', '"21010"', "forms.pattern", 4),
        ("demo/pack.yaml", "1.0.0", "1.0", "forms.pattern", 3),
        ("demo/pack.yaml", "year\n", "yearly\n", "forms.value_misspelt", 5),
        ("demo/pack.yaml", "year\n", "年\n", "forms.value_unknown", 5),
        ("demo/pack.yaml", "2021", "两千", "forms.wants_whole", 11),
        ("demo/pack.yaml", "2021", "21", "forms.too_small", 11),
        ("demo/pack.yaml", "2021", "20210", "forms.too_large", 11),
        ("demo/pack.yaml", "title: 示范县台账", "[]", "forms.wants_mapping", 14),
        ("demo/pack.yaml", "示范县方案", '"\\e[31m"', "forms.pattern", 7),
        ("demo/pack.yaml", "示范县方案", '"\\u202e"', "forms.pattern", 7),
        ("demo/pack.yaml", "示范县方案", '""', "forms.text_too_short", 7),
        ("demo/pack.yaml", "示范县方案", "长" * 4001, "forms.text_too_long", 7),
        ("demo/pack.yaml", "id: demo", "id: dmeo", "forms.id_is_not_name", 1),
        ("demo/pack.yaml", "uses:", "rules: []\nuses:", "forms.belongs_elsewhere", 15),
        (
            "demo/pack.yaml",
            "elderly_care/eci",
            "elderly_care/ecii",
            "forms.form_misspelt",
            17,
        ),
        ("demo/pack.yaml", "elderly_care/eci", "xyz/q", "forms.form_unknown", 17),
        ("demo/pack.yaml", "elderly_care/eci", "../../etc/passwd", "forms.pattern", 17),
        ("demo/pack.yaml", "elderly_care/eci", "/etc/passwd", "forms.pattern", 17),
        ("demo/pack.yaml", "forms:", "form:", "forms.key_misspelt", 16),
        ("demo/indicators.yaml", "55.10", "五", "forms.wants_number", 11),
        ("demo/indicators.yaml", "55.10", '"NaN"', "forms.wants_number", 11),
        ("demo/indicators.yaml", "55.10", "[1]", "forms.wants_number", 11),
        ("demo/indicators.yaml", "55.10", '"1e99999999"', "forms.refused", 11),
        ("demo/indicators.yaml", "55.10", "1.0123456789", "forms.refused", 11),
        (
            "common/elderly_care/eci.yaml",
            "kind: integer",
            "kind: integr",
            "forms.value_misspelt",
            18,
        ),
        (
            "common/elderly_care/eci.yaml",
            "        kind: integer\n",
            "",
            "forms.kind_missing",
            18,
        ),
        (
            "common/elderly_care/eci.yaml",
            "id: eci\n",
            "id: cei\n",
            "forms.id_is_not_name",
            2,
        ),
        (
            "common/community/area.yaml",
            "every_unit: true",
            "every_unit: yes",
            "forms.wants_true_false",
            6,
        ),
        (
            "common/elderly_care/rules.yaml",
            "needs: [area]",
            "needs: [aera]",
            "forms.form_misspelt",
            23,
        ),
        (
            "common/elderly_care/rules.yaml",
            "needs: [area]",
            "needs: area",
            "forms.wants_list",
            23,
        ),
        (
            "common/elderly_care/rules.yaml",
            "needs: [area]",
            "needs: [3]",
            "forms.wants_text",
            23,
        ),
    ],
)
def test_load_pack__error_values(
    packs: Packs, file: str, before: str, after: str, code: str, line: int
) -> None:
    packs.change(file, before, after)

    found = [(what, where, row) for what, where, row, _ in refused(packs)]
    assert (code, file, line) in found


def test_load_pack__error_whole_files_of_the_wrong_shape(packs: Packs) -> None:
    packs.write("demo/indicators.yaml", "id: a\n")
    packs.write("common/community/area.yaml", "- a\n")
    packs.write("common/code_lists.yaml", "text\n")

    assert [(code, file) for code, file, *_ in refused(packs)] == [
        ("forms.wants_list", "common/code_lists.yaml"),
        ("forms.wants_mapping", "common/community/area.yaml"),
        ("forms.wants_list", "demo/indicators.yaml"),
    ]


def test_load_pack__error_items_of_the_wrong_shape(packs: Packs) -> None:
    packs.write("common/elderly_care/rules_more.yaml", "- text\n- 3\n- {form: eci}\n")
    packs.write("demo/parameters.yaml", "- text\n- {title: 无编号, value: 1}\n")

    assert {code for code, *_ in refused(packs)} == {
        "forms.key_missing",
        "forms.wants_mapping",
    }


def test_load_pack__error_file_that_cannot_be_read_is_the_only_fault(
    packs: Packs,
) -> None:
    packs.write("common/elderly_care/eci.yaml", "a: [\n")
    packs.write("common/community/area.yaml", "a: [\n")

    assert [code for code, *_ in refused(packs)] == ["forms.yaml.syntax"] * 2


def test_load_pack__empty_files_hold_nothing(packs: Packs) -> None:
    packs.write("demo/indicators.yaml", "# none yet\n")

    assert loaded(packs).indicators == ()


@pytest.mark.parametrize(
    "name", ["", "common", "..", "../demo", "Demo", "de mo", "a" * 64]
)
def test_load_pack__error_name(packs: Packs, name: str) -> None:
    problems = load_pack(packs.root, name)

    assert isinstance(problems, tuple)
    assert [problem.message.code for problem in problems] == ["forms.pack_name"]


def test_load_pack__error_no_such_pack(packs: Packs) -> None:
    problems = load_pack(packs.root, "other")

    assert isinstance(problems, tuple)
    assert [problem.message.code for problem in problems] == ["forms.file_missing"]


def test_load_pack__error_pack_without_forms(packs: Packs) -> None:
    packs.change("demo/pack.yaml", "uses:\n", "")
    packs.change("demo/pack.yaml", "  forms:\n", "")
    packs.change("demo/pack.yaml", "    - elderly_care/eci\n", "")
    packs.change("demo/pack.yaml", "    - community/area\n", "")

    assert [code for code, *_ in refused(packs)] == ["forms.list_too_short"]


def test_load_pack__error_link_out_of_the_folder(packs: Packs, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("- {id: x, title: 外, value: 1}\n", encoding="utf-8")
    (packs.root / "demo" / "parameters.yaml").symlink_to(outside)
    area = packs.root / "common" / "community" / "area.yaml"
    area.unlink()
    area.symlink_to(outside)

    assert {(code, file) for code, file, *_ in refused(packs)} == {
        ("forms.form_misspelt", "demo/pack.yaml"),
        ("forms.form_unknown", "common/elderly_care/rules.yaml"),
    }


def test_load_pack__error_too_many_files(packs: Packs) -> None:
    for number in range(501):
        packs.write(f"demo/forms/f{number}.yaml", "")

    assert [code for code, *_ in refused(packs)] == ["forms.too_many_files"]


def test_read_pack__knows_where_parts_stand(packs: Packs) -> None:
    read = read_pack(packs.root, "demo")

    assert isinstance(read, Loaded)
    place = read.source.place(("indicators", 0, "numerator", "value"))
    assert (place.file, place.line) == ("demo/indicators.yaml", 6)


def test_pack_to_json__comes_back(packs: Packs) -> None:
    pack = loaded(packs)
    text = pack_to_json(pack)

    assert pack_from_json(text) == pack
    assert "\n" not in text
    assert (
        json.dumps(
            json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        == text
    )


def test_digest__follows_the_content_only(packs: Packs) -> None:
    before = digest(loaded(packs))
    packs.change("demo/pack.yaml", "id: demo\n", "# 说明\nid: demo\n")
    assert digest(loaded(packs)) == before

    packs.change("demo/indicators.yaml", "55.10", "55.11")
    assert digest(loaded(packs)) != before
    assert len(before) == 64


def told(found: Pack | tuple[Problem, ...]) -> list[tuple[str, str]]:
    assert isinstance(found, tuple)
    return [(problem.message.code, problem.path) for problem in found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "forms.json_invalid"),
        ("[" * 100_000, "forms.json_invalid"),
        ('{"id":"\\ud800"}', "forms.json_invalid"),
        ("[]", "forms.wants_mapping"),
        ("3", "forms.wants_mapping"),
        (" " * (MAX_JSON + 1), "forms.json_too_big"),
        (json.dumps(dict.fromkeys(map(str, range(3000)), 1)), "forms.too_many_faults"),
    ],
)
def test_pack_from_json__error(text: str, said: str) -> None:
    assert told(pack_from_json(text)) == [(said, "")]


def test_pack_from_json__error_names_the_part(packs: Packs) -> None:
    content = json.loads(pack_to_json(loaded(packs)))
    content["forms"][0]["groups"][0]["fields"][0]["max_length"] = 0
    content["forms"][1]["records"] = ""
    content["forms"][1]["kind"] = "sheet"

    assert told(pack_from_json(json.dumps(content))) == [
        ("forms.too_small", "forms[0].groups[0].fields[0].max_length"),
        ("forms.value_unknown", "forms[1]"),
    ]


@pytest.mark.unmeasured
@pytest.mark.parametrize("pack_id", OURS)
def test_load_pack__our_packs(pack_id: str) -> None:
    pack = load_pack(PACKS, pack_id)

    assert isinstance(pack, Pack), pack
    assert pack_from_json(pack_to_json(pack)) == pack


def test_layouts__stand_beside_the_forms(tmp_path: Path) -> None:
    texts = pack_to_yaml(with_layouts(LAYOUT))
    for name, text in texts.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    pack = load_pack(tmp_path, "small")
    assert isinstance(pack, Pack)
    assert pack.layout_by_form["eci"] == layout()

    wrong = tmp_path / "small" / "layouts" / "area.yaml"
    wrong.write_text(texts["layouts/eci.yaml"], "utf-8")
    (wrong.parent / "broken.yaml").write_text("- a", "utf-8")
    found = load_pack(tmp_path, "small")
    assert isinstance(found, tuple)
    assert {(each.file, each.line, each.message.code) for each in found} == {
        ("small/layouts/area.yaml", 1, "forms.layout_file"),
        ("small/layouts/broken.yaml", 1, "forms.wants_mapping"),
    }
