from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QRadioButton

from desktop.app.ledgers.choosing import Choice
from desktop.app.ledgers.choosing import choices_of
from desktop.forms.base import Citation
from desktop.ui.ledgers.choice_panel import ChoicePanel
from tests import small
from tests.ui.desks import child
from tests.ui.desks import every

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words

PACK = small.choosing_pack()


@pytest.fixture
def panel(qtbot: QtBot, say: Words) -> ChoicePanel:
    made = ChoicePanel(say)
    qtbot.addWidget(made)
    return made


def beds() -> Choice:
    """Give the definition, one of whose options cites a plan."""
    definition = PACK.definitions[0]
    source = Citation(plan="示范县方案", file="plan.txt", quote="运营中的床位")
    cited = definition.options[0].replaced(source=source, ours=None, note="（节选）")
    what = definition.replaced(options=(cited, definition.options[1]))
    return Choice("definition.beds", what, "all", "all", own=False)


def texts(panel: ChoicePanel) -> list[str]:
    return [each.text() for each in every(panel, QLabel)]


def test_panel__says_whose_words_each_option_rests_on(panel: ChoicePanel) -> None:
    panel.show_choice(beds())

    assert "原文：“运营中的床位”（原文文件 plan.txt）（节选）" in texts(panel)
    assert "本系统的理解：演示" in texts(panel)
    assert child(panel, QRadioButton, "option.all").isChecked()


def test_panel__words_that_come_late_keep_what_was_picked(
    qtbot: QtBot, panel: ChoicePanel
) -> None:
    panel.take_words({})
    panel.show_choice(beds())
    with qtbot.waitSignal(panel.picked) as heard:
        child(panel, QRadioButton, "option.closed_too").click()
    assert heard.args == ["closed_too"]

    panel.take_words({("beds", "all"): "养老机构总床位数"})

    assert panel.value == "closed_too"
    assert "养老机构总床位数" in texts(panel)
    ticked = [each for each in every(panel, QRadioButton) if each.isChecked()]
    assert ticked[-1].objectName() == "option.closed_too"


def test_panel__a_number_without_bounds(qtbot: QtBot, panel: ChoicePanel) -> None:
    _, jump, free = choices_of(PACK, {})
    panel.show_choice(jump)
    assert "可以填 1 到 3" in texts(panel)
    panel.take_words({})
    panel.show_choice(free)
    panel.put("0.75")

    boxes = every(panel, QLineEdit, "choice.number")
    assert boxes[-1].text() == "0.75"
    assert panel.value == "0.75"
    assert not any("到" in text for text in texts(panel)[-2:])
