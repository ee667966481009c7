from __future__ import annotations

from decimal import Decimal

from desktop.core.cells import Absent
from desktop.store.carried import Carrier
from desktop.store.shelf import Shelf
from tests.forms.test_carrying import field
from tests.forms.test_carrying import system


def test_carried__what_the_fields_can_hold() -> None:
    old = system(
        field("a", "integer"),
        field("b", "text"),
        field("c", "text"),
        field("d", "decimal", digits=3),
        field("gone", "text"),
    )
    new = system(
        field("a", "decimal", digits=1),
        field("n", "integer", formerly="b"),
        field("c", "text"),
        field("e", "decimal", digits=1, formerly="d"),
    )
    shelf = Shelf((1, 2), {}, {1: old, 2: new}.__getitem__)
    carrier = Carrier(shelf.at(1), shelf.at(2), "home")

    whole = carrier.carried({"a": 3, "b": "12", "gone": "x", "d": Decimal("1.500")})
    partly = carrier.carried({"a": 10**15, "b": "一打", "c": Absent.UNKNOWN})

    assert whole.cells == {"a": Decimal("3.0"), "n": 12, "e": Decimal("1.5")}
    assert whole.left == ()
    assert partly.cells == {"c": Absent.UNKNOWN}
    assert [(way.field.id, cell) for way, cell in partly.left] == [
        ("a", 10**15),
        ("n", "一打"),
    ]
