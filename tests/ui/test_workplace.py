from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.commands import Need
from desktop.app.settings import load_settings
from desktop.ui.workplace import Habits
from desktop.ui.workplace import Workplace
from tests import small

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Opener


def test_workplace__gives_what_a_page_asks_for(work: Workplace) -> None:
    assert work.session is work.bridge.session
    assert work.pack.id == "small"
    assert work.period == "2025"
    assert work.form("eci").title == "养老机构调查表"
    assert work.say is work.start.say


def test_workplace__units_by_code(work: Workplace) -> None:
    street = work.unit(small.STREET)
    assert street is not None
    assert street.name == "华阳路街道"
    assert work.unit("999999") is None
    assert set(work.unit_by_code) == {small.COUNTY, small.STREET}


def test_writable__as_the_ledger_was_opened(
    open_work: Opener, small_ledger: Path, work: Workplace
) -> None:
    assert work.writable
    reading = open_work(small_ledger, read_only=True)
    assert not reading.writable
    reading.desk.set_need(Need.WRITABLE, holds=True)
    assert reading.writable


def test_habits__are_kept_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    habits = Habits(path)
    assert habits.now.recent == ()
    habits.keep(habits.now.arranged("columns.eci", "[1]"))
    assert habits.now.layout == {"columns.eci": "[1]"}
    assert Habits(path).now == habits.now == load_settings(path)
