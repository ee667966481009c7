from __future__ import annotations

import pytest

from desktop.forms.fields import AnyField
from desktop.forms.fields import Blank
from desktop.forms.fields import Field
from desktop.forms.lessened import lessened
from desktop.forms.strict import checked


def field(**keys: object) -> Field:
    data = {"id": "x", "title": "项", "kind": "integer", **keys}
    data["blank"] = Blank(data.get("blank", "optional"))
    found: Field = checked(AnyField, data)
    return found


@pytest.mark.parametrize(
    ("asked", "given", "keys"),
    [
        ({}, {}, []),
        ({"blank": "expected"}, {"blank": "required"}, []),
        ({"blank": "expected"}, {"blank": "needed"}, ["blank"]),
        ({"blank": "needed"}, {"blank": "optional"}, ["blank"]),
        ({"not_applicable": False}, {}, ["not_applicable"]),
        ({}, {"not_applicable": False}, []),
        ({"minimum": 0}, {"minimum": 1}, []),
        ({"minimum": 0}, {"minimum": -1}, ["minimum"]),
        ({"minimum": 0}, {}, ["minimum"]),
        ({}, {"minimum": 0, "maximum": 9}, []),
        ({"maximum": 9}, {"maximum": 8}, []),
        ({"maximum": 9}, {"maximum": 10}, ["maximum"]),
        ({}, {"kind": "text"}, ["kind"]),
        ({"kind": "text"}, {"kind": "text", "max_length": 50}, []),
        ({"kind": "text"}, {"kind": "text", "max_length": 500}, ["max_length"]),
        ({"kind": "date"}, {"kind": "date"}, []),
    ],
)
def test_lessened(
    asked: dict[str, object], given: dict[str, object], keys: list[str]
) -> None:
    assert list(lessened(field(**asked), field(**given))) == keys


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_lessened__choices(kind: str) -> None:
    """Some may go and others come; none of the old ones left is another list."""
    one = field(kind=kind)

    assert list(lessened(one, one, (("甲", "乙"), ("甲",)))) == []
    assert list(lessened(one, one, (("甲",), ("甲", "乙")))) == []
    assert list(lessened(one, one, (("甲", "乙"), ("丙",)))) == ["choices"]
    assert list(lessened(one, one, ((), ("丙",)))) == []
