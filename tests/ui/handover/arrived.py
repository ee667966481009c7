"""Real files at a county's 收表, read once for all tests of a module."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from typing import TYPE_CHECKING

from openpyxl import Workbook

from desktop.app.handover.receiving.reading import read_one
from desktop.ui.handover.receive_files import ReceiveFiles
from tests.exchange.handed_in import hand_in
from tests.exchange.townships import Desks
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import take_deciding
from tests.ui.desks import child

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app.handover.receiving.reading import Read
    from desktop.forms.fields import Field
    from desktop.ui.workplace import Workplace

SLOW = 60_000
READER = (sys.executable, "-m", "desktop", "--read-workbook")
read_once = cache(read_one)
"""Reading a file takes two processes and a second."""


def files_of(folder: Path) -> dict[str, Path]:
    """Make the files of every class, by the names they have on the stick."""
    came = hand_in(folder)
    typed = folder / "typed.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("机构名称", "总床位数"), ("丙院", "３０"), ("丁院", "很多")):
        sheet.append(list(row))
    book.save(typed)
    made = {
        "第一次.xlsx": came.first,
        "第二次.xlsx": came.update,
        "另一台.xlsx": came.fork,
        "改过的.xlsx": came.edited,
        "报表.xlsx": came.report,
        "坏的.xlsx": came.broken,
        "手工表.xlsx": typed,
    }
    stick = folder / "stick"
    stick.mkdir()
    return {name: shutil.copyfile(path, stick / name) for name, path in made.items()}


def county_of(folder: Path, *received: Path) -> Path:
    """Make a county that has received some of the files."""
    path = Desks(folder).new(*county_units())
    with opened(path) as ledger:
        for each in received:
            take_deciding(ledger, read_once(each, READER, None))
    return path


def settled(view: ReceiveFiles, qtbot: QtBot) -> None:
    """Wait until files are read, planned, and the rules asked."""
    qtbot.waitUntil(lambda: view.flow.idle and view.detail.shown, timeout=SLOW)


def arrive(work: Workplace, qtbot: QtBot, paths: Sequence[Path]) -> ReceiveFiles:
    """Show files at a county."""
    view = ReceiveFiles(work)
    qtbot.addWidget(view)
    view.resize(1240, 560)
    view.show()
    view.begin_with(paths)
    settled(view, qtbot)
    return view


def press(view: ReceiveFiles, qtbot: QtBot, name: str) -> None:
    """Press a button, and wait for what comes of it."""
    from PySide6.QtWidgets import QPushButton

    child(view, QPushButton, f"receive.{name}").click()
    settled(view, qtbot)


def row_of(view: ReceiveFiles, file: str) -> tuple[str, ...]:
    """Give the line of a file."""
    rows = {row[0]: row for row in view.rows}
    return rows[file]


def turn_to(view: ReceiveFiles, qtbot: QtBot, file: str) -> None:
    """Put a file before the person."""
    view.table.selectRow([row[0] for row in view.rows].index(file))
    settled(view, qtbot)


def read_of(path: Path) -> Read:
    """Give a file as it was read."""
    return read_once(path, READER, None)


def beds_field(work: Workplace) -> Field:
    """Give the field whose cells the files differ in."""
    return work.form("eci").by_id["beds_total"]
