"""How files are written: what is chosen is kept for next time, for each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox

from desktop.app.reports.unit_report import EVERYTHING
from desktop.app.reports.unit_report import Wish
from desktop.export.layout import Binding
from desktop.export.pdf.archive import Conformance
from desktop.export.report import Chapter
from desktop.ui.files.export_dialog import ExportChoices
from desktop.ui.files.forms_choice import FormsButton
from tests.ui.desks import child
from tests.ui.desks import nameless

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


def choices(qtbot: QtBot, work: Workplace, part: str = "batch") -> ExportChoices:
    made = ExportChoices(work, part)
    qtbot.addWidget(made)
    made.show()
    return made


def test_choices__begin_with_what_is_usual(qtbot: QtBot, work: Workplace) -> None:
    made = choices(qtbot, work)
    assert made.wish == EVERYTHING
    assert made.binding is Binding.BOUND
    assert made.archiving.conformance is Conformance.A1B
    assert nameless(made) == []


def test_choices__are_kept_for_the_place_they_were_made_at(
    qtbot: QtBot, work: Workplace
) -> None:
    made = choices(qtbot, work)
    child(made, QCheckBox, "batch.chapters").setChecked(False)
    for name in ("binding", "archive"):
        box = child(made, QComboBox, f"batch.{name}")
        box.setCurrentIndex(1)
        box.activated.emit(1)
    with qtbot.waitSignal(made.changed):
        child(made, FormsButton, "forms.choose").choose(("eci",))
    assert made.wish == Wish(("eci",), frozenset(Chapter))
    again = choices(qtbot, work)
    assert again.binding is Binding.SCREEN
    assert again.archiving.conformance is Conformance.A3B
    assert again.wish.left_out == frozenset(Chapter)
    assert choices(qtbot, work, "export").binding is Binding.BOUND
