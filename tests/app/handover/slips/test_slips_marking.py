from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.slips.receipts import PackageState
from desktop.app.handover.slips.receipts import accept
from desktop.app.handover.slips.receipts import state_of
from desktop.app.handover.slips.slips import agree_to
from desktop.app.handover.slips.slips_marking import Wanted
from desktop.app.handover.slips.slips_marking import send_back
from desktop.exchange.slip import ItemState
from desktop.exchange.slip_facts import slips_in
from tests.app.handover.back_and_forth import CODE
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import refused
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.back_and_forth import states
from tests.app.handover.back_and_forth import taken_in
from tests.app.handover.back_and_forth import the
from tests.exchange.townships import EAST
from tests.exchange.townships import Desks
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import opened
from tests.exchange.townships import put
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import undo
from tests.small import pack_data
from tests.small import pack_of

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.handover.receiving.reading import Read
    from desktop.store.ledger import Ledger

BEDS = "eci/甲院/beds_total"
NURSING = "eci/乙院/eci.nursing_within_total"


@pytest.fixture
def first(over: Ledger, below: Ledger) -> Read:
    read = submit(below)
    take(over, read)
    return read


def test_send_back__no_figure_changes(over: Ledger, first: Read) -> None:
    before = content_of(over)

    sent_back(over, first, BEDS, "  与上年相差太大 ")
    sent_back(over, first, NURSING)
    sent_back(over, first, f"area/{EAST}/pop_60plus")

    assert content_of(over) == before
    item = the(over, BEDS).item
    assert (item.reason, item.name, item.field_title) == (
        "与上年相差太大",
        "甲院",
        "总床位数",
    )
    assert item.returned == ("n:10", "", "")
    found = the(over, NURSING).item
    assert found.says == "护理型床位数（30）不能大于总床位数（20）"
    assert (found.level, found.returned) == ("error", ("n:30", "n:20", "", ""))
    unit = the(over, f"area/{EAST}/pop_60plus").item
    assert (unit.name, unit.number) == ("华阳路街道", 3)
    assert not any(one.issued for one in (the(over, BEDS), the(over, NURSING)))


def test_send_back__a_finding_about_what_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is computed cannot be typed: any cell it may come from counts."""
    data = pack_data()
    rule = {**data["rules"][0], "fields": ["level"], "form": "area"}
    rule |= {"id": "area.some", "check": "pop_60plus > 0", "says": "要有人"}
    pack = pack_of({**data, "rules": [*data["rules"], rule]})
    monkeypatch.setattr("tests.exchange.townships.small_pack", lambda: pack)
    desks = Desks(tmp_path)
    with (
        opened(desks.new(*county_units())) as over,
        opened(desks.new(street(EAST))) as below,
    ):
        put(below, area(EAST), "pop_60plus", 0)
        read = submit(below)
        take(over, read)

        sent_back(over, read, f"area/{EAST}/area.some")

        item = the(over).item
        assert (item.fields, item.returned) == (("pop_60plus",), ("n:0", "", ""))
        assert item.field_title == "单元层级"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted("eci", "甲院", "beds_total"), "slips.no_reason"),
        (Wanted("none", "甲院", "beds_total", reason="x"), "slips.unknown_form"),
        (Wanted("eci", "丁院", "beds_total", reason="x"), "slips.unknown_record"),
        (Wanted("eci", "甲院", "none", reason="x"), "slips.unknown_field"),
        (Wanted("area", EAST, "level", reason="x"), "slips.not_typed"),
        (
            Wanted("eci", "甲院", rule="eci.nursing_within_total", reason="x"),
            "slips.no_finding",
        ),
        (Wanted("eci", "甲院", rule="none", reason="x"), "slips.no_finding"),
    ],
)
def test_send_back__error(over: Ledger, first: Read, wanted: Wanted, code: str) -> None:
    found = send_back(over, package_of(over, first), [wanted])

    assert refused(found) == code
    assert slips_in(over.choices(CODE)) == {}


def test_send_back__several_for_a_day(over: Ledger, first: Read) -> None:
    package = package_of(over, first)
    wanted = [
        Wanted("eci", "甲院", "beds_total", reason="核对"),
        Wanted("eci", "乙院", "price", reason="请填"),
    ]
    assert refused(send_back(over, package, wanted, "明天")) == "slips.bad_day"

    action = done(over, send_back(over, package, wanted, "2026-01-20"))

    assert action.title.code == "slips.action.return_all"
    assert {one.slip.due for one in (the(over, BEDS), the(over, "eci/乙院/price"))} == {
        "2026-01-20"
    }


def test_send_back__what_does_not_count__error(over: Ledger, first: Read) -> None:
    undo(over, first)

    wanted = Wanted("eci", "甲院", "beds_total", reason="x")

    found = send_back(over, package_of(over, first), [wanted])
    assert refused(found) == "slips.not_counting"


def test_send_back__again_and_again(over: Ledger, below: Ledger, first: Read) -> None:
    """Before it went out the words change; afterwards it goes out anew."""
    sent_back(over, first, BEDS, "一")
    sent_back(over, first, BEDS, "二")
    assert [(o.item.round, o.item.reason) for o in [the(over)]] == [(1, "二")]
    taken_in(below, issued(over))
    beds(below, "甲院", 12)
    second = submit(below)
    take(over, second)

    sent_back(over, second, BEDS, "三")

    item = the(over).item
    assert (item.round, item.reason, item.returned) == (2, "三", ("n:12", "", ""))
    assert item.package == package_of(over, second).id
    out = issued(over)
    assert out.slip.edition == 2
    taken_in(below, out)
    assert states(below) == {BEDS: ItemState.OPEN}


def test_send_back__what_was_accepted__is_so_no_longer(
    over: Ledger, first: Read
) -> None:
    package = package_of(over, first)
    done(over, accept(over, package, "2026-01-20"))

    sent_back(over, first, BEDS)

    assert state_of(over, package.id) is PackageState.RECEIVED
    issued(over)
    assert state_of(over, package.id) is PackageState.RETURNED


def test_send_back__a_slip_that_is_done_with__a_new_one(
    over: Ledger, below: Ledger, first: Read
) -> None:
    sent_back(over, first, BEDS)
    issued(over)
    beds(below, "甲院", 12)
    second = submit(below)
    take(over, second)
    done(over, agree_to(over, [the(over)]))
    old = the(over).slip.id

    sent_back(over, second, NURSING)

    assert the(over, NURSING).slip.id != old
    assert the(over, NURSING).item.number == 1
