from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.forms.lint import lint
from tests.forms.asking import ANSWERED
from tests.forms.asking import ask

if TYPE_CHECKING:
    from tests.forms.conftest import Packs

HEAD = "demo/pack.yaml"
RULES = "common/elderly_care/rules.yaml"
ECI = "common/elderly_care/eci.yaml"


def take(packs: Packs, changes: str) -> None:
    packs.change(
        HEAD,
        "    - elderly_care/eci\n",
        f"    - form: elderly_care/eci\n      {changes}\n",
    )


def said(packs: Packs, pack: str = "demo") -> list[tuple[str, int, dict[str, object]]]:
    return [
        (p.message.code, p.line, dict(p.message.params)) for p in lint(packs.root, pack)
    ]


# --- Left out --------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "users"),
    [
        (
            "beds_nursing",
            "eci.nursing_share, eci.nursing_within_total, nursing_bed_share",
        ),
        ("price", "eci.price_ceiling"),
        ("status", "eci"),
    ],
)
def test_what_something_rests_on_stays__error(
    packs: Packs, field: str, users: str
) -> None:
    """Those that name the field are told; nothing else is said beside it."""
    take(packs, f"without: [{field}]")
    ((code, line, params),) = said(packs)

    assert (code, line) == ("forms.left_out_named", 18)
    assert str(params["users"]).startswith(users)


def test_what_is_required_stays__error(packs: Packs) -> None:
    take(packs, "without: [eci_name, opened]")
    ((code, _, params),) = said(packs)

    assert (code, params["field"]) == ("forms.left_out_required", "eci_name")


def test_what_nothing_rests_on_may_go__ok(packs: Packs) -> None:
    take(packs, "without: [opened]")

    assert said(packs) == []


def test_a_code_names_a_record__error(packs: Packs) -> None:
    take(packs, "without: [credit_code]")
    ((code, _, params),) = said(packs)

    assert (code, params["users"]) == ("forms.left_out_named", "eci")


def test_the_cells_a_rule_marks__error(packs: Packs) -> None:
    packs.change(RULES, "  ours: 常识\n", "  fields: [opened]\n  ours: 常识\n")
    take(packs, "without: [opened]")
    ((_, _, params),) = said(packs)

    assert params["users"] == "eci.nursing_within_total"


def test_a_sentence_and_an_option_name_fields_too__error(packs: Packs) -> None:
    packs.change(RULES, "says: 床位数多于", "says: '{opened}床位数多于'\n  note: '")
    packs.change(RULES, "常住人口\n  ours", "常住人口'\n  ours")
    packs.write(
        "demo/definitions.yaml",
        "- id: d\n  title: 口径\n  default: a\n  options:\n"
        "    - {id: a, title: 甲, value: COUNT(eci), ours: 示例}\n"
        "    - {id: b, title: 乙, value: COUNT(eci) FILTER (WHERE eci.opened IS NULL),"
        " ours: 示例}\n",
    )
    take(packs, "without: [opened]")
    ((_, _, params),) = said(packs)

    assert params["users"] == "eci.beds_per_person, d"


# --- Changed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ("{id: beds_total, blank: expected}", "blank"),
        ("{id: beds_total, minimum: -1}", "minimum"),
        ("{id: price, maximum: 100000}", "maximum"),
        ("{id: eci_name, max_length: 201}", "max_length"),
        ("{id: status, choices: [开着, 关了], default: 开着}", "choices"),
    ],
)
def test_less_than_the_library_asks__error(packs: Packs, change: str, key: str) -> None:
    take(packs, f"fields: [{change}]")
    packs.change(ECI, "counted_when: status = '运营'\n", "")
    ((code, line, params),) = said(packs)

    assert (code, line, params["key"]) == ("forms.lessened", 18, key)


