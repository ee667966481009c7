from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.forms.files import Files
from desktop.forms.files import keyed
from desktop.forms.library import all_rules
from desktop.forms.library import form
from desktop.forms.library import shared_forms
from desktop.forms.library import shared_rules

if TYPE_CHECKING:
    from tests.forms.conftest import Packs


def test_shared_forms__ok(packs: Packs) -> None:
    packs.write("common/community/indicators.yaml", "[]\n")
    packs.write("common/community/rules_more.yaml", "[]\n")

    found = shared_forms(Files(packs.root))
    assert found == ("community/area", "community/cef", "elderly_care/eci")


def test_form__error_file_bears_another_name(packs: Packs) -> None:
    packs.change("common/community/area.yaml", "id: area", "id: aera")
    files = Files(packs.root)

    assert form(files, "common/community/area.yaml") is not None
    assert [p.message.code for p in files.problems] == ["forms.id_is_not_name"]


def test_shared_rules__only_those_whose_forms_are_here(packs: Packs) -> None:
    files = Files(packs.root)
    area = form(files, "common/community/area.yaml")
    eci = form(files, "common/elderly_care/eci.yaml")
    assert area is not None
    assert eci is not None

    assert shared_rules(files, (area,)) == ()
    joined = [rule.id for rule in keyed(shared_rules(files, (area, eci)))]
    assert "cef.some" not in joined
    assert joined[-1] == "eci.beds_per_person"


def test_shared_rules__one_that_cannot_say_joins_to_be_refused(packs: Packs) -> None:
    packs.write("common/community/rules.yaml", "- 没有内容\n")

    assert len(shared_rules(Files(packs.root), ())) == 1


RULE = """
- id: eci.beds_per_person
  form: eci
  level: {level}
  check: beds_total < 1
  says: 不多
  ours: 本地
"""


def all_of(packs: Packs, level: str) -> tuple[Files, list[str]]:
    files = Files(packs.root)
    area = form(files, "common/community/area.yaml")
    eci = form(files, "common/elderly_care/eci.yaml")
    assert area is not None
    assert eci is not None
    packs.change("common/elderly_care/rules.yaml", "level: info", "level: warning")
    packs.write("mine/rules.yaml", RULE.format(level=level))
    found = keyed(all_rules(files, "mine", (area, eci)))
    return files, [rule.id for rule in found]


def test_all_rules__one_of_the_pack_stands_for_the_shared_one(packs: Packs) -> None:
    files, ids = all_of(packs, "error")

    assert files.problems == []
    assert ids.count("eci.beds_per_person") == 1
    assert ids[-1] == "eci.beds_per_person"


def test_all_rules__but_is_not_milder__error(packs: Packs) -> None:
    files, _ = all_of(packs, "info")

    assert [each.message.code for each in files.problems] == ["forms.rule_milder"]


def test_all_rules__a_level_there_is_none_of__is_for_the_model(packs: Packs) -> None:
    files, _ = all_of(packs, "severe")

    assert files.problems == []
