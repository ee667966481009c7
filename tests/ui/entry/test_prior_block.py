"""The few lines about a cell's past; the panel's tests show them in their place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from desktop.app.entry.beside import Beside
from desktop.app.entry.prior_values import Prior
from desktop.core.cells import BLANK
from desktop.ui.entry import prior_block
from desktop.ui.entry.prior_block import PriorBlock
from tests import small
from tests.ui.desks import child
from tests.ui.desks import drain
from tests.ui.desks import record_named

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.workplace import Workplace


@pytest.fixture
def block(qtbot: QtBot, work: Workplace, monkeypatch: pytest.MonkeyPatch) -> PriorBlock:
    monkeypatch.setattr(prior_block, "REST_MS", 0)
    made = PriorBlock(work)
    qtbot.addWidget(made)
    return made


def beside(work: Workplace, before: int | None = 80) -> Beside:
    record = record_named(work, "eci", "好院")
    year = small.YEAR.previous()
    prior = Prior(year, {"beds_total": BLANK if before is None else before})
    return Beside(record, (prior,), {}, {})


def text(block: PriorBlock, name: str = "side.previous") -> str:
    return child(block, QLabel, name).text()


def test_show__the_change_and_then_the_share(
    qtbot: QtBot, block: PriorBlock, work: Workplace
) -> None:
    field = work.form("eci").by_id["beds_total"]
    block.show_cell(beside(work), field, jump=False)
    assert text(block) == "上年 80 → 本年 100，+20（+25.0 %）"
    qtbot.waitUntil(
        lambda: text(block, "side.share") == "占华阳路街道 50.0 %，占长宁区 33.3 %"
    )


def test_show__the_same_again_is_not_added_up_again(
    qtbot: QtBot, block: PriorBlock, work: Workplace
) -> None:
    field, found = work.form("eci").by_id["beds_total"], beside(work)
    block.show_cell(found, field, jump=False)
    qtbot.waitUntil(lambda: text(block, "side.share") != "")
    block.show_cell(found, field, jump=False)
    assert not child(block, QLabel, "side.share").isHidden()
    block.show_cell(found, field, jump=True)
    assert "这一变动需要说明。" in text(block)


def test_clear__forgets_what_is_still_being_added_up(
    qtbot: QtBot, block: PriorBlock, work: Workplace
) -> None:
    field = work.form("eci").by_id["beds_total"]
    block.show_cell(beside(work), field, jump=False)
    block._add_up()  # noqa: SLF001 - as its timer does
    block.clear()
    drain(work)
    assert text(block, "side.share") == ""
    assert block.isHidden()
    block._add_up()  # noqa: SLF001 - the timer of a cell that was left
    assert text(block, "side.share") == ""


def test_price__has_a_past_and_no_share(
    qtbot: QtBot, block: PriorBlock, work: Workplace
) -> None:
    record = record_named(work, "eci", "好院")
    prior = Prior(small.YEAR.previous(), {"price": Decimal("12.50")})
    field = work.form("eci").by_id["price"]
    block.show_cell(Beside(record, (prior,), {}, {}), field, jump=False)
    assert text(block) == "上年 12.50"
    drain(work)
    assert text(block, "side.share") == ""


def test_close__a_ledger_that_is_closed_is_not_asked(
    block: PriorBlock, work: Workplace
) -> None:
    field, found = work.form("eci").by_id["beds_total"], beside(work)
    block.show_cell(found, field, jump=False)
    work.bridge.close()
    block._add_up()  # noqa: SLF001 - as its timer does
    assert text(block, "side.share") == ""
