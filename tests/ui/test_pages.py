"""Every page of the desk can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.ui.desk import Page
from desktop.ui.pages import make_page

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.mark.parametrize("page", Page)
def test_make_page__each_is_of_its_own_kind(
    work: Workplace, qtbot: QtBot, page: Page
) -> None:
    made = make_page(page, work)
    qtbot.addWidget(made)
    assert page.value in type(made).__name__.lower()
