from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QListView
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.app.people.comfort import Comfort
from desktop.app.people.comfort import TextSize
from desktop.indicators.figures import Direction
from desktop.indicators.figures import Gap
from desktop.ui.indicators.bar_pictures import BarPictures
from desktop.ui.indicators.cards import CARD
from desktop.ui.indicators.cards import HEADING
from desktop.ui.indicators.cards import CardDelegate
from desktop.ui.indicators.cards import aside
from desktop.ui.indicators.chosen_model import ChosenModel
from desktop.ui.indicators.model import IndicatorsModel
from tests.small import INDICATORS
from tests.small import make_ledger
from tests.small import pack_data
from tests.small import pack_of
from tests.ui.desks import every

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace
    from tests.ui.conftest import Opener


def cards_of(qtbot: QtBot, work: Workplace) -> QListView:
    made = QListView()
    qtbot.addWidget(made)
    model = ChosenModel(IndicatorsModel(work, made), made)
    made.setModel(model)
    bars = BarPictures(work, made)
    bars.drawn.connect(made.viewport().update)
    made.setItemDelegate(CardDelegate(work, bars, model.leads, made))
    made.resize(400, 400)
    made.show()
    return made


@pytest.fixture
def cards(qtbot: QtBot, audited: Workplace) -> QListView:
    return cards_of(qtbot, audited)


def heights(cards: QListView) -> list[int]:
    option, model = QStyleOptionViewItem(), cards.model()
    delegate = cards.itemDelegate()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [delegate.sizeHint(option, index).height() for index in indexes]


def test_card__the_first_of_a_field_of_work_has_a_heading(
    qtbot: QtBot, open_work: Opener, tmp_path: Path
) -> None:
    other = {**INDICATORS[0], "id": "other", "domain": "health"}
    data = {**pack_data(), "indicators": [*INDICATORS, other]}
    work = open_work(make_ledger(tmp_path, pack_of(data)))
    made = cards_of(qtbot, work)
    assert heights(made) == [CARD + HEADING, CARD, CARD + HEADING]
    work.look.choose(Comfort(text=TextSize.HUGE))
    assert heights(made)[1] == round(CARD * 1.4)


def test_card__painted_with_a_bar_and_told_apart_when_chosen(
    qtbot: QtBot, cards: QListView
) -> None:
    before = cards.grab().toImage()
    [bars] = every(cards, BarPictures)
    with qtbot.waitSignal(bars.drawn):
        cards.grab()
    with_bar = cards.grab().toImage()
    assert with_bar != before
    cards.setCurrentIndex(cards.model().index(1, 0))
    assert cards.grab().toImage() != with_bar


def test_aside__short_words_for_what_is_left(audited: Workplace) -> None:
    model = IndicatorsModel(audited)
    reached, words_only = model.rows
    assert aside(reached) == "≥55%"
    assert aside(words_only) == "大幅增加"
    assert reached.figure is not None
    gap = Gap(Decimal(1037), "张", Direction.MORE)
    short = replace(reached, figure=replace(reached.figure, gap=gap))
    assert aside(short) == "还差 1,037 张"
    assert aside(replace(reached, figure=None)) == "≥55%（2025年）"
