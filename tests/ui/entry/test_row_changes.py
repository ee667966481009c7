from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.findings import RecordId
from desktop.ui.entry import row_changes
from desktop.ui.entry.row_changes import replace_rows
from desktop.ui.entry.row_changes import runs

if TYPE_CHECKING:
    import pytest
    from PySide6.QtCore import QModelIndex


class Told:
    """A list of rows that remembers what Qt was told."""

    def __init__(self, ids: tuple[RecordId, ...]) -> None:
        self.ids = ids
        self.told: list[tuple[str, int, int]] = []

    def number(self, ids: tuple[RecordId, ...]) -> None:
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


def ids(*numbers: int) -> tuple[RecordId, ...]:
    return tuple(RecordId(number) for number in numbers)


LISTS = st.lists(st.integers(0, 30), unique=True).map(lambda found: ids(*found))


@given(LISTS, LISTS)
def test_replace__any_list_by_any_other(
    before: tuple[RecordId, ...], after: tuple[RecordId, ...]
) -> None:
    rows = Told(before)
    replace_rows(rows, after)
    assert rows.ids == after


def test_replace__only_what_comes_and_goes_is_told() -> None:
    rows = Told(ids(1, 2, 3, 4, 5))
    replace_rows(rows, ids(1, 3, 5, 6, 7))
    assert rows.told == [("go", 3, 3), ("go", 1, 1), ("come", 3, 4)]
    replace_rows(rows, rows.ids)
    assert len(rows.told) == 3


def test_replace__another_order_begins_anew() -> None:
    rows = Told(ids(1, 2))
    replace_rows(rows, ids(2, 1))
    assert rows.told == [("reset", 0, 0)]


def test_replace__too_many_begin_anew_a_few_never(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(row_changes, "EFFORT", 0)
    rows = Told(ids(1, 2, 3, 4, 5))
    replace_rows(rows, ids(2, 3, 4))
    assert ("reset", 0, 0) not in rows.told
    replace_rows(rows, ids(1, 2, 6, 3, 7, 4))
    assert rows.told[-1] == ("reset", 0, 0)


def test_runs__neighbours_together() -> None:
    assert list(runs([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]
    assert list(runs([])) == []
