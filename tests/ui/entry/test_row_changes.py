from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from desktop.app.entry.record_list import RecordList
from desktop.core.findings import RecordId
from desktop.ui.entry import row_changes
from desktop.ui.entry.row_changes import change_over
from desktop.ui.entry.row_changes import changeover
from desktop.ui.entry.row_changes import runs

if TYPE_CHECKING:
    import pytest
    from PySide6.QtCore import QModelIndex


class Told:
    """A list of rows that remembers what Qt was told."""

    def __init__(self, ids: RecordList) -> None:
        self.ids = ids
        self.told: list[tuple[str, int, int]] = []

    def number(self, ids: RecordList) -> None:
        self.ids = ids

    def beginInsertRows(  # noqa: N802 - Qt
        self, _parent: QModelIndex, first: int, last: int
    ) -> None:
        self.told.append(("come", first, last))

    def endInsertRows(self) -> None:  # noqa: N802 - Qt
        pass

    def beginRemoveRows(  # noqa: N802 - Qt
        self, _parent: QModelIndex, first: int, last: int
    ) -> None:
        self.told.append(("go", first, last))

    def endRemoveRows(self) -> None:  # noqa: N802 - Qt
        pass

    def beginResetModel(self) -> None:  # noqa: N802 - Qt
        self.told.append(("reset", 0, 0))

    def endResetModel(self) -> None:  # noqa: N802 - Qt
        pass


def ids(*numbers: int) -> RecordList:
    return RecordList(RecordId(number) for number in numbers)


LISTS = st.lists(st.integers(0, 30), unique=True).map(lambda found: ids(*found))


def replace(rows: Told, after: RecordList) -> None:
    change_over(rows, changeover(rows.ids, after))


@given(LISTS, LISTS)
def test_change__any_list_to_any_other(before: RecordList, after: RecordList) -> None:
    rows = Told(before)
    replace(rows, after)
    assert rows.ids is after


def test_change__only_what_comes_and_goes_is_told() -> None:
    rows = Told(ids(1, 2, 3, 4, 5))
    replace(rows, ids(1, 3, 5, 6, 7))
    assert rows.told == [("go", 3, 3), ("go", 1, 1), ("come", 3, 4)]
    replace(rows, ids(*rows.ids))
    assert len(rows.told) == 3
    replace(rows, ids(*rows.ids, 8))
    assert rows.told[3:] == [("come", 5, 5)]


def test_change__another_order_begins_anew() -> None:
    rows = Told(ids(1, 2))
    replace(rows, ids(2, 1))
    assert rows.told == [("reset", 0, 0)]


def test_change__compared_with_a_list_that_is_gone_begins_anew() -> None:
    rows = Told(ids(1, 2))
    change = changeover(rows.ids, ids(1, 2, 3))
    rows.number(ids(1))
    change_over(rows, change)
    assert (rows.told, rows.ids) == ([("reset", 0, 0)], ids(1, 2, 3))


def test_change__too_many_begin_anew_a_few_never(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(row_changes, "EFFORT", 0)
    rows = Told(ids(1, 2, 3, 4, 5))
    replace(rows, ids(2, 3, 4))
    assert ("reset", 0, 0) not in rows.told
    replace(rows, ids(1, 2, 6, 3, 7, 4))
    assert rows.told[-1] == ("reset", 0, 0)


def test_runs__neighbours_together() -> None:
    assert list(runs([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]
    assert list(runs([])) == []
