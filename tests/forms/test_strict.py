from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import get_args

import pytest
from pydantic import ValidationError

from desktop.forms.base import Model
from desktop.forms.fields import AnyField
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import Field
from desktop.forms.model import Pack
from desktop.forms.model import Way
from desktop.forms.strict import checked
from desktop.forms.strict import checked_json
from desktop.forms.strict import strict

if TYPE_CHECKING:
    from typing import Any


def test_strict__has_the_fields_of_the_model_and_is_built_once() -> None:
    assert tuple(strict(Pack).model_fields) == Pack.__names__
    assert strict(Pack) is strict(Pack)
    assert strict(Pack).stands_for is Pack


def test_checked_json__gives_plain_parts_all_the_way_down() -> None:
    text = {"kind": "choice", "id": "x", "title": "项", "value_aliases": {"甲": ["乙"]}}

    made = checked_json(ChoiceField, json.dumps(text))

    assert type(made) is ChoiceField
    assert made.value_aliases == {"甲": ("乙",)}


def test_checked_json__what_nobody_wrote_is_as_if_made_by_hand() -> None:
    assert checked_json(Way, "{}") == Way()
    assert checked_json(Way, '{"preset": {}}') == Way()


@pytest.mark.parametrize(
    "data",
    [
        {"titel": "甲"},
        {"preset": {"A": "甲"}},
        {"preset": {"a": ""}},
        {"preset": []},
        {"judgement": "a" * 64},
        {"numerator": "字" * 4001},
        {"numerator": 1},
    ],
)
def test_checked_json__error(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        checked_json(Way, json.dumps(data))


def test_checked__one_of_a_union() -> None:
    for kind in get_args(Field):
        assert issubclass(kind, Model)
    with pytest.raises(ValidationError, match="union_tag_invalid"):
        checked(AnyField, {"id": "x", "title": "项", "kind": "Model"})
