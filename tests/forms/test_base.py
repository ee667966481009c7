from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter
from pydantic import ValidationError

from desktop.forms.base import Citation
from desktop.forms.base import DottedName
from desktop.forms.base import Name
from desktop.forms.base import Number
from desktop.forms.base import Text
from desktop.forms.base import Whole
from desktop.forms.base import Year

NAME: TypeAdapter[str] = TypeAdapter(Name)


@pytest.mark.parametrize("name", ["a", "beds_total", "x2", "a" * 63])
def test_name__ok(name: str) -> None:
    assert NAME.validate_python(name) == name


@pytest.mark.parametrize(
    "name", ["", "A", "2x", "_id", "a-b", "a.b", "a b", "a\n", "床", "a;--", "a" * 64]
)
def test_name__error(name: str) -> None:
    with pytest.raises(ValidationError):
        NAME.validate_python(name)


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
        TypeAdapter(kind).validate_python(value)


def test_text__may_have_lines_and_rare_characters() -> None:
    text: TypeAdapter[str] = TypeAdapter(Text)

    assert text.validate_python("干𬒗镇\n\t说明") == "干𬒗镇\n\t说明"


def test_citation__quotes_at_most_sixty_characters() -> None:
    longest = "字" * 60

    assert Citation(plan="p", file="f", quote=longest).quote == longest
    with pytest.raises(ValidationError):
        Citation(plan="p", file="f", quote="字" * 61)
