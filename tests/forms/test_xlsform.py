from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from desktop.forms.xlsform import Begun
from desktop.forms.xlsform import begin_pack
from desktop.forms.xlsform import rows_by_head

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

SURVEY = """
type | name | label::English (en) | label::中文 (zh) | hint | required | relevant | constraint | constraint_message | calculation | default
start | begun | | | | | | | | |
note | hello | Hello | 请如实填写 | | | | | | |
begin group | base | Base | 基本情况 | | | | | | |
text | Home_Name | Name | 机构名称 | 全称 | yes | | | | |
select_one status | status | Status | 运营状态 | | true | | | | |
select_multiple service or_other | services | Services | 服务项目 | | | | | | |
end group | | | | | | | | | |
integer | beds | Beds | 床位数 | | yes | | . >= 0 and . <= 999 | 床位数{不}对 | |
integer | nursing | Nursing | 护理型床位 | | | ${beds} > 0 | . <= ${beds} | | | 0
calculate | share | Share | 占比 | | | | | | 100 * ${nursing} div ${beds} |
text | why | Why | 原因 | | | selected(${status}, 'closed') or selected(${services}, "meal") | | | |
text | remark | Remark | 备注 | | | ${why} != '' and not(${nursing} = '') | string-length(.) < 100 | | |
date | opened | Opened | 开业日期 | | | if(${beds} > 1, true(), false()) | . <= today() | | |
begin_repeat | staff | Staff | 护理员 | | | | | | |
text | worker | Worker | 姓名 | | | | | | |
end_repeat | | | | | | | | | |
geopoint | place | Place | 位置 | | | | | | |
select_one nowhere | lost | Lost | 丢了 | | | | | | |
text | beds | Again | 又一个 | | | | | | |
text | 名称 | No id | 没有编号 | | | | | | |
text | 1st | | | | | ${gone} & 1 | . ~ 1 | | |
end group | | | | | | | | | |
"""  # noqa: E501 - a table
CHOICES = """
list_name | name | label
status | open | 运营
status | closed | 停业
service | meal | 助餐
service | bath | 助浴
 | x | y
"""


def sheet(text: str) -> list[Mapping[str, str]]:
    """Read a sheet typed with bars."""
    lines = [line.split("|") for line in text.strip("\n").splitlines()]
    rows: list[Sequence[str]] = [[cell.strip() for cell in line] for line in lines]
    return list(rows_by_head(rows))


@pytest.fixture(scope="module")
def begun() -> Begun:
    settings: list[Mapping[str, str]] = [
        {"form_id": "Home-Survey", "form_title": "养老机构调查"}
    ]
    sheets = {"survey": sheet(SURVEY), "choices": sheet(CHOICES), "settings": settings}
    return begin_pack("my_pack", 2026, sheets)


def fields(begun: Begun) -> dict[str, dict[str, object]]:
    data = json.loads(json.dumps(begun.data))
    return {
        field["id"]: field
        for form in data["forms"]
        for group in form["groups"]
        for field in group["fields"]
    }


def test_begin__forms_groups_and_lists(begun: Begun) -> None:
    data = json.loads(json.dumps(begun.data))

    assert (data["id"], data["title"]) == ("home_survey", "养老机构调查")
    assert [form["id"] for form in data["forms"]] == ["home_survey", "staff"]
    home, staff = data["forms"]
    assert [group["title"] for group in home["groups"]] == ["基本情况"]
    assert (home["name"], home["notes"]) == ("home_name", ["请如实填写"])
    assert (staff["title"], staff["name"]) == ("护理员", "worker")
    assert data["code_lists"] == [
        {"id": "status", "title": "status", "choices": ["运营", "停业"]},
        {"id": "service", "title": "service", "choices": ["助餐", "助浴"]},
    ]


def test_begin__fields(begun: Begun) -> None:
    found = fields(begun)

    assert found["home_name"] == {
        "id": "home_name",
        "kind": "text",
        "title": "机构名称",
        "explanation": "全称",
        "blank": "required",
    }
    assert found["services"]["kind"] == "choices"
    assert found["share"] == {
        "id": "share",
        "kind": "decimal",
        "title": "占比",
        "digits": 4,
        "computed": "100 * nursing / beds",
    }
    assert found["q_1st"]["title"] == "1st"


def test_begin__conditions_in_our_words(begun: Begun) -> None:
    found = fields(begun)

    assert found["nursing"]["visible_when"] == "beds > 0"
    assert found["why"]["visible_when"] == (
        "status = '停业' OR HAS( services , '助餐' )"
    )
    assert found["remark"]["visible_when"] == (
        "ANSWERED( why ) AND NOT ( NOT ( ANSWERED( nursing ) ) )"
    )
    rules = json.loads(json.dumps(begun.data))["rules"]
    assert [(rule["id"], rule["check"], rule["says"]) for rule in rules] == [
        ("home_survey.beds_constraint", "beds >= 0 AND beds <= 999", "床位数不对"),
        (
            "home_survey.nursing_constraint",
            "nursing <= beds",
            "“护理型床位”不符合填报要求",
        ),
        (
            "home_survey.remark_constraint",
            "LENGTH( remark ) < 100",
            "“备注”不符合填报要求",
        ),
    ]


def test_begin__what_has_no_counterpart_is_listed(begun: Begun) -> None:
    said, *left = begun.left

    assert said.code == "forms.xlsform.plan"
    assert [
        (dict(each.params)["name"], dict(each.params)["column"]) for each in left
    ] == [
        ("services", "type"),
        ("nursing", "default"),
        ("opened", "relevant"),
        ("opened", "constraint"),
        ("place", "type"),
        ("lost", "type"),
        ("beds", "name"),
        ("名称", "name"),
        ("1st", "relevant"),
        ("1st", "constraint"),
    ]


def test_begin__a_form_that_says_nothing_of_itself() -> None:
    begun = begin_pack("my_pack", 2026, {"survey": sheet("type | name\n | \ntext | a")})

    assert begun.data["id"] == "my_pack"
    assert fields(begun)["a"]["title"] == "a"


def test_begin__a_choice_nobody_listed_keeps_its_name() -> None:
    text = "type | name | relevant\ninteger | a |\ntext | b | selected(${a}, 'x')"

    begun = begin_pack("p", 2026, {"survey": sheet(text)})

    assert fields(begun)["b"]["visible_when"] == "a = 'x'"
