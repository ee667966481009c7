from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError
from dataclasses import asdict
from dataclasses import field
from dataclasses import fields
from dataclasses import replace
from typing import Any

import pytest

from desktop.core.frozen import frozen


@frozen
class Bed:
    """A value with fields of each sort."""

    room: int
    name: str = "甲"
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"{self.room}{self.name}"


@frozen
class Cot(Bed):
    """A value that takes over the fields of another."""

    bars: int = 12


@frozen
class Nothing:
    """A value without fields."""


def test_frozen__is_made_like_a_dataclass() -> None:
    assert (Bed(1).room, Bed(1).name, Bed(1).notes) == (1, "甲", {})
    assert Bed(1, "乙", {"a": "b"}) == Bed(notes={"a": "b"}, name="乙", room=1)
    assert Bed(1).label == "1甲"
    assert Bed(1).notes is not Bed(1).notes
    assert Cot(1, bars=9) == Cot(1, "甲", {}, 9)


@pytest.mark.parametrize("given", [{}, {"room": 1, "size": 2}])
def test_frozen__error_fields_that_are_not_its_own(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Bed(**given)


def test_frozen__is_a_value() -> None:
    assert Bed(1) != Bed(2)
    assert Bed(1) != Cot(1)
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1
    assert hash(Nothing()) == hash(Nothing())
    assert repr(Bed(1)) == "Bed(room=1, name='甲', notes={})"
    assert repr(Nothing()) == "Nothing()"


def test_frozen__cannot_be_changed() -> None:
    bed = Bed(1)

    with pytest.raises(FrozenInstanceError):
        bed.room = 2  # type: ignore[misc]  # that it cannot be set is the test
    with pytest.raises(FrozenInstanceError):
        del bed.room
    assert not hasattr(bed, "__dict__")


def test_frozen__is_known_to_dataclasses() -> None:
    assert replace(Cot(1), name="乙") == Cot(1, "乙")
    assert asdict(Bed(1)) == {"room": 1, "name": "甲", "notes": {}}
    assert [one.name for one in fields(Cot(1))] == ["room", "name", "notes", "bars"]


def test_frozen__is_matched_by_place() -> None:
    match Cot(1, "乙"):
        case Cot(room, name):
            assert (room, name) == (1, "乙")


def test_frozen__is_copied_and_pickled() -> None:
    cot = Cot(1, notes={"a": "b"})

    assert copy.copy(cot) == copy.deepcopy(cot) == cot
    assert pickle.loads(pickle.dumps(cot)) == cot  # noqa: S301 - our own
