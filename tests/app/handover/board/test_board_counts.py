from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.board.board_counts import Carried
from desktop.app.handover.board.board_counts import Holdings
from desktop.app.handover.board.board_counts import read_carried
from desktop.app.progress import run_steps
from tests.app.handover.boards import VILLAGE
from tests.app.handover.boards import handed_in
from tests.app.handover.boards import village
from tests.exchange.townships import COUNTY
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import county_units
from tests.exchange.townships import nil
from tests.exchange.townships import opened
from tests.exchange.townships import street
from tests.exchange.townships import take
from tests.small import YEAR

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def test_holdings__each_unit_with_what_is_below_it(desks: Desks) -> None:
    with opened(desks.new(*county_units(), village())) as county:
        add(county, "村院", VILLAGE, beds_total=1)
        add(county, "东院", EAST, beds_total=1)
        nil(county, WEST, now=True)
        held = Holdings(county, YEAR.code)
        units = county.units()
    assert [form.id for form in held.forms] == ["eci", "area"]
    assert held.of(VILLAGE, "eci").records == 1
    assert held.of(EAST, "eci").records == 2
    assert held.of(COUNTY, "eci").written == 2
    assert (held.of(WEST, "eci").records, held.of(WEST, "eci").nil) == (0, True)
    # The record of every unit came with the period: nobody has written to it.
    assert (held.of(WEST, "area").records, held.of(WEST, "area").written) == (1, 0)
    assert [held.begun(code) for code in (EAST, WEST, VILLAGE)] == [True] * 3
    assert held.present(units[1:]) == 3


def test_holdings__nothing_was_written(desks: Desks) -> None:
    with opened(desks.new(*county_units())) as county:
        held = Holdings(county, YEAR.code)
    assert not held.begun(EAST)
    assert held.present([]) == 0


def test_read_carried__once_a_package(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    east = desks.new(street(EAST))
    with opened(east) as ledger:
        add(ledger, "甲院", EAST, beds_total=10)
    sums = handed_in(east, frozenset({"area"}))
    assert sums.envelope is not None
    known: dict[str, Carried] = {}
    with opened(desks.new(*county_units())) as county:
        take(county, sums)
        id_ = sums.envelope.digest
        run_steps(read_carried(county, [id_], known))
        assert known == {id_: Carried(frozenset({"area"}), frozenset({"eci"}))}
        monkeypatch.setattr(county, "package_data", None)
        run_steps(read_carried(county, [id_], known))
        monkeypatch.setattr(county, "package_data", lambda _: b"damaged")
        run_steps(read_carried(county, ["another"], known))
    assert list(known) == [id_]
