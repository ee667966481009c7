from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from desktop.forms.schema import schema_of
from desktop.indicators.compute import compile_indicators
from desktop.indicators.contributing import Basis
from desktop.indicators.contributing import Role
from desktop.indicators.contributing import bases
from desktop.indicators.contributing import read_row
from tests.indicators.judged import ADM
from tests.indicators.judged import PROMISE
from tests.small import INDICATORS
from tests.small import pack_data
from tests.small import pack_of


def found(*indicators: dict[str, Any], **more: Any) -> list[Basis]:  # noqa: ANN401 - any part of a pack
    pack = pack_of({**pack_data(), "indicators": list(indicators), **more})
    plan = compile_indicators(pack)
    schema = schema_of(pack)
    return [basis for ready in plan.indicators for basis in bases(ready, schema)]


def term(value: str) -> dict[str, Any]:
    return {**INDICATORS[1], "numerator": {"title": "数", "value": value}}


def test_bases__one_for_each_aggregate_of_a_term() -> None:
    share = found(INDICATORS[0])
    assert [(basis.role, basis.form, basis.field) for basis in share] == [
        (Role.NUMERATOR, "eci", "beds_nursing"),
        (Role.DENOMINATOR, "eci", "beds_total"),
    ]
    assert not any(basis.own or basis.top for basis in share)


@pytest.mark.parametrize(
    ("value", "fields", "own"),
    [
        ("COUNT(eci)", [None], [False]),
        ("SUM(eci.price)", ["price"], [False]),
        ("PREV(SUM(eci.beds_total))", [], []),
        ("unit.pop_60plus", ["pop_60plus"], [True]),
        ("SUM(area.pop_60plus)", ["pop_60plus"], [False]),
    ],
)
def test_bases__what_is_read(
    value: str, fields: list[str | None], own: list[bool]
) -> None:
    bases_of = found(term(value))
    assert [basis.field for basis in bases_of] == fields
    assert [basis.own for basis in bases_of] == own


def test_bases__a_form_whose_every_record_counts_is_asked_without_a_condition() -> None:
    (basis,) = found(term("SUM(area.pop_60plus)"))
    assert "COALESCE" not in basis.sql


@pytest.mark.parametrize("counted", [None, "valid = '是'"])
def test_bases__records_that_judge(counted: str | None) -> None:
    valid = {"id": "valid", "kind": "text", "title": "有效"}
    more = {"counted_when": counted} if counted else {}
    form = {
        **ADM,
        "groups": [*ADM["groups"], {"title": "又", "fields": [valid]}],
        **more,
    }
    forms = [*pack_data()["forms"], form]
    (basis,) = found(PROMISE, forms=forms)
    assert (basis.role, basis.form, basis.field) == (Role.JUDGED, "adm", None)
    assert ("valid" in basis.sql) is bool(counted)


def test_row__exact_at_the_fields_digits() -> None:
    (basis,) = found(term("SUM(eci.price)"))
    row = read_row(basis, (7, "310105001", 0.1 + 0.2, 1))
    assert (row.record, row.amount, row.undecided) == (7, Decimal("0.30"), False)
    blank = read_row(basis, (7, "310105001", None, None))
    assert (blank.amount, blank.undecided) == (None, True)
