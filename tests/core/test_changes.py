from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import Action
from desktop.core.changes import CellChange
from desktop.core.changes import Change
from desktop.core.changes import DefinitionChange
from desktop.core.changes import FacilityId
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordKey
from desktop.core.changes import RecordMoved
from desktop.core.changes import RecordRemoved
from desktop.core.changes import inverse
from desktop.core.changes import undo
from desktop.core.messages import message

KEY = RecordKey("eci", "2025", FacilityId("a1"))
NAMES = st.sampled_from(["a", "b"])
CELLS = st.one_of(st.sampled_from(Absent), st.integers(0, 3), NAMES, st.booleans())
FILLED = st.lists(st.tuples(NAMES, CELLS), max_size=2).map(tuple)
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(CellChange, st.just(KEY), NAMES, CELLS, CELLS),
    st.builds(RecordAdded, st.just(KEY), NAMES, FILLED),
    st.builds(RecordRemoved, st.just(KEY), NAMES, FILLED),
    st.builds(RecordMoved, st.just(KEY), NAMES, NAMES),
    st.builds(NoteChange, st.just(KEY), NAMES, NAMES, NAMES),
    st.builds(NilChange, NAMES, NAMES, NAMES, st.booleans(), st.booleans()),
    st.builds(DefinitionChange, NAMES, NAMES, NAMES, NAMES),
)


@given(CHANGES)
def test_inverse__twice_is_the_change_itself(change: Change) -> None:
    assert inverse(inverse(change)) == change


def test_inverse__of_each_kind() -> None:
    cells = (("beds", 3),)

    assert inverse(CellChange(KEY, "beds", BLANK, 3)) == CellChange(
        KEY, "beds", 3, BLANK
    )
    assert inverse(RecordAdded(KEY, "31", cells)) == RecordRemoved(KEY, "31", cells)
    assert inverse(RecordRemoved(KEY, "31", cells)) == RecordAdded(KEY, "31", cells)
    assert inverse(RecordMoved(KEY, "31", "32")) == RecordMoved(KEY, "32", "31")
    assert inverse(NoteChange(KEY, "t", "", "x")) == NoteChange(KEY, "t", "x", "")
    nil = NilChange("eci", "2025", "31", before=False, after=True)
    back = NilChange("eci", "2025", "31", before=True, after=False)
    assert inverse(nil) == back
    chosen = DefinitionChange("2025", "definition.beds", "", "all")
    unchosen = DefinitionChange("2025", "definition.beds", "all", "")
    assert inverse(chosen) == unchosen


@given(st.lists(CHANGES, max_size=4))
def test_undo__takes_back_last_first(changes: list[Change]) -> None:
    action = Action(message("app.edit"), tuple(changes))
    back = undo(action)

    assert back == tuple(inverse(change) for change in changes[::-1])
    assert undo(Action(action.title, back)) == action.changes
