"""The steps of the assistant: what each offers, takes and says."""

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

from desktop.app.packs import sound_packs
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.forms.one_file import written_whole
from desktop.ui.courier import Courier
from desktop.ui.ledgers.new_ledger_steps import EXAMPLES
from desktop.ui.ledgers.new_ledger_steps import FOUND_SHOWN
from desktop.ui.ledgers.new_ledger_steps import FileStep
from desktop.ui.ledgers.new_ledger_steps import PackStep
from desktop.ui.ledgers.new_ledger_steps import Step
from desktop.ui.ledgers.new_ledger_steps import UnitStep
from desktop.ui.ledgers.new_ledger_steps import present_period
from tests.ui.desks import child
from tests.ui.desks import every
from tests.ui.desks import type_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.forms.model import Pack
    from desktop.ui.workplace import UiStart

RESOURCES = Path(__file__).parents[3] / "resources"
SLOW = 30_000
COUNTY = Unit(
    UnitCode("310105"), "长宁区", UnitCode("31"), UnitLevel.COUNTY, UnitClass.COUNTY
)


@pytest.fixture
def courier(qtbot: QtBot) -> Iterator[Courier]:
    made = Courier()
    yield made
    made.close()


# --- Packs -------------------------------------------------------------------


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


# --- Units -------------------------------------------------------------------


@pytest.fixture
def units(qtbot: QtBot, start: UiStart, courier: Courier) -> UnitStep:
    made = UnitStep(start, courier)
    qtbot.addWidget(made)
    assert made.subtree == ()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: made.ready, timeout=SLOW)
    made.begin()
    return made


def found(step: UnitStep) -> list[str]:
    table = child(step, QListWidget, "new.units")
    return [table.item(row).text() for row in range(table.count())]


def chosen(step: UnitStep) -> str:
    assert step.unit is not None
    return step.unit.code


def test_units__begins_with_the_provinces(units: UnitStep) -> None:
    assert len(found(units)) == 34
    assert found(units)[0].startswith("北京市")
    assert units.search.hasFocus()


@pytest.mark.parametrize("text", ["cnq", "长宁", "310105", "上海 长宁", "sh cn"])
def test_units__found_by_pinyin_name_code_and_place(
    units: UnitStep, qtbot: QtBot, text: str
) -> None:
    type_text(units.search, text)
    qtbot.waitUntil(lambda: units.unit is not None and units.unit.code == "310105")
    assert found(units)[0] == "上海市 › 长宁区　310105"


def test_units__not_more_than_one_reads(units: UnitStep, qtbot: QtBot) -> None:
    type_text(units.search, "街道")
    qtbot.waitUntil(lambda: len(found(units)) == FOUND_SHOWN)


def test_units__enter_does_not_take_what_was_found_before(
    units: UnitStep, qtbot: QtBot
) -> None:
    """Whoever types fast presses Enter before the search has begun."""
    type_text(units.search, "310106")
    qtbot.keyClick(units.search, Qt.Key.Key_Return)
    assert chosen(units) == "310106"
    with qtbot.assertNotEmitted(units.changed, wait=150):
        qtbot.keyClick(units.search, Qt.Key.Key_Return)


def test_units__arrows_move_in_the_list_while_typing(
    units: UnitStep, qtbot: QtBot
) -> None:
    first = chosen(units)
    qtbot.keyClick(units.search, Qt.Key.Key_Down)
    assert chosen(units) != first
    assert units.search.hasFocus()
    qtbot.keyClick(units.search, Qt.Key.Key_Up)
    assert chosen(units) == first


def test_units__what_lies_below_is_shown(units: UnitStep, qtbot: QtBot) -> None:
    about = child(units, QLabel, "new.unit.about")
    type_text(units.search, "310105")
    qtbot.waitUntil(lambda: "长宁区" in about.text())
    assert "10" in about.text()
    assert about.text().endswith("…")
    assert [one.code for one in units.subtree[:2]] == ["310105", "310105001"]
    assert len(units.subtree) == 11
    type_text(units.search, "001")
    qtbot.waitUntil(lambda: chosen(units) == "310105001")
    assert "华阳路街道" in about.text()
    assert "　" not in about.text(), "nothing below it, nothing named"


def test_units__nothing_found_is_said(
    units: UnitStep, qtbot: QtBot, say: Words
) -> None:
    type_text(units.search, "qqqqqq")
    qtbot.waitUntil(lambda: not units.ready)
    assert found(units) == []
    assert units.subtree == ()
    about = child(units, QLabel, "new.unit.about").text()
    assert about == say("No unit is called that. Try a part of its name or its code.")


