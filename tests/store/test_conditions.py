from __future__ import annotations

from desktop.core.cells import BLANK
from desktop.store.conditions import Among
from desktop.store.conditions import AnyOf
from desktop.store.conditions import Between
from desktop.store.conditions import Condition
from desktop.store.conditions import Contains
from desktop.store.conditions import Not
from desktop.store.conditions import OneOf
from desktop.store.conditions import Within

EVERY: tuple[Condition, ...] = (
    Contains("name", "院"),
    OneOf("beds", (1, BLANK)),
    Between("beds", 1, None),
    Within(("310105",)),
    Among(()),
    AnyOf((Contains("name", "院"), Not(Contains("name", "院")))),
    Not(OneOf("beds", (BLANK,))),
)


def test_conditions__are_values() -> None:
    assert len(set(EVERY)) == len(EVERY)
    assert Contains("name", "院") == EVERY[0] != Contains("code", "院")
    assert Between("beds", high=3) == Between("beds", None, 3)
