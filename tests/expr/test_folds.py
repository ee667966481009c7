from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import Exists
from desktop.expr.schema import Schema
from tests.expr.sample import AREA
from tests.expr.sample import ECI
from tests.expr.sample import SCHEMA
from tests.expr.sample import fault
from tests.expr.sample import read


def fold(text: str, form: str | None = None) -> Aggregate:
    node = read(text, form).node
    assert isinstance(node, Aggregate)
    return node


def there(text: str, form: str | None = None) -> Exists:
    node = read(text, form).node
    assert isinstance(node, Exists)
    return node


def test_aggregate__ok() -> None:
    node = fold("SUM(eci.beds) FILTER (WHERE eci.type = 'x')")
    assert (node.source, node.child, node.shift) == ("eci", False, False)
    assert node.counted
    assert node.filter
    assert fold("PREV(COUNT(cef))").shift
    assert fold("COUNT(cef)").counted is None
    assert fold("COUNT(child) FILTER (WHERE child.done > 1)").source == "vis"
    assert fold("COUNT(child)", "area").source == "area"
    for where in ("TRUE", "param.ceiling > 0", "EXISTS (SELECT 1 FROM cef)"):
        assert fold(f"COUNT(child) FILTER (WHERE {where})", "area").child


def test_own_condition_gives_way_to_a_written_one__ok() -> None:
    assert fold("COUNT(eci) FILTER (WHERE eci.status <> '运营')").counted is None
    assert there("EXISTS (SELECT 1 FROM eci WHERE eci.status = '停业')").counted is None
    assert there("EXISTS (SELECT 1 FROM eci WHERE eci.beds > 1)").counted


def test_range_of_exists__ok() -> None:
    text = "EXISTS (SELECT 1 FROM cef WHERE cef.beds > 1 AND cef.type = 'x')"
    assert there(text).within
    assert there(text, "area").within
    assert not there(text, "eci").within
    area = fold(f"COUNT(area) FILTER (WHERE {text})").filter
    assert isinstance(area, Exists)
    assert area.within
    hos = fold(f"COUNT(hos) FILTER (WHERE {text})").filter
    assert isinstance(hos, Exists)
    assert not hos.within


def test_links_of_exists__ok() -> None:
    node = there("EXISTS (SELECT 1 FROM hos WHERE hos.id = hos_id)", "eci")
    assert [(a.column.id, b.column.id) for a, b in node.keys] == [("id", "hos_id")]
    assert node.filter is None
    node = there(
        "EXISTS (SELECT 1 FROM hos WHERE prev.hos_id = hos.id AND hos.doctors = 1)",
        "eci",
    )
    assert node.keys[0][1].shift
    assert node.filter
    node = there("EXISTS (SELECT 1 FROM eci WHERE eci.code = code)", "eci")
    assert len(node.keys) == 1
    own = "EXISTS (SELECT 1 FROM area WHERE area.pop = param.ceiling)"
    assert not there(own, "eci").keys


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ("SUM(SUM(eci.beds))", None, "expr.aggregate_here"),
        ("SUM(eci.beds + SUM(cef.beds))", None, "expr.aggregate_here"),
        ("SUM(eci.beds, eci.nursing)", None, "expr.arguments"),
        ("SUM()", None, "expr.arguments"),
        ("SUM(1)", None, "expr.aggregate_argument"),
        ("SUM(param.ceiling)", None, "expr.aggregate_argument"),
        ("SUM(beds)", "eci", "expr.aggregate_argument"),
        ("SUM(unit.pop)", None, "expr.aggregate_argument"),
        ("SUM(prev.beds)", "eci", "expr.aggregate_argument"),
        ("SUM(ecl.beds)", None, "expr.unknown_form_nearest"),
        ("SUM(eci.type)", None, "expr.wanted_number"),
        ("MAX(eci.type)", None, "expr.wanted_number"),
        ("COUNT(1)", None, "expr.aggregate_argument"),
        ("COUNT(eci.beds > 1)", None, "expr.aggregate_argument"),
        ("COUNT(ecii)", None, "expr.unknown_form_nearest"),
        ("COUNT(child)", None, "expr.ambiguous_unit"),
        ("COUNT(eci) FILTER (WHERE eci.beds)", None, "expr.wanted_boolean"),
        ("COUNT(eci) FILTER (WHERE COUNT(cef) > 1)", None, "expr.aggregate_here"),
        ("EXISTS (SELECT 1 FROM ecii)", None, "expr.unknown_form_nearest"),
        ("EXISTS (SELECT 1 FROM sqlite_master)", None, "expr.unknown_form"),
        (
            "EXISTS (SELECT 1 FROM cef WHERE COUNT(eci) > 1)",
            None,
            "expr.aggregate_here",
        ),
        (
            "EXISTS (SELECT 1 FROM cef WHERE EXISTS (SELECT 1 FROM eci))",
            None,
            "expr.aggregate_here",
        ),
        ("EXISTS (SELECT 1 FROM cef WHERE cef.beds > beds)", "eci", "expr.exists_link"),
        (
            "EXISTS (SELECT 1 FROM cef WHERE cef.type = beds)",
            "eci",
            "expr.types_differ",
        ),
        (
            "EXISTS (SELECT 1 FROM cef WHERE cef.beds = price)",
            "eci",
            "expr.exists_link",
        ),
        (
            "EXISTS (SELECT 1 FROM eci WHERE eci.services = services)",
            "eci",
            "expr.types_differ",
        ),
        (
            "EXISTS (SELECT 1 FROM cef WHERE cef.beds = pop)",
            None,
            "expr.unknown_name_nearest",
        ),
        ("EXISTS (SELECT 1 FROM cef WHERE beds > 1)", "eci", "expr.exists_link"),
    ],
)
def test_folds__error(text: str, form: str | None, code: str) -> None:
    assert fault(text, form).message.code == code


@pytest.mark.parametrize(
    "counted",
    [
        "status =",
        "stat = 'x'",
        "beds",
        "prev.beds > 1",
        "COUNT(cef) > 1",
        "unit.pop > 1",
        "EXISTS (SELECT 1 FROM cef)",
        "PREV(beds) > 1",
        "IS_UNIQUE(code)",
    ],
)
def test_own_condition__error(counted: str) -> None:
    schema = Schema((AREA, replace(ECI, counted_when=counted)))
    found = fault("SUM(eci.beds)", None, schema)
    assert found.message.code == "expr.counted_when"


def test_only_unit_form_is_meant__ok() -> None:
    node = read("COUNT(child)", None, Schema((AREA, ECI))).node
    assert isinstance(node, Aggregate)
    assert node.source == "area"
    assert SCHEMA.by_id["area"] is AREA
