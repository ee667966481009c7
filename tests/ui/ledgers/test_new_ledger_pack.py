"""First step: which reporting system."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton

from desktop.app.packs.available import sound_packs
from desktop.forms.one_file import written_whole
from desktop.ui.courier import Courier
from desktop.ui.ledgers.new_ledger_pack import PackStep
from tests.ui.desks import child
from tests.ui.desks import every

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import UiStart

RESOURCES = Path(__file__).parents[3] / "resources"
SLOW = 30_000


@pytest.fixture
def courier(qtbot: QtBot) -> Iterator[Courier]:
    made = Courier()
    yield made
    made.close()


@pytest.fixture
def packs(qtbot: QtBot, start: UiStart, courier: Courier) -> PackStep:
    made = PackStep(start, courier)
    qtbot.addWidget(made)
    assert not made.ready, "nothing to choose from yet"
    made.show()
    qtbot.waitUntil(lambda: made.ready, timeout=SLOW)
    return made


def test_packs__all_sound_ones_the_first_chosen(
    packs: PackStep, start: UiStart
) -> None:
    table = child(packs, QListWidget, "new.packs")
    shown = [table.item(row).text() for row in range(table.count())]
    sound = sound_packs(start.places.packs)
    assert [text.split("\n")[0] for text in shown] == [pack.title for pack in sound]
    assert packs.pack is not None
    assert packs.pack.id == sound[0].id


def test_packs__says_what_is_inside(packs: PackStep) -> None:
    pack = packs.pack
    assert pack is not None
    said = child(packs, QLabel, "new.pack.inside").text()
    for count in (len(pack.forms), len(pack.rules), len(pack.indicators)):
        assert str(count) in said
    assert "养老" in said, "the domains are named"
    assert pack.plan.title in " ".join(one.text() for one in every(packs, QLabel))


def test_packs__another_one_from_a_file(
    packs: PackStep, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pack in one file, or the pack.yaml of a folder of one's own."""
    table = child(packs, QListWidget, "new.packs")
    other, count = child(packs, QPushButton, "new.pack.other"), table.count()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert table.count() == count

    assert packs.pack is not None
    file, title = tmp_path / "a.taizhangpack", "外地台账"
    file.write_text(written_whole(packs.pack.replaced(title=title)), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: table.count() == count + 1, timeout=SLOW)
    assert packs.pack is not None
    assert packs.pack.title == title

    mine = tmp_path / "my_pack"
    shutil.copytree(RESOURCES / "starter", mine)
    packs.read(mine / "pack.yaml")
    qtbot.waitUntil(lambda: table.count() == count + 2, timeout=SLOW)
    assert packs.pack.id == "my_pack"


def test_packs__one_that_cannot_be_used_says_why(
    packs: PackStep, qtbot: QtBot, tmp_path: Path
) -> None:
    table = child(packs, QListWidget, "new.packs")
    count, file = table.count(), tmp_path / "a.taizhangpack"
    file.write_text("{}", "utf-8")
    packs.read(file)
    said = child(packs, QLabel, "new.pack.source")
    qtbot.waitUntil(lambda: "taizhangpack" in said.text(), timeout=SLOW)
    assert table.count() == count
    assert packs.ready, "what was chosen before still is"


def test_packs__none_there(
    qtbot: QtBot, start: UiStart, courier: Courier, tmp_path: Path
) -> None:
    bare = replace(start, places=replace(start.places, resources=tmp_path))
    step = PackStep(bare, courier)
    qtbot.addWidget(step)
    with qtbot.waitSignal(step.changed, timeout=SLOW):
        pass
    assert not step.ready
    assert step.pack is None
