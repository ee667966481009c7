from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.events import FindingsChanged
from desktop.app.opening import open_ledger
from desktop.app.outlook import Outlook
from desktop.app.store_thread import StoreThread
from desktop.core.findings import RecordId
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from tests.small import COUNTY
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.app.events import Event


@pytest.fixture
def thread(tmp_path: Path) -> Iterator[StoreThread]:
    made = StoreThread(lambda: open_ledger(make_ledger(tmp_path), person()))
    yield made
    made.close()


@pytest.mark.parametrize("period", [None, YEAR, Period(PeriodKind.YEAR, 1999)])
def test_begins__with_a_period_that_the_ledger_has(
    thread: StoreThread, tmp_path: Path, period: Period | None
) -> None:
    outlook = Outlook(thread, tmp_path, person(), period)
    assert outlook.period == YEAR
    assert outlook.root.code == COUNTY
    assert outlook.forms() == tuple(form.id for form in outlook.pack.forms)
    assert outlook.parameters["period"] == YEAR.code
    assert outlook.choices == {}


def test_tell__the_board_knows_before_anybody_hears(
    thread: StoreThread, tmp_path: Path
) -> None:
    outlook = Outlook(thread, tmp_path, person(), None)
    event = FindingsChanged("eci", {RecordId(1): ()}, all_records=True)
    known: list[bool] = []
    heard: list[Event] = []
    outlook.subscribe(lambda _: known.append(outlook.board.tally("eci").audited))
    stop = outlook.subscribe(heard.append)
    outlook.tell(event)
    stop()
    stop()
    outlook.tell(event)
    assert (known, heard) == ([True, True], [event])
