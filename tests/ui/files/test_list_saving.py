"""A list on the screen: asked where to, read, written; what goes wrong is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QWidget

from desktop.core.messages import message
from desktop.export.safe_file import ExportError
from desktop.ui.files.list_saving import ListSaving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def saving(qtbot: QtBot, work: Workplace) -> Iterator[ListSaving]:
    view = QWidget()
    qtbot.addWidget(view)
    yield ListSaving(work, view)
    view.close()


@pytest.mark.parametrize(
    ("chosen", "name"),
    [("名单", "名单.xlsx"), ("名单.csv", "名单.csv"), ("", None)],
)
def test_ask__a_name_is_proposed_and_gets_an_ending(
    saving: ListSaving,
    work: Workplace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    name: str | None,
) -> None:
    asked: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        asked.extend(map(str, given[1:3]))
        return (str(tmp_path / chosen) if chosen else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    path = saving.ask("保存…", "名单")
    root, period = work.session.root.name, work.session.period.title
    proposed = work.session.path.parent / f"{root} {period} 名单.xlsx"
    assert asked == ["保存…", str(proposed)]
    assert path == (None if name is None else tmp_path / name)


def test_save__what_was_read_is_written_and_told(
    saving: ListSaving, qtbot: QtBot, work: Workplace, tmp_path: Path
) -> None:
    path = tmp_path / "名单.csv"
    read = work.session.thread.call(lambda ledger: ledger.head().revision)
    with qtbot.waitSignal(saving.told) as told:
        saving.save(path, read, lambda found: path.write_text(str(found)))
    assert told.args == ["已保存：名单.csv"]
    assert path.read_text() == str(read.result())


def test_save__where_nothing_can_be_written_it_is_said(
    saving: ListSaving, qtbot: QtBot, work: Workplace, tmp_path: Path
) -> None:
    full = ExportError(message("export.disk_full"))

    def refuse(_: object) -> None:
        raise full

    read = work.session.thread.call(lambda _: None)
    with qtbot.waitSignal(work.bridge.courier.trouble) as told:
        saving.save(tmp_path / "名单.csv", read, refuse)
    assert told.args == [full.message]


def test_save__a_bug_is_not_hidden(
    saving: ListSaving, qtbot: QtBot, work: Workplace, tmp_path: Path
) -> None:
    def stumble(_: object) -> None:
        raise ZeroDivisionError

    read = work.session.thread.call(lambda _: None)
    with qtbot.captureExceptions() as caught:
        saving.save(tmp_path / "名单.csv", read, stumble)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
