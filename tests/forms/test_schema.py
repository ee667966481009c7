from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.expr.schema import Column
from desktop.expr.schema import Constant
from desktop.expr.schema import ValueType
from desktop.forms.fields import AnyField
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.schema import schema_of
from desktop.forms.schema import value_type
from desktop.forms.strict import checked

if TYPE_CHECKING:
    from tests.forms.conftest import Packs


def test_schema_of__ok(packs: Packs) -> None:
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack)
    schema = schema_of(pack)
    eci, area = schema.sources

    assert (eci.roster, eci.counted_when, eci.top) == (True, "status = '运营'", False)
    assert (area.roster, area.counted_when, area.top) == (False, None, True)
    assert eci.by_id["price"] == Column("price", "月收费", ValueType.NUMBER, 2)
    assert area.by_id["code"].bound == "unit.code"
    assert schema.constants == (
        Constant("price_ceiling", "普惠价格上限", Decimal(3000)),
    )


def test_schema_of__a_field_that_is_not_always_asked_for(packs: Packs) -> None:
    packs.change(
        "common/elderly_care/eci.yaml",
        "id: price,",
        "id: price, visible_when: status = '运营',",
    )
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack)

    eci = schema_of(pack).by_id["eci"]
    assert eci.by_id["price"].visible_when == "status = '运营'"
    assert eci.by_id["status"].visible_when is None


def test_schema_of__a_form_where_each_unit_speaks_for_itself(packs: Packs) -> None:
    packs.change(
        "common/community/area.yaml", "every_unit", "nesting: each\nevery_unit"
    )
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack)

    assert schema_of(pack).by_id["area"].top is False


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("integer", ValueType.NUMBER),
        ("text", ValueType.TEXT),
        ("choice", ValueType.TEXT),
        ("choices", ValueType.CHOICES),
        ("date", ValueType.DATE),
        ("yes_no", ValueType.BOOLEAN),
        ("unit", ValueType.TEXT),
        ("credit_code", ValueType.TEXT),
        ("telephone", ValueType.TEXT),
    ],
)
def test_value_type__of_each_kind(kind: str, type_: ValueType) -> None:
    field = checked(AnyField, {"id": "x", "title": "项", "kind": kind})

    assert value_type(field) is type_
