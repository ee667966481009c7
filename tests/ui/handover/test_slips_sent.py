"""What a county sends back, followed to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.app.handover.slips.slips_taken import read_back
from desktop.exchange.slip import Slip
from desktop.exchange.slip_files import Arrived
from desktop.ui.handover.slips_dialogs import FindingsDialog
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import sent_back
from tests.exchange.townships import beds
from tests.exchange.townships import opened
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.ui.desks import every
from tests.ui.handover.slips_shown import CELL
from tests.ui.handover.slips_shown import press
from tests.ui.handover.slips_shown import say_in
from tests.ui.handover.slips_shown import settle
from tests.ui.handover.slips_shown import shown
from tests.ui.handover.slips_shown import text_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.store.ledger import Ledger
    from tests.ui.conftest import Opener


def test_tab__a_county_sends_back_agrees_and_accepts(
    qtbot: QtBot,
    open_work: Opener,
    county: Path,
    east: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = open_work(county)
    with qtbot.waitSignal(work.bridge.figures_changed, timeout=30_000):
        work.session.refresh()
    tab = shown(qtbot, work)
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *_: str(out), raising=True
    )

    press(tab, "slips.mark")
    (dialog,) = every(tab, FindingsDialog)
    assert [one.rule for one in dialog.wanted()] == ["eci.nursing_within_total"]
    dialog.keep()
    assert dialog.told.isVisible(), "nothing goes back without a reason"
    say_in(tab, "护理型床位不能多于总床位")
    assert "列入" not in text_of(tab, "slips.fault")
    unit = tab.sent.unit()
    assert unit is not None
    assert [one.issued for one in unit.items] == [False]
    with qtbot.waitSignal(tab.actions_.told, timeout=30_000):
        press(tab, "slips.issue")
    settle(tab)
    assert sorted(path.suffix for path in out.iterdir()) == [".pdf", ".tzs"]
    top = tab.sent.tree.topLevelItem(0)
    assert (top.text(0), top.text(1)) == ("华阳路街道", "退回")

    tab.sent.tree.setCurrentItem(top.child(0))
    press(tab, "slips.accept")
    assert "还有 1 项待改" in text_of(tab, "slips.fault")
    press(tab, "slips.drop")
    settle(tab)
    said = []
    for _ in range(2):
        press(tab, "slips.accept")
        settle(tab)
        said.append(tab.sent.tree.topLevelItem(0).text(1)[:3])
    assert said == ["验收 ", "已接收"]


def test_tab__a_county_follows_items_to_the_end(
    qtbot: QtBot,
    open_work: Opener,
    county: Path,
    east: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Corrected, sent back once more, corrected again, agreed to, receipt."""
    with opened(county) as ledger, opened(east) as street_:
        first = submit(street_)
        sent_back(ledger, first, CELL, "与上年相差太大")
        issued(ledger)
        beds(street_, "甲院", 12)
        take(ledger, submit(street_, "second.xlsx"))
    work = open_work(county)
    tab = shown(qtbot, work)
    top = tab.sent.tree.topLevelItem(0)
    tab.sent.tree.setCurrentItem(top.child(0))
    assert top.child(0).text(1) == "已改，待核"
    with qtbot.waitSignal(work.desk.sought) as sought:
        press(tab, "slips.go")
    assert sought.args[0].field == "beds_total"

    press(tab, "slips.again")
    say_in(tab, "仍请核对床位证")

    line = tab.sent.tree.topLevelItem(0).child(0)
    assert line.text(1) == "还没发出（第 2 次退回）"
    assert tab.sent.item() is not None, "what was chosen stays chosen"

    def meanwhile(ledger: Ledger) -> None:
        issued(ledger)
        with opened(east) as street_:
            beds(street_, "甲院", 13)
            take(ledger, submit(street_, "third.xlsx"))

    work.session.thread.call(meanwhile).result()
    settle(tab)
    press(tab, "slips.agree")
    settle(tab)
    assert tab.sent.tree.topLevelItem(0).child(0).text(1).startswith("已核")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    top = tab.sent.tree.topLevelItem(0)
    tab.sent.tree.setCurrentItem(top)
    tab.sent.tree.itemActivated.emit(top, 0)
    with qtbot.waitSignal(tab.actions_.told, timeout=30_000) as told:
        press(tab, "slips.receipt")
    assert "已写好并读回核对" in told.args[0]
    assert len(list(tmp_path.glob("*.tzr"))) == 1


def test_tab__nothing_found__says_how_to_send_a_cell_back(
    qtbot: QtBot, open_work: Opener, county: Path
) -> None:
    """The audit has not been through: the board has nothing yet."""
    tab = shown(qtbot, open_work(county))

    press(tab, "slips.mark")

    assert "要退回某一格" in text_of(tab, "slips.fault")


def test_tab__a_slip_without_anything_left__goes_out_all_the_same(
    qtbot: QtBot,
    open_work: Opener,
    county: Path,
    east: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The unit has to hear that nothing is to be corrected any more."""
    with opened(county) as ledger, opened(east) as street_:
        first = submit(street_)
        sent_back(ledger, first, CELL)
        issued(ledger)
    tab = shown(qtbot, open_work(county))
    tab.sent.tree.setCurrentItem(tab.sent.tree.topLevelItem(0).child(0))
    press(tab, "slips.drop")
    settle(tab)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))

    with qtbot.waitSignal(tab.actions_.told, timeout=30_000):
        press(tab, "slips.issue")

    (file,) = tmp_path.glob("*-2.tzs")
    came = read_back(file)
    assert isinstance(came, Arrived)
    assert isinstance(came.what, Slip)
    assert came.what.items == ()
    outdated = replace(came.what, id="gone-1", edition=0)
    with qtbot.waitSignal(tab.actions_.complained, timeout=30_000):
        tab.actions_.go_out(outdated)


def test_tab__no_folder_is_chosen__nothing_is_written(
    qtbot: QtBot,
    open_work: Opener,
    county: Path,
    east: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with opened(county) as ledger, opened(east) as street_:
        sent_back(ledger, submit(street_), CELL)
    tab = shown(qtbot, open_work(county))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    press(tab, "slips.issue")
    press(tab, "slips.receipt")
    assert list(tmp_path.glob("*.tz?")) == [], "no folder was chosen"
