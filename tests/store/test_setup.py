from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from desktop.store.setup import Identity
from desktop.store.setup import blank_records
from desktop.store.setup import copied_records
from desktop.store.setup import read_identity
from desktop.store.tables import tables_of
from tests.store.cases import NEXT
from tests.store.cases import UNITS
from tests.store.cases import YEAR
from tests.store.cases import pack

if TYPE_CHECKING:
    from desktop.store.ledger import Ledger


def test_blank_records__of_the_forms_every_unit_answers() -> None:
    records = list(blank_records(pack(), [YEAR, NEXT], UNITS))

    assert len(records) == 6
    assert {record.record.form for record in records} == {"people"}
    assert all(record.unit == record.record.facility for record in records)


def test_copied_records__rosters_only_without_numbers(filled: Ledger) -> None:
    with closing(sqlite3.connect(filled.path)) as other:
        tables = tables_of(pack())
        records = list(copied_records(other, pack(), tables, (YEAR, NEXT)))

    assert [record.record.facility for record in records] == ["a", "b", "c"]
    assert [record.cells for record in records] == [
        (("name", "甲院"),),
        (("name", "乙院"),),
        (("name", "丙院"),),
    ]


def test_read_identity__lost() -> None:
    with closing(sqlite3.connect(":memory:")) as other:
        other.execute("CREATE TABLE _meta (key, value)")

        assert read_identity(other) == Identity("", "")