def test_a_unit_form_is_held_to_it_too__error(packs: Packs) -> None:
    packs.change(
        HEAD,
        "    - community/area\n",
        "    - form: community/area\n      fields: [{id: pop_resident, minimum: -5}]\n",
    )
    ((code, _, params),) = said(packs)

    assert (code, params["field"]) == ("forms.lessened", "pop_resident")


def test_a_list_of_the_packs_own__ok(packs: Packs) -> None:
    """A field that names no list the library has is held to what it lists itself."""
    packs.write(
        "demo/code_lists.yaml", "- {id: mine, title: 甲, choices: [运营, 停]}\n"
    )
    packs.change(ECI, "code_list: status", "code_list: mine")
    take(packs, "fields: [{id: status, choices: [运营, 关]}]")

    assert said(packs) == []


# --- The level above -------------------------------------------------------


@pytest.fixture
def county(packs: Packs) -> Packs:
    """Put a pack `county` below `demo`."""
    head = (packs.root / HEAD).read_text("utf-8")
    below = head.replace("id: demo", "id: county").replace(
        "uses:", "above: [demo]\nuses:"
    )
    packs.write("county/pack.yaml", below)
    packs.write("county/indicators.yaml", "[]\n")
    return packs


def test_pack_that_keeps_all__ok(county: Packs) -> None:
    assert said(county, "county") == []


def test_pack_without_the_form__error(county: Packs) -> None:
    """Without 人口表, on which nothing of the pack above rests, it may go."""
    county.change("county/pack.yaml", "    - community/area\n", "")
    assert said(county, "county") == []

    county.change("county/pack.yaml", "elderly_care/eci", "community/area")
    wanted = {"pack": "示范县“一老一小”台账", "form": "养老机构调查表"}
    assert ("forms.above_form", 15, wanted) in said(county, "county")


@pytest.mark.parametrize(
    ("before", "after", "code", "field"),
    [
        # An indicator, an error rule and `required` rest on fields; others may go.
        ("id: beds_nursing", "id: beds_care", "forms.above_field", "护理型床位数"),
        ("id: beds_total", "id: beds_all", "forms.above_field", "总床位数"),
        ("title: 总床位数", "title: 总床位数\n        digits: 1", "", "总床位数"),
        ("minimum: 0\n        blank: required", "minimum: 0", "", "总床位数"),
        (
            "- {id: opened, kind: date, title: 开业日期, blank: expected}\n",
            "",
            None,
            "",
        ),
    ],
)
def test_pack_with_another_form_of_that_name__error(
    county: Packs, before: str, after: str, code: str | None, field: str
) -> None:
    text = (county.root / ECI).read_text("utf-8")
    assert before in text
    changed = text.replace(before, after).replace("      \n", "")
    if "digits: 1" in changed:
        changed = changed.replace("kind: integer", "kind: decimal", 1)
    county.change("county/pack.yaml", "    - elderly_care/eci\n", "")
    county.write("county/forms/eci.yaml", changed)
    found = [
        each for each in said(county, "county") if each[0].startswith("forms.above")
    ]

    if code is None:
        assert found == []
    else:
        wanted = code or "forms.above_lessened"
        assert (wanted, field) in [(each[0], each[2]["field"]) for each in found]


def test_each_level_lists_its_own_indicators__ok(county: Packs) -> None:
    ask(county)
    county.change("county/pack.yaml", "- community/area", "- projects/adm")
    county.write("county/indicators.yaml", ANSWERED.replace("婴儿死亡", "孕产妇死亡"))
    county.change("county/indicators.yaml", "应保尽保", "应救尽救")
    county.change("county/indicators.yaml", "学前教育", "义务教育")

    assert [
        each for each in said(county, "county") if each[0] != "forms.idle_form"
    ] == []


@pytest.mark.parametrize("above", ["nowhere", "county", "common"])
def test_pack_above_that_cannot_be_read__error(county: Packs, above: str) -> None:
    county.change("county/pack.yaml", "above: [demo]", f"above: [{above}]")
    ((code, line, _),) = said(county, "county")

    assert (code, line) == ("forms.above_unread", 15)
