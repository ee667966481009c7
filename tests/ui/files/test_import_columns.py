from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QWidget

from desktop.ui.files.import_columns import CarryBox
from desktop.ui.files.import_columns import ImportColumns
from desktop.ui.files.import_dialog import ImportDialog
from tests.levels import make_levels
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import every
from tests.ui.desks import nameless
from tests.ui.desks import records

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener

TABLE = """机构名称,床位合计甲,床位合计乙,备注,备注
新一院,80,20,好,坏
新二院,90,30,好,坏
"""


class Importer:
    """A person who has a file read."""

    def __init__(
        self, qtbot: QtBot, work: Workplace, path: Path, form: str = "eci"
    ) -> None:
        self.qtbot, self.work = qtbot, work
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.dialog = ImportDialog(work, work.form(form), self.window)
        self.dialog.show()
        self.columns = child(self.dialog, ImportColumns, "import.columns")
        self.button = child(self.dialog, QPushButton, "import.apply")
        child(self.dialog, QLineEdit, "import.file").setText(str(path))
        self.dialog.read()
        qtbot.waitUntil(lambda: self.columns.count > 0, timeout=30_000)
        drain(work)
        [self.tabs] = every(self.dialog, QTabWidget)
        self.tabs.setCurrentWidget(self.columns)

    def box(self, column: int) -> CarryBox:
        return child(self.columns, CarryBox, f"import.carries.{column}")

    def note(self, column: int) -> str:
        return child(self.columns, QLabel, f"import.note.{column}").text()

    def carries(self) -> list[str]:
        return [str(self.box(column).currentData()) for column in self.order()]

    def order(self) -> list[int]:
        names = [box.objectName() for box in every(self.columns, CarryBox)]
        return sorted(int(name.rsplit(".", 1)[1]) for name in names)

    def say_otherwise(self, place: int, target: str) -> None:
        """Choose with the keyboard: the list of choices is gone through by arrows."""
        box = self.box(self.order()[place])
        box.setFocus()
        steps = box.findData(target) - box.currentIndex()
        key = Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up
        for _ in range(abs(steps)):
            self.qtbot.keyClick(box, key)
        drain(self.work)


@pytest.fixture
def importer(qtbot: QtBot, work: Workplace, tmp_path: Path) -> Importer:
    path = tmp_path / "名册.csv"
    path.write_text(TABLE, encoding="utf-8")
    return Importer(qtbot, work, path)


def test_columns__show_what_the_plan_takes_them_for(importer: Importer) -> None:
    assert importer.carries() == ["name", "", "", "", ""]
    texts = [label.text() for label in every(importer.columns, QLabel)]
    assert importer.work.say("For example: {text}", text="新一院") in texts


def test_columns__the_persons_word_is_planned_and_imported(importer: Importer) -> None:
    importer.say_otherwise(1, "beds_total")
    assert importer.carries() == ["name", "beds_total", "", "", ""]
    assert importer.tabs.currentWidget() is importer.columns
    assert importer.box(importer.order()[1]).hasFocus(), "one can go on to the next"
    importer.say_otherwise(2, "beds_nursing")
    importer.button.click()
    importer.qtbot.waitUntil(lambda: len(records(importer.work, "eci")) == 5)
    found = {r.cell("name"): r.cells for r in records(importer.work, "eci")}
    assert found["新一院"]["beds_total"] == 80
    assert found["新二院"]["beds_nursing"] == 30


def test_columns__an_item_has_one_column(importer: Importer) -> None:
    importer.say_otherwise(1, "beds_total")
    importer.say_otherwise(2, "beds_total")
    assert importer.carries() == ["name", "", "beds_total", "", ""]
    importer.say_otherwise(2, "beds_nursing")
    assert importer.carries() == ["name", "beds_total", "beds_nursing", "", ""]


def test_columns__a_word_that_leaves_no_plan_can_be_taken_back(
    importer: Importer,
) -> None:
    importer.say_otherwise(0, "")
    fault = child(importer.dialog, QLabel, "import.fault")
    assert fault.isVisible()
    assert not importer.button.isEnabled()
    assert importer.columns.isVisible()
    importer.say_otherwise(0, "name")
    assert not fault.isVisible()
    assert importer.button.isEnabled()


def test_columns__heads_that_are_alike_cannot_be_told_apart(
    importer: Importer,
) -> None:
    *_, fourth, fifth = importer.order()
    assert not importer.box(fourth).isEnabled()
    assert not importer.box(fifth).isEnabled()
    assert importer.note(fourth)


def test_columns__what_is_not_taken_says_why(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    with make_levels(tmp_path) as ledger:
        path = ledger.path
    work, table = open_work(path), tmp_path / "机构.csv"
    table.write_text("名称,床位,床位,护理占比\n新院,80,90,25\n", encoding="utf-8")
    importer = Importer(qtbot, work, table, "home")
    notes = [importer.note(column) for column in importer.order()]
    alike = work.say("Several columns have this head; rename them in the file")
    assert notes == ["", alike, alike, work.say("Filled by the program")]


def test_columns__the_wheel_changes_no_choice(importer: Importer) -> None:
    box = importer.box(importer.order()[0])
    box.setFocus()
    point = QPointF(5, 5)
    event = QWheelEvent(
        point,
        box.mapToGlobal(point),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert box.currentData() == "name"


def test_columns__fit_a_low_screen_and_speak(importer: Importer) -> None:
    assert importer.dialog.height() <= 560
    assert nameless(importer.columns) == []
