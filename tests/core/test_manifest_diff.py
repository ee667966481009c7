from __future__ import annotations

from dataclasses import replace

from desktop.core.manifest import Line
from desktop.core.manifest import Table
from desktop.core.manifest import TableKind
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind
from desktop.core.manifest_diff import differences
from tests.core.test_manifest import MANIFEST
from tests.core.test_manifest import ROW
from tests.core.test_manifest import TABLE

FORM = "养老机构调查表"


def shown(text: str | None) -> str:
    return "" if text is None else text[2:]


def found(*tables: Table) -> list[Difference]:
    other = replace(MANIFEST, tables=tables)
    return list(differences(MANIFEST, other, shown))


def test_differences__none_between_equals() -> None:
    assert found(TABLE) == []


def test_differences__a_cell_a_row_a_column_a_total() -> None:
    altered = replace(ROW, cells=("t:甲院", "n:101", None))
    new = Line("乙院", "310105001", "乙院", ("t:乙院", None, None))
    assert found(replace(TABLE, rows=(altered, new))) == [
        Difference(Kind.ALTERED, FORM, "甲院", "床位", "100", "101"),
        Difference(Kind.ROW_ADDED, FORM, "乙院"),
    ]
    assert found(replace(TABLE, rows=(), totals=None)) == [
        Difference(Kind.ROW_GONE, FORM, "甲院"),
        Difference(Kind.ROW_GONE, FORM, "合计"),
    ]
    narrow = replace(
        TABLE, fields=TABLE.fields[:2], rows=(replace(ROW, cells=ROW.cells[:2]),)
    )
    assert found(replace(narrow, totals=None))[-1] == Difference(
        Kind.COLUMN_GONE, FORM, field="收费"
    )


def test_differences__what_looks_alike_is_alike() -> None:
    assert (
        found(replace(TABLE, rows=(replace(ROW, cells=("t:甲院", "t:100", None)),)))
        == []
    )


def test_differences__rows_of_one_key_by_their_order() -> None:
    twice = replace(TABLE, rows=(ROW, ROW), totals=None)
    assert found(twice) == [
        Difference(Kind.ROW_GONE, FORM, "合计"),
        Difference(Kind.ROW_ADDED, FORM, "甲院"),
    ]


def test_differences__tables_and_nil_returns() -> None:
    other = replace(TABLE, id="area", title="人口", kind=TableKind.UNITS)
    assert found(other) == [
        Difference(Kind.TABLE_GONE, FORM),
        Difference(Kind.TABLE_ADDED, "人口"),
    ]
    assert found(replace(TABLE, nil=True)) == [Difference(Kind.NIL, FORM)]
