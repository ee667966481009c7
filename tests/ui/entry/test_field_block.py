from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from desktop.ui.entry.field_block import FieldBlock
from desktop.ui.entry.field_block import WordsBlock
from desktop.ui.entry.field_block import states_hint
from tests.kinds import field_of_kind
from tests.ui.desks import every

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace


def shown(block: FieldBlock | WordsBlock) -> list[str]:
    return [one.text() for one in every(block, QLabel) if not one.isHidden()]


def test_field__title_measure_and_how_it_is_filled(
    qtbot: QtBot, kinds_work: Workplace
) -> None:
    block = FieldBlock(kinds_work.say)
    qtbot.addWidget(block)
    fields = kinds_work.form("kinds").by_id
    block.show_field(fields["count"])
    assert shown(block)[:2] == ["个数", "计量单位：个"]
    block.show_field(fields["double"])
    assert shown(block) == ["两倍", "由程序计算，不能录入。"]
    block.show_form(kinds_work.form("area"))
    assert shown(block) == ["统计单元与人口表", "每个单元一条"]


def test_words__explanation_and_its_source(qtbot: QtBot, kinds_work: Workplace) -> None:
    block = WordsBlock(kinds_work.say)
    qtbot.addWidget(block)
    fields = kinds_work.form("kinds").by_id
    block.show_field(fields["name"])
    assert shown(block)[0] == "登记证上的名称"
    assert shown(block)[1].startswith("出处")
    for field in (fields["count"], None):
        block.show_field(field)
        assert shown(block) == []


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("integer", "Del 留空，按 / 不适用，按 * 或 ? 不详；没有就填 0。"),
        ("text", "Del 留空，Ctrl+Shift+N 不适用，Ctrl+Shift+U 不详。"),
    ],
)
def test_states_hint__the_keys_of_a_kind(say: Words, kind: str, keys: str) -> None:
    assert states_hint(say, field_of_kind(kind)) == keys


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("integer", "Del 留空，按 * 或 ? 不详；没有就填 0。"),
        ("text", "Del 留空，Ctrl+Shift+U 不详。"),
    ],
)
def test_states_hint__where_not_applicable_is_no_answer(
    say: Words, kind: str, keys: str
) -> None:
    asked = field_of_kind(kind).replaced(not_applicable=False)
    assert states_hint(say, asked) == keys


def test_states_hint__none_for_what_is_not_typed(
    say: Words, kinds_work: Workplace
) -> None:
    assert states_hint(say, kinds_work.form("kinds").by_id["double"]) == ""
