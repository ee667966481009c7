from __future__ import annotations

import pytest

from desktop.forms.additive import Additive
from desktop.forms.additive import additive_fields
from desktop.forms.additive import adds
from desktop.forms.schema import schema_of
from tests.levels import HOME
from tests.levels import levels_pack
from tests.small import pack_data
from tests.small import pack_of


def computed(text: str, **more: object) -> tuple[Additive, ...]:
    """Give the home form's fields when it has one more, computed one."""
    extra: dict[str, object] = {
        "id": "x",
        "kind": "decimal",
        "digits": 1,
        "title": "某",
        **more,
    }
    group = {"title": "另外", "fields": [{**extra, "computed": text}]}
    form = {**HOME, "groups": [*HOME["groups"], group]}
    bare = {"forms": [form], "rules": [], "indicators": []}
    pack = pack_of({**pack_data(), **bare})
    found = additive_fields(pack.form_by_id["home"], schema_of(pack))
    return tuple(field for field in found if field.field.id == "x")


def test_additive_fields__ok() -> None:
    pack = levels_pack()
    found = additive_fields(pack.form_by_id["home"], schema_of(pack))

    told = {field.field.id: (field.amount, field.digits) for field in found}
    assert told == {
        "beds": (True, 0),
        "nursing": (True, 0),
        "income": (True, 2),
        "share": (False, 1),
        "both": (True, 0),
    }


def test_adds__ok() -> None:
    fields = levels_pack().form_by_id["home"].by_id
    assert adds(fields["beds"])
    assert not adds(fields["since"])
    assert not adds(fields["price"])
    assert not adds(fields["name"])


def test_adds_where_the_pack_says_so__ok() -> None:
    group = {
        "title": "另外",
        "fields": [
            {"id": "a", "kind": "decimal", "digits": 1, "title": "甲", "adds": False},
            {
                "id": "b",
                "kind": "decimal",
                "digits": 1,
                "title": "乙",
                "measure": "‰",
                "adds": True,
            },
        ],
    }
    form = {**HOME, "groups": [*HOME["groups"], group]}
    bare = {"forms": [form], "rules": [], "indicators": []}
    fields = pack_of({**pack_data(), **bare}).form_by_id["home"].by_id
    assert not adds(fields["a"])
    assert adds(fields["b"])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("beds + nursing - beds", True),
        ("-nursing", True),
        ("beds * 2", True),
        ("0.5 * beds", True),
        ("beds / 3", True),
        ("nursing / beds", False),
        ("ROUND(100 * nursing / beds, 1)", False),
        ("nursing / beds + 1", False),
        ("COALESCE(beds, 0) / nursing", False),
        ("3 + 4", False),
    ],
)
def test_computed_anew__ok(text: str, amount: bool) -> None:
    (found,) = computed(text)
    assert found.amount is amount
    assert found.total.mentions.own == ()


@pytest.mark.parametrize(
    "text",
    [
        "beds - 5",
        "beds * nursing",
        "1000 / beds",
        "beds / nursing / nursing",
        "price * 12",
        "price + beds",
        "ROUND(beds, 0)",
        "COALESCE(beds, 1)",
        "COALESCE(beds, nursing)",
        "ABS(beds)",
        "CASE WHEN beds > 3 THEN beds ELSE 0 END",
        "since - 1949",
    ],
)
def test_computed_is_not_shown__ok(text: str) -> None:
    assert computed(text) == ()


def test_computed_that_does_not_add__ok() -> None:
    assert computed("beds + nursing", adds=False) == ()


def test_computed_that_is_wrong__error() -> None:
    assert computed("bedz + nursing") == ()
