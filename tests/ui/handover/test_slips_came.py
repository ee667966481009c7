"""What came back to a township, and what it does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.keeping.signing import make_key
from desktop.app.handover.keeping.signing import sign
from desktop.app.handover.slips.slip_writing import write_back
from desktop.core.manifest import digest_of
from desktop.core.messages import Message
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import receipt
from tests.app.handover.back_and_forth import sent_back
from tests.exchange.townships import opened
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.ui.desks import RESOURCES
from tests.ui.handover.slips_shown import CELL
from tests.ui.handover.slips_shown import drop
from tests.ui.handover.slips_shown import lines_of
from tests.ui.handover.slips_shown import press
from tests.ui.handover.slips_shown import say_in
from tests.ui.handover.slips_shown import shown
from tests.ui.handover.slips_shown import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Opener


def test_tab__a_township_corrects_and_answers(
    qtbot: QtBot, open_work: Opener, county: Path, east: Path, tmp_path: Path
) -> None:
    with opened(county) as ledger, opened(east) as street_:
        make_key(ledger)
        first = submit(street_)
        take(ledger, first)
        sent_back(ledger, first, CELL, "与上年相差太大")
        sent_back(ledger, first, "eci/乙院/price", "请填")
        slip = issued(ledger)
        told = receipt(ledger, first)
        signed = sign(ledger, digest_of(slip.data))
    assert not isinstance(signed, Message)
    fonts = RESOURCES / "fonts"
    files = [
        write_back(slip, tmp_path, fonts, signed)[0],
        write_back(told, tmp_path, fonts)[0],
    ]
    work = open_work(east)
    tab = shown(qtbot, work)

    drop(tab, *files)

    assert lines_of(tab) == ["待改", "待改"]
    assert "长宁区的回执：第 3 版，退回" in tab.came.receipts.text()
    # Whose signature each has, in the words of 收表; the receipt has lost its own.
    assert "没有签名" in tab.came.receipts.text()
    assert "长宁区的退回单：有签名，与上次是同一把密钥" in tab.came.signed.text()
    assert "有 2 处待改" in tab.came.summary.text()
    drop(tab, files[0])
    assert "已经读入过" in text_of(tab, "slips.fault")
    drop(tab, east)
    assert "不是退回单或回执" in text_of(tab, "slips.fault")
    with qtbot.waitSignal(work.desk.sought) as sought:
        press(tab, "slips.go")
    (place,) = sought.args
    assert (place.form, place.field) == ("eci", "beds_total")
    press(tab, "slips.answer")
    say_in(tab, "去年漏报了一个院区")
    assert "去年漏报了一个院区" in tab.came.tree.topLevelItem(0).text(6)
    assert lines_of(tab) == ["已改，待上报", "待改"]
    tab.came.tree.setCurrentItem(tab.came.tree.topLevelItem(0))
    press(tab, "slips.answer")
    say_in(tab, "")
    assert lines_of(tab) == ["待改", "待改"]
