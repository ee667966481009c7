"""How a batch goes: `tests/ui/files/test_batch_dialog.py` sees it at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QTreeWidget

from desktop.app.batch.running import Done
from desktop.app.batch.running import Result
from desktop.core.messages import message
from desktop.ui.files.batch_progress import BatchProgress
from tests.small import units
from tests.ui.desks import child

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.batch.running import Reading
    from desktop.app.progress import Watcher
    from desktop.ui.workplace import Workplace


def test_progress__remarks_stand_with_their_unit(
    qtbot: QtBot, work: Workplace, tmp_path: Path
) -> None:
    county, street = units()
    remark = message("export.missing_glyphs", characters="U+1234")
    fault = message("template.changed", file="表.xlsx", form="表", count=1)
    result = Result(
        (
            Done(county, made=(tmp_path / "a",), remarks=(remark,)),
            Done(street, remarks=(remark,), fault=fault),
        ),
        remarks=(message("batch.not-merged"),),
    )

    def write(_reading: Reading, _watch: Watcher) -> Result:
        return result

    progress = BatchProgress(work)
    qtbot.addWidget(progress)
    progress.stop()
    progress.start(write, tmp_path)
    qtbot.waitUntil(lambda: not progress.running, timeout=30_000)
    found = child(progress, QTreeWidget, "batch.results")
    items = [found.topLevelItem(place) for place in range(2)]
    assert [item.text(0) for item in items] == ["华阳路街道", "长宁区"]
    for item in items:
        assert "U+1234" in item.text(2)
    assert "合订 PDF 没有生成" in child(progress, QLabel, "batch.said").text()