def test_units__the_region_of_the_pack_is_offered_once(
    units: UnitStep, pack: Pack
) -> None:
    units.begin_for(pack)
    assert chosen(units) == "310105"
    units.search.setText("北京")
    units.begin_for(pack)
    assert units.search.text() == "北京", "what the person typed is kept"
    units.begin_for(pack.replaced(region=None))
    assert units.search.text() == ""
    assert len(found(units)) == 34


def test_units__a_region_offered_before_the_tree_is_there(
    qtbot: QtBot, start: UiStart, courier: Courier, pack: Pack
) -> None:
    step = UnitStep(start, courier)
    qtbot.addWidget(step)
    step.begin_for(pack)
    assert not step.ready
    qtbot.waitUntil(lambda: step.ready, timeout=SLOW)
    assert chosen(step) == "310105"


# --- Period and file ---------------------------------------------------------


@pytest.fixture
def file(qtbot: QtBot, start: UiStart, pack: Pack) -> FileStep:
    made = FileStep(start)
    qtbot.addWidget(made)
    made.begin_for(pack, COUNTY)
    return made


def about(step: FileStep) -> str:
    return child(step, QLabel, "new.file.about").text()


def test_file__proposes_period_name_and_folder(file: FileStep, start: UiStart) -> None:
    assert file.ready
    assert file.period_box.text() == "2025"
    wanted = start.places.documents / "310105 长宁区 2025.taizhang"
    assert file.path == wanted
    assert str(wanted) in about(file)
    assert "2025年" in about(file)


def test_file__the_name_follows_the_period_until_the_person_writes_one(
    file: FileStep,
) -> None:
    file.period_box.setText("2024")
    assert file.name_box.text() == "310105 长宁区 2024"
    file.name_box.setText("养老.taizhang")
    file.period_box.setText("2023")
    assert file.path is not None
    assert file.path.name == "养老.taizhang"


def test_file__a_period_of_another_kind_is_not_taken(file: FileStep) -> None:
    for text in ("2025Q3", "2025-13", "abc", ""):
        file.period_box.setText(text)
        assert not file.ready
        assert EXAMPLES[PeriodKind.YEAR] in about(file)


@pytest.mark.parametrize("name", ["a/b", "a:b", 'a"b', "a?b", "a\\b", "", "   "])
def test_file__a_name_no_disk_takes_is_refused(file: FileStep, name: str) -> None:
    file.name_box.setText(name)
    assert file.path is None
    assert not file.ready
    assert '< > : " / \\ | ? *' in about(file)


def test_file__without_a_folder_there_is_no_place(file: FileStep) -> None:
    file.folder_box.setText(" ")
    assert not file.ready


def test_file__a_folder_is_chosen_or_not(
    file: FileStep, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = child(file, QPushButton, "new.choose")
    before = file.folder_box.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert file.folder_box.text() == before
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/srv/x")
    qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    assert file.path is not None
    assert file.path.parent == Path("/srv/x")


def test_file__a_pack_of_months_asks_for_a_month(
    qtbot: QtBot, start: UiStart, pack: Pack
) -> None:
    step = FileStep(start)
    qtbot.addWidget(step)
    monthly = pack.replaced(period_kind=PeriodKind.MONTH)
    step.begin_for(monthly, COUNTY)
    assert step.period_box.text() == "2025-11"
    step.period_box.setText("2025")
    assert EXAMPLES[PeriodKind.MONTH] in about(step)
    step.period_box.setText("2024-02")
    step.begin_for(monthly, COUNTY)
    assert step.period_box.text() == "2024-02", "what the person wrote is kept"


@pytest.mark.parametrize(
    ("kind", "month", "code"),
    [
        (PeriodKind.YEAR, 11, "2025"),
        (PeriodKind.HALF, 6, "2025H1"),
        (PeriodKind.HALF, 7, "2025H2"),
        (PeriodKind.QUARTER, 3, "2025Q1"),
        (PeriodKind.QUARTER, 10, "2025Q4"),
        (PeriodKind.MONTH, 9, "2025-09"),
    ],
)
def test_present_period(kind: PeriodKind, month: int, code: str) -> None:
    assert present_period(kind, 2025, month).code == code


def test_step__is_not_answered_before_it_is_asked(qtbot: QtBot) -> None:
    step = Step()
    qtbot.addWidget(step)
    step.begin()
    assert not step.ready
