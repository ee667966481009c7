from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.store.errors import QueryError

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger


def test_query__gives_rows_as_they_come(ledger: Ledger) -> None:
    rows = ledger.query("SELECT code FROM _units WHERE code <> :not", {"not": "x"})
    assert next(rows) == ("310105",)
    assert len(list(rows)) == 2


def test_query__a_wrong_one_changes_nothing(ledger: Ledger) -> None:
    with pytest.raises(QueryError):
        list(ledger.query("SELECT nothing FROM nowhere"))
    with pytest.raises(QueryError):
        list(ledger.query("DELETE FROM _units"))
    assert len(list(ledger.query("SELECT 1 FROM _units"))) == 3


def test_whole__to_the_end_unless_somebody_waits(ledger: Ledger) -> None:
    assert ledger.whole("SELECT COUNT(*) FROM _units") == [(3,)]
    ledger.wanted = lambda: True
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
    assert ledger.whole(f"{many} 400000) SELECT COUNT(*) FROM n") is None
