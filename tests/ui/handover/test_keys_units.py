from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.key_words import state_in_words
from desktop.exchange.keys_known import Past
from desktop.exchange.keys_known import Trust
from desktop.ui.handover.keys_units import UnitKeysPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.core.words import Words
    from desktop.ui.workplace import Workplace


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, "还没有见过密钥"),
        (Trust.SEEN, "未登记"),
        (Trust.CHECKED, "已核对"),
        (Past.REPLACED, "已更换"),
        (Past.REVOKED, "已作废"),
    ],
)
def test_state_in_words__is_one_a_clerk_knows(
    say: Words, state: Trust | Past | None, said: str
) -> None:
    assert state_in_words(state, say) == said


def test_panel__before_anything_was_read_offers_nothing(
    work: Workplace, qtbot: QtBot
) -> None:
    panel = UnitKeysPanel(work)
    qtbot.addWidget(panel)
    assert panel.unit is None
