from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.ui.entry import columns
from tests import small
from tests.kinds import kinds_pack

if TYPE_CHECKING:
    from desktop.forms.model import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return kinds_pack()


def test_columns__a_roster_begins_with_its_name(pack: Pack) -> None:
    form = pack.form_by_id["kinds"]
    found = [field.id for field in columns.columns_of(form)]
    assert found[:3] == ["name", "count", "area"]
    assert sorted(found) == sorted(form.by_id)


def test_columns__what_the_ledger_knows_stands_behind_in_a_unit_form() -> None:
    data = small.pack_data()
    fields = [
        {"id": "year", "kind": "integer", "title": "年", "binds": "period.year"},
        {"id": "people", "kind": "integer", "title": "人口"},
        {"id": "unit", "kind": "text", "title": "单元", "binds": "unit.name"},
        {"id": "beds", "kind": "integer", "title": "床位"},
    ]
    area = {**small.AREA, "id": "wide", "groups": [{"title": "全部", "fields": fields}]}
    form = small.pack_of({**data, "forms": [*data["forms"], area]}).form_by_id["wide"]
    found = [field.id for field in columns.columns_of(form)]
    assert found == ["unit", "people", "beds", "year"]


@pytest.mark.parametrize(
    ("binds", "naming"),
    [
        (("unit.code", "unit.name"), "two"),
        (("unit.code", "unit.parent"), "one"),
        (("unit.parent", "period.year"), "plain"),
    ],
)
def test_naming_field__unit_name_then_code_then_the_first(
    binds: tuple[str, str], naming: str
) -> None:
    data = small.pack_data()
    fields = [
        {"id": "plain", "kind": "integer", "title": "人口"},
        {"id": "one", "kind": "text", "title": "甲", "binds": binds[0]},
        {"id": "two", "kind": "text", "title": "乙", "binds": binds[1]},
    ]
    area = {**small.AREA, "id": "wide", "groups": [{"title": "全部", "fields": fields}]}
    form = small.pack_of({**data, "forms": [*data["forms"], area]}).form_by_id["wide"]
    assert columns.naming_field(form) == naming


def test_group_titles__every_field_has_its_group(pack: Pack) -> None:
    form = pack.form_by_id["kinds"]
    titles = columns.group_titles(form)
    assert titles.keys() == form.by_id.keys()
    assert (titles["name"], titles["share"]) == ("身份", "各类")


def test_is_locked__computed_and_bound_fields(pack: Pack) -> None:
    fields = pack.form_by_id["kinds"].fields
    assert [f.id for f in fields if columns.is_locked(f)] == ["area", "double"]


def test_width__every_kind_has_room_for_its_content_and_no_more(pack: Pack) -> None:
    widths = {f.kind: columns.width_of(f) for f in pack.form_by_id["kinds"].fields}
    assert len(widths) == 10
    assert widths["credit_code"] > widths["text"] > widths["choice"]
    assert widths["choice"] > widths["date"] > widths["decimal"]


def test_width__a_long_title_widens_up_to_a_limit() -> None:
    data = small.pack_data()
    titles = ("床", "本年新增护理型床位", "很" * 60)
    fields = [
        {"id": f"f{number}", "kind": "integer", "title": title, "measure": "张"}
        for number, title in enumerate(titles)
    ]
    area = {**small.AREA, "id": "wide", "groups": [{"title": "全部", "fields": fields}]}
    form = small.pack_of({**data, "forms": [*data["forms"], area]}).form_by_id["wide"]
    short, middle, long = (columns.width_of(field) for field in form.fields)
    assert short < middle <= long
    assert long < columns.NAME_WIDTH
