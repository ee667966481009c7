from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.expr.schema import Column
from desktop.expr.schema import Schema
from desktop.expr.schema import ValueType
from tests.expr.sample import SCHEMA
from tests.expr.sample import VIS
from tests.expr.sample import fault
from tests.expr.sample import read


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("beds", "eci"),
        ("eci.beds", "eci"),
        ("prev.beds", "eci"),
        ("unit.pop", "eci"),
        ("param.ceiling", "eci"),
        ("unit.pop", "area"),
        ("unit.done", "area"),
        ("unit.pop", None),
        ("PREV(unit.pop)", None),
        ("SUM(eci.beds * param.ceiling)", None),
        ("SUM(child.pop)", "area"),
        ("SUM(child.pop)", None),
        ("MAX(child.done)", "area"),
    ],
)
def test_names__ok(text: str, form: str | None) -> None:
    assert read(text, form).type is ValueType.NUMBER


@pytest.mark.parametrize(
    ("text", "form", "code", "nearest"),
    [
        ("bed", "eci", "expr.unknown_name_nearest", "beds"),
        ("zzz", "eci", "expr.unknown_name", None),
        ("Beds", "eci", "expr.unknown_name_nearest", "beds"),
        ("prev.nursin", "eci", "expr.unknown_name_nearest", "nursing"),
        ("unit.pops", "eci", "expr.unknown_name_nearest", "pop"),
        ("param.cieling", "eci", "expr.unknown_parameter_nearest", "ceiling"),
        ("param.x", "eci", "expr.unknown_parameter", None),
        ("ecl.beds", "eci", "expr.unknown_form_nearest", "eci"),
        ("prv.beds", "eci", "expr.unknown_form_nearest", "prev"),
        ("_units.code", "eci", "expr.unknown_form_nearest", "unit"),
        ("sqlite_master.name", "eci", "expr.unknown_form", None),
        ("_id", "eci", "expr.unknown_name_nearest", "hos_id"),
        ("_period", "eci", "expr.unknown_name", None),
        ("cef", "eci", "expr.whole_form", None),
        ("cef.beds", "eci", "expr.bare_roster", None),
        ("cef.bed", "eci", "expr.unknown_name_nearest", "beds"),
        ("child.pop", "area", "expr.bare_roster", None),
        ("pop", None, "expr.unknown_name_nearest", "unit.pop"),
        ("nursing", None, "expr.unknown_name_nearest", "eci.nursing"),
        ("nursings", None, "expr.unknown_name_nearest", "nursing"),
        ("eci", None, "expr.whole_form", None),
        ("eci.beds", None, "expr.bare_roster", None),
        ("prev.beds", None, "expr.no_record", None),
        ("PREV(prev.beds)", "eci", "expr.prev_nested", None),
        ("SUM(cef.beds + eci.beds)", "area", "expr.mixed", None),
        ("SUM(cef.beds + pop)", "area", "expr.mixed", None),
        ("SUM(cef.beds) FILTER (WHERE unit.pop > 1)", None, "expr.mixed", None),
    ],
)
def test_names__error(
    text: str, form: str | None, code: str, nearest: str | None
) -> None:
    found = fault(text, form)
    assert found.message.code == code
    assert dict(found.message.params).get("nearest") == nearest


def test_unit_field_of_several_forms__error() -> None:
    twin = replace(VIS, id="tek", columns=(Column("done", "x", ValueType.NUMBER),))
    schema = Schema((*SCHEMA.sources, twin))
    for text in ("unit.done", "SUM(child.done)"):
        found = fault(text, "eci", schema)
        assert found.message.code == "expr.ambiguous_unit"
        assert dict(found.message.params)["forms"] == "vis、tek"
    assert read("unit.done", "tek", schema).mentions.unit == (("tek", "done"),)


def test_unknown_form_of_the_record__error() -> None:
    assert fault("beds", "nothing").message.code == "expr.unknown_name_nearest"
