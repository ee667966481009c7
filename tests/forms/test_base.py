from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from desktop.forms.base import Citation
from desktop.forms.base import DottedName
from desktop.forms.base import Name
from desktop.forms.base import Number
from desktop.forms.base import Sourced
from desktop.forms.base import Text
from desktop.forms.base import Whole
from desktop.forms.base import Year
from desktop.forms.model import Parameter
from desktop.forms.strict import checked
from desktop.forms.strict import checked_json


@pytest.mark.parametrize("name", ["a", "beds_total", "x2", "a" * 63])
def test_name__ok(name: str) -> None:
    assert checked(Name, name) == name


@pytest.mark.parametrize(
    "name", ["", "A", "2x", "_id", "a-b", "a.b", "a b", "a\n", "床", "a;--", "a" * 64]
)
def test_name__error(name: str) -> None:
    with pytest.raises(ValidationError):
        checked(Name, name)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (DottedName, "a..b"),
        (Text, ""),
        (Text, "a\x00"),
        (Text, "a\x1b[31m"),
        (Text, "a\u202eb"),
        (Whole, 10**16),
        (Number, "1e30"),
        (Number, "NaN"),
        (Year, 25),
    ],
)
def test_values__error(kind: Any, value: object) -> None:  # noqa: ANN401
    with pytest.raises(ValidationError):
        checked(kind, value)


def test_text__may_have_lines_and_rare_characters() -> None:
    assert checked(Text, "干𬒗镇\n\t说明") == "干𬒗镇\n\t说明"


@pytest.mark.parametrize("length", [60, 61])
def test_citation__quotes_at_most_sixty_characters(length: int) -> None:
    quote = "字" * length
    text = json.dumps({"plan": "p", "file": "f", "quote": quote})

    if length == 60:
        assert checked_json(Citation, text) == Citation(plan="p", file="f", quote=quote)
    else:
        with pytest.raises(ValidationError):
            checked_json(Citation, text)


def test_model__is_a_value() -> None:
    one = Citation(plan="p", file="f", quote="字")

    assert one == Citation(quote="字", file="f", plan="p")
    assert one != one.replaced(file="g")
    assert one != Sourced(source=one)
    assert len({one, Citation(plan="p", file="f", quote="字")}) == 1
    assert repr(one) == "Citation(plan='p', file='f', quote='字')"


def test_model__takes_the_fields_of_its_base_and_their_defaults() -> None:
    bare = Parameter(id="x", title="甲", value=Decimal(1))

    assert (bare.source, bare.adjustable, bare.minimum) == (None, False, None)
    assert Parameter.__names__[:4] == ("source", "ours", "note", "id")


@pytest.mark.parametrize("given", [{}, {"plan": "p", "file": "f"}, {"page": 3}])
def test_model__error_fields_that_are_not_its_own(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Citation: "):
        Citation(**given)


def test_model__cannot_be_changed() -> None:
    one = Citation(plan="p", file="f", quote="字")

    with pytest.raises(AttributeError):
        one.file = "g"  # type: ignore[misc]  # that it cannot be set is the test
    with pytest.raises(AttributeError):
        del one.file
