from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.entry.record_list import RecordList
from desktop.core.findings import RecordId

NUMBERS = st.lists(st.integers(-(2**40), 2**40), unique=True)


def records(*numbers: int) -> list[RecordId]:
    return [RecordId(number) for number in numbers]


def of(*numbers: int) -> RecordList:
    return RecordList(records(*numbers))


@given(NUMBERS, st.booleans())
def test_list__is_what_it_was_made_from(numbers: list[int], ascending: bool) -> None:
    given = records(*(sorted(numbers) if ascending else numbers))
    made = RecordList(given)
    assert list(made) == given
    assert [made.row_of(one) for one in given] == list(range(len(given)))
    assert made.row_of(RecordId(2**41)) is None
    assert made.newest() == max(given, default=None)


def test_list__rows_and_runs() -> None:
    made = of(4, 2, 9)
    assert (made[0], made[-1], made[1:]) == (4, 9, [2, 9])
    with pytest.raises(IndexError):
        made[3]
    assert made.prepare() is made
    assert made.prepare().row_of(RecordId(2)) == 1
    assert made.newest() == 9


def test_list__rows_of_an_ascending_one() -> None:
    made = of(2, 4, 9)
    rows = [made.row_of(RecordId(record)) for record in (2, 4, 5, 9, 10)]
    assert rows == [0, 1, None, 2, None]


def test_list__equal_to_a_list_of_the_same_only() -> None:
    assert of(1, 2) == of(1, 2)
    assert of(1, 2) != of(2, 1)
    assert of(1, 2) != (1, 2)
    with pytest.raises(TypeError):
        hash(of(1))


def test_list__made_from_others() -> None:
    assert of(1, 2, 3, 4).without(1, 2) == of(1, 4)
    assert of(1, 4).with_run(1, of(1, 2, 3, 4), 2) == of(1, 2, 3, 4)
    shuffled = of(9, 1).with_run(2, of(9, 1, 5, 7), 3)
    assert (shuffled, shuffled.row_of(RecordId(7))) == (of(9, 1, 5, 7), 3)


def test_list__begins() -> None:
    assert of(1, 2).begins(of(1, 2, 3))
    assert of().begins(of(1))
    assert not of(1, 3).begins(of(1, 2, 3))
    assert not of(1, 2).begins(of(1))
