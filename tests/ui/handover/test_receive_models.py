"""The models of 收表: lines that stay, boxes to tick, sides to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt

from desktop.app.handover.receiving.edited import EditedCell
from desktop.app.handover.receiving.merge_words import ConflictLine
from desktop.app.handover.receiving.merge_words import Place
from desktop.app.handover.receiving.merge_words import SideLine
from desktop.app.verify.words import Found
from desktop.app.verify.words import in_words
from desktop.core.manifest_diff import Difference
from desktop.core.manifest_diff import Kind
from desktop.core.messages import message
from desktop.exchange.merge import Contention
from desktop.intake.cleaning import RepairKind
from desktop.intake.repair import Repair
from desktop.ui.handover.receive_models import ConflictsModel
from desktop.ui.handover.receive_models import EditsModel
from desktop.ui.handover.receive_models import LinesModel
from tests.exchange.townships import home

if TYPE_CHECKING:
    import pytest
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words

CHECK = Qt.ItemDataRole.CheckStateRole
DISPLAY = Qt.ItemDataRole.DisplayRole


def test_lines__heads_inks_and_nothing_more(qapp: QApplication) -> None:
    owner = QObject()
    model = LinesModel(("甲", "乙"), owner)
    model.show_rows([("1", "2")], ["#ff0000"])
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    index = model.index(0, 1)

    assert model.headerData(1, across) == "乙"
    assert model.headerData(0, down) is None
    assert index.data() == "2"
    assert index.data(Qt.ItemDataRole.ForegroundRole).name() == "#ff0000"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert (model.rowCount(index), model.columnCount(index)) == (0, 0)
    model.show_rows([("3", "4")])
    assert model.index(0, 0).data() == "3"
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.rowCount(QModelIndex()) == 1


def edit(where: str, *, why: bool = False, repaired: bool = False) -> EditedCell:
    difference = Difference(Kind.ALTERED, "机构", "甲院", "床位", "1", "", where)
    repair = Repair(where, "beds_total", "９", "9", RepairKind.WIDTH)
    return EditedCell(
        difference,
        home("甲院"),
        "beds_total",
        "n:9",
        (repair,) if repaired else (),
        message("exchange.edit_unit") if why else None,
    )


def pair(cell: EditedCell, say: Words) -> tuple[EditedCell, Found]:
    return cell, in_words(cell.difference, say)


def test_edits__ticked_one_by_one_and_all(
    qapp: QApplication, say: Words, qtbot: QtBot
) -> None:
    owner = QObject()
    model = EditsModel(say, owner)
    model.choose(frozenset({"x"}))
    assert model.chosen == frozenset()
    cells = [edit("a!A1", repaired=True), edit("a!A2"), edit("a!A3", why=True)]
    model.show_edits([pair(cell, say) for cell in cells], frozenset({"a!A2"}))
    first, second, third = (model.index(row, 0) for row in range(3))

    assert model.acceptable == {"a!A1", "a!A2"}
    assert model.index(0, 6).data() == "读作 ９ → 9"
    assert model.index(0, 5).data()
    assert "单位" in model.index(2, 6).data()
    assert second.data(CHECK) is Qt.CheckState.Checked
    assert third.data(CHECK) is None
    assert not model.flags(third) & Qt.ItemFlag.ItemIsUserCheckable
    assert model.flags(first) & Qt.ItemFlag.ItemIsUserCheckable
    assert not model.setData(first, "9", DISPLAY)
    assert not model.setData(model.index(0, 1), Qt.CheckState.Checked, CHECK)
    with qtbot.waitSignal(model.ticked):
        assert model.setData(first, Qt.CheckState.Checked.value, CHECK)
    assert model.chosen == {"a!A1", "a!A2"}
    assert model.setData(second, Qt.CheckState.Unchecked, CHECK)
    assert model.chosen == {"a!A1"}


def line(*sides: SideLine, slot: str = "beds_total") -> ConflictLine:
    place = Place("机构", "甲院", "床位", f"eci/甲院/{slot}")
    about = Contention(home("甲院"), slot, tuple(side.text for side in sides))
    return ConflictLine(place, "1", sides, about)


def side(text: str, *, ours: bool) -> SideLine:
    return SideLine("某人", "2025-11-22 09:30", text, f"n:{text}", ours)


def test_conflicts__three_sides_and_everywhere(
    qapp: QApplication, say: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QObject()
    model = ConflictsModel(say, owner)
    # Packages come in the order of their numbers; what stands here is shown first.
    two = line(side("2", ours=False), side("1", ours=True))
    model.show_conflicts([two], {})
    across = Qt.Orientation.Horizontal
    assert [model.headerData(at, across) for at in (3, 4)] == ["本级已有", "送来的"]
    assert [model.index(0, at).data()[:3] for at in (3, 4)] == ["○ 1", "○ 2"]
    model.pick(model.index(0, 4))
    assert model.choices == {two.contention: "n:2"}
    sides = (side("1", ours=True), side("2", ours=False), side("3", ours=False))
    three = line(*sides, slot="price")
    model.show_conflicts([two, three], {two.contention: "n:1"})

    heads = [model.headerData(at, across) for at in range(3, 6)]
    assert heads == ["本级已有", "送来的", "送来的"]
    assert model.undecided == 1
    assert model.index(0, 5).data() == ""
    model.pick(model.index(0, 5))
    assert model.choices == {two.contention: "n:1"}
    # Two of them arrive: which one is meant, nobody can tell.
    model.pick_all(ours=False)
    assert model.choices == {two.contention: "n:2"}
    model.pick(model.index(1, 5))
    assert model.choices[three.contention] == "n:3"
    assert model.index(1, 5).data().startswith("◉ 3\n某人")

    others = line(side("1", ours=True), side("2", ours=True))
    model.show_conflicts([others], {})
    assert [model.headerData(at, across) for at in (3, 4)] == ["第 1 方", "第 2 方"]
