from __future__ import annotations

from typing import get_args

import pytest
from pydantic import ValidationError

from desktop.forms.fields import AnyField
from desktop.forms.fields import Blank
from desktop.forms.fields import Field
from desktop.forms.strict import checked
from desktop.forms.strict import strict


def test_kind__says_which_class() -> None:
    for kind in get_args(Field):
        word = get_args(strict(kind).model_fields["kind"].annotation)[0]
        digits = {"digits": 2} if word == "decimal" else {}

        field = checked(AnyField, {"id": "x", "title": "项", "kind": word, **digits})

        assert type(field) is kind
        assert field.blank is Blank.OPTIONAL
        assert field.not_applicable is True


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "number"},
        {"kind": "decimal"},
        {"kind": "decimal", "digits": 7},
        {"kind": "integer", "digits": 2},
        {"kind": "integer", "minimum": 0.5},
        {"kind": "text", "max_length": 0},
        {"kind": "yes_no", "default": "是"},
    ],
)
def test_field__error(more: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        checked(AnyField, {"id": "x", "title": "项", **more})
