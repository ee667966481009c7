from __future__ import annotations

from desktop.core.changes import FacilityId
from desktop.core.changes import RecordKey
from desktop.exchange.journal import Decided
from desktop.exchange.journal import body_of
from desktop.exchange.journal import read_body
from desktop.exchange.merge import Contention

KEY = RecordKey("eci", "2025", FacilityId("甲"))


def test_body__says_the_same_when_it_is_read() -> None:
    decided = Decided(
        {KEY: ({"_unit": "1", "beds": "n:1"}, {})},
        {Contention(KEY, "beds", ("", "n:1")): "n:1"},
        frozenset(["p", "q"]),
        7,
        {KEY: ({"_unit": "1"}, {"_unit": "1", "beds": "n:2"})},
    )

    assert read_body(body_of(decided)) == decided
    assert read_body(body_of(Decided({}, {}))) == Decided({}, {})
    # Ledgers of earlier versions know nothing of what was accepted.
    assert "accepted" not in body_of(Decided({}, {}))
