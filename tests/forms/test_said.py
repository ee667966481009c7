from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.findings import Level
from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.schema import ValueType
from desktop.forms.load import load_pack
from desktop.forms.model import Pack
from desktop.forms.said import Expressions
from desktop.forms.said import Said
from desktop.forms.said import duplicates
from desktop.forms.said import error
from desktop.forms.said import info
from desktop.forms.said import unknown_name
from desktop.forms.said import warning
from desktop.forms.schema import schema_of
from desktop.forms.source_map import SourceMap

if TYPE_CHECKING:
    from tests.forms.conftest import Packs


def test_said__has_three_levels() -> None:
    said = [make(("rules",), "forms.no_origin") for make in (error, warning, info)]

    assert [each.level for each in said] == list(Level)
    problem = said[0].problem(SourceMap())
    assert (problem.message.code, problem.path) == ("forms.no_origin", "rules")


def test_unknown_name__tells_what_there_is() -> None:
    said = unknown_name((), "forms.field", "bed", ["beds"])

    assert said.message.code == "forms.field_misspelt"


def test_duplicates__every_repetition() -> None:
    names = [(("a",), "x"), (("b",), "y"), (("c",), "x"), (("d",), "x")]

    assert [said.path for said in duplicates(names, "forms.duplicate_id")] == [
        ("c",),
        ("d",),
    ]


def test_expressions__ok_and_error(packs: Packs) -> None:
    pack = load_pack(packs.root, "demo")
    assert isinstance(pack, Pack)
    expressions = Expressions(pack, schema_of(pack))
    context, wanted = RecordContext("eci"), ValueType.BOOLEAN

    read = expressions.read((), "status = '运营'", context, wanted)
    assert isinstance(read, Expression)
    assert list(expressions.strangers((), read)) == []

    fault = expressions.read((), "beds_total", context, wanted)
    assert isinstance(fault, Said)
    assert fault.line == 1
