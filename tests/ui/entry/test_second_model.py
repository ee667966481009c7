from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt

from desktop.app.entry.double_entry import second_cells
from desktop.ui.entry.second_model import SecondModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

    from desktop.ui.workplace import Workplace


def test_model__is_a_sound_one(work: Workplace, qtmodeltester: ModelTester) -> None:
    owner = QObject()
    form = work.form("eci")
    model = SecondModel(work, form, owner)
    qtmodeltester.check(model)
    pack, period = work.pack, work.period
    asked = work.session.thread.call(
        lambda ledger: second_cells(ledger, pack, "eci", period, ["beds_total"])
    )
    model.show_cells((form.by_id["beds_total"],), asked.result())
    qtmodeltester.check(model)
    assert model.rowCount() == 3
    assert model.data(QModelIndex()) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert (
        model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.FontRole) is None
    )
