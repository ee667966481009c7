from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.collection.collecting import CollectWish
from desktop.app.collection.collecting import Split
from desktop.app.collection.collecting import collections
from desktop.app.collection.collecting import units_within
from desktop.app.collection.collecting import write_collections
from desktop.app.compiled import CompiledPack
from desktop.app.progress import CancelledError
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import UnitCode
from desktop.export.collection.words import Demand
from desktop.forms.model import LegalMarks
from tests import small
from tests.collected import laid_out
from tests.collected import sent
from tests.kinds import make_kinds

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.export.collection.plan import Collection


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.make_filled(tmp_path_factory.mktemp("collecting"))


def found(path: Path, wish: CollectWish) -> tuple[Collection, ...]:
    made = laid_out(path, wish)
    assert not isinstance(made, Message)
    return made


def test_one_file__for_all(ledger: Path) -> None:
    [made] = found(ledger, CollectWish("eci", spare=5))
    assert made.name == "长宁区-2025年-养老机构调查表"
    assert [line.facility for line in made.lines] == ["好院", "坏院", "缺院"]
    assert (made.spare, made.unit, made.units) == (
        *(5, small.COUNTY, ("长宁区", "华阳路街道")),
    )
    assert [(each.field.id, each.group, each.demand) for each in made.asked[:3]] == [
        ("name", "基本情况", Demand.REQUIRED),
        ("code", "基本情况", Demand.OPTIONAL),
        ("status", "基本情况", Demand.OPTIONAL),
    ]
    said = [rule.words for rule in made.rules if rule.words]
    assert said[0] == "护理型床位数 ≤ 总床位数"


def test_files__one_a_unit(ledger: Path) -> None:
    made = found(ledger, CollectWish("eci", split=Split.UNIT))
    assert [(each.name, len(each.lines), each.units) for each in made] == [
        ("长宁区-2025年-养老机构调查表", 1, ("长宁区",)),
        ("华阳路街道-2025年-养老机构调查表", 2, ("华阳路街道",)),
    ]
    assert made[1].unit == small.STREET


def test_files__one_a_facility(ledger: Path) -> None:
    made = found(ledger, CollectWish("eci", small.STREET, Split.FACILITY, spare=9))
    assert [(each.name, each.spare, len(each.lines)) for each in made] == [
        ("好院-2025年-养老机构调查表", 0, 1),
        ("坏院-2025年-养老机构调查表", 0, 1),
    ]


def test_files__namesakes_get_numbers(tmp_path: Path) -> None:
    path = small.make_ledger(tmp_path)
    with small.opened(path) as ledger:
        for facility in ("1", "2", "3"):
            small.put(ledger, facility, name="幸福院")
    made = found(path, CollectWish("eci", split=Split.FACILITY))
    assert [each.name.split("-")[0] for each in made] == [
        *("幸福院", "幸福院(2)", "幸福院(3)"),
    ]


def test_unit_form__has_no_spare_rows(ledger: Path) -> None:
    [made] = found(ledger, CollectWish("area", small.STREET))
    assert (made.spare, made.name) == (0, "华阳路街道-2025年-统计单元与人口表")
    assert [each.field.id for each in made.asked] == ["pop_60plus"]


def test_marks__of_a_legal_form(tmp_path: Path) -> None:
    pack = small.small_pack()
    legal = LegalMarks(
        form_number="民1表",
        authority="甲",
        approval_authority="乙",
        approval_number="丙",
        valid_until="2027年",
    )
    forms = (pack.forms[0].replaced(legal=legal), *pack.forms[1:])
    path = small.make_ledger(tmp_path, pack.replaced(forms=forms))
    [made] = found(path, CollectWish("eci"))
    assert made.marks == "表号：民1表"


def test_conditions__of_fields_that_are_not_always_asked_for(tmp_path: Path) -> None:
    [made] = found(make_kinds(tmp_path), CollectWish("kinds"))
    assert [name for name, _ in made.hidden] == ["reason"]


def test_conditions__one_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    path = make_kinds(tmp_path)
    with small.opened(path) as ledger:
        pack = ledger.pack()
        form = pack.form_by_id["kinds"]
        fields = tuple(
            field.replaced(visible_when="nothing > 1" if field.id == "reason" else None)
            for field in form.groups[1].fields
        )
        groups = (form.groups[0], form.groups[1].replaced(fields=fields))
        bent = pack.replaced(forms=(form.replaced(groups=groups), *pack.forms[1:]))
        compiled = CompiledPack(bent)
        made = collections(ledger, compiled, small.YEAR, CollectWish("kinds"))
    assert isinstance(made, tuple)
    assert made[0].hidden == ()


def test_demands__what_the_form_expects(tmp_path: Path) -> None:
    data = small.pack_data()
    eci, area = copy.deepcopy(data["forms"])
    eci["groups"][1]["fields"][0]["blank"] = "expected"
    pack = small.pack_of({**data, "forms": [eci, area]})
    [made] = found(small.make_ledger(tmp_path, pack), CollectWish("eci"))
    asked = {each.field.id: each.demand for each in made.asked}
    assert asked["beds_total"] is Demand.EXPECTED


def test_files__none_for_a_unit_without_rows(tmp_path: Path) -> None:
    path = small.make_ledger(tmp_path)
    with small.opened(path) as ledger:
        small.put(ledger, "好院")
    made = found(path, CollectWish("eci", split=Split.UNIT))
    assert [each.unit for each in made] == [small.STREET]


def test_refused__with_what_to_do(ledger: Path, tmp_path: Path) -> None:
    assert laid_out(ledger, CollectWish("xyz")) == message(
        "app.unknown-form", form="xyz", known="eci、area"
    )
    assert laid_out(ledger, CollectWish("eci", "999")) == message(
        "collection.unit", unit="999"
    )
    empty = small.make_ledger(tmp_path)
    nobody = laid_out(empty, CollectWish("eci", split=Split.FACILITY))
    assert nobody == message("collection.nobody", form="养老机构调查表")
    [blank] = found(empty, CollectWish("eci"))
    assert (blank.lines, blank.spare) == ((), 20)


def test_write__tells_progress_and_stops(ledger: Path, tmp_path: Path) -> None:
    made = found(ledger, CollectWish("eci", split=Split.FACILITY))
    told = []

    def watch(progress: object) -> bool:
        told.append(progress)
        return len(told) < 2

    with pytest.raises(CancelledError):
        write_collections(made, tmp_path, watch)
    assert [path.name for path in tmp_path.iterdir()] == [f"{made[0].name}.xlsx"]


def test_write__where_it_is_to_be(ledger: Path) -> None:
    [path] = sent(ledger)
    assert path.name == "长宁区-2025年-养老机构调查表.xlsx"


def test_units_within__a_unit_and_what_is_below() -> None:
    county, street = small.units()
    village = replace(street, code=UnitCode("310105001001"), parent=street.code)
    units = (county, street, village)
    assert units_within(units, None) == [county, street, village]
    assert units_within(units, small.STREET) == [street, village]
    assert units_within(units, "1") == []
