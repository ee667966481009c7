from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.forms.schema import schema_of
from desktop.indicators.totals import Total
from desktop.indicators.totals import TotalsPlan
from desktop.indicators.totals import UnitTotals
from desktop.indicators.totals import compile_totals
from desktop.indicators.totals import unit_totals
from tests.levels import levels_pack
from tests.small import pack_data
from tests.small import pack_of


def plan_of(form: str) -> TotalsPlan:
    pack = levels_pack()
    return compile_totals(pack.form_by_id[form], schema_of(pack))


def test_compile_totals__ok() -> None:
    plan = plan_of("home")
    assert [field.field.id for field in plan.fields] == [
        "beds",
        "nursing",
        "income",
        "share",
        "both",
    ]
    assert plan.counted == "状态 = “运营”"
    assert plan_of("visits").counted is None


def test_unit_totals__ok() -> None:
    row = ["21", 3, 3, 0, 1, 2, 2, 0, 1, 7, 2, 1, 1]
    assert unit_totals(plan_of("visits"), row) == UnitTotals(
        "21", 3, 2, started=True, totals=(Total(Decimal(7), 1),)
    )
    none = ["21", None, 0, 0, 0, None, 0, 0, 0, None, 0, 0, 0]
    assert unit_totals(plan_of("visits"), none) == UnitTotals(
        "21", 0, 0, started=False, totals=(Total(None, 0),)
    )


def test_noise_of_doubles_is_left_out__ok() -> None:
    row = ["21", *[1, 1, 0, 1] * 4, 0.1 + 0.2, 2, 0, 1, *[None, 0, 0, 1] * 2]
    assert unit_totals(plan_of("home"), row).totals[2].value == Decimal("0.30")


@pytest.mark.parametrize("field", ["beds_total", "name"])
def test_condition_of_counting_that_is_wrong__error(field: str) -> None:
    data = pack_data()
    (found,) = [
        each
        for group in data["forms"][0]["groups"]
        for each in group["fields"]
        if each["id"] == field
    ]
    names = [{"id": "name", "kind": "text", "title": "名称"}]
    fields = [found] if field == "name" else [*names, found]
    form = {**data["forms"][0], "code": None, "counted_when": "nothing = 1"}
    form["groups"] = [{"title": "全部", "fields": fields}]
    pack = pack_of({**data, "forms": [form], "rules": [], "indicators": []})
    with pytest.raises(TypeError):
        compile_totals(pack.form_by_id["eci"], schema_of(pack))
