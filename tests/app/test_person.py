from __future__ import annotations

from tests.small import person


def test_person__lends_clock_and_ids() -> None:
    somebody = person()
    assert somebody.clock() == somebody.clock()
    assert somebody.new_id() != somebody.new_id()
