"""How far each item is, at both ends, through everything that may happen to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.app.audit.auditing import audit_form
from desktop.app.handover.slips import returning
from desktop.app.handover.slips.receipts import PackageState
from desktop.app.handover.slips.receipts import accept
from desktop.app.handover.slips.receipts import state_of
from desktop.app.handover.slips.returning import occurring
from desktop.app.handover.slips.returning import tracked
from desktop.app.handover.slips.slips import agree_to
from desktop.core.messages import message
from desktop.exchange.slip import ItemState
from desktop.exchange.slip_facts import acknowledged
from desktop.exchange.slip_facts import changes_to
from desktop.rules.audit import BrokenRule
from desktop.rules.findings import broken_finding
from desktop.store.errors import QueryError
from tests.app.handover.back_and_forth import CODE
from tests.app.handover.back_and_forth import answered
from tests.app.handover.back_and_forth import done
from tests.app.handover.back_and_forth import issued
from tests.app.handover.back_and_forth import package_of
from tests.app.handover.back_and_forth import receipt
from tests.app.handover.back_and_forth import sent_back
from tests.app.handover.back_and_forth import states
from tests.app.handover.back_and_forth import taken_in
from tests.app.handover.back_and_forth import the
from tests.exchange.townships import EAST
from tests.exchange.townships import area
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import do
from tests.exchange.townships import home
from tests.exchange.townships import note
from tests.exchange.townships import put
from tests.exchange.townships import remove
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.app.audit.auditing import FormResult
    from desktop.app.progress import Steps
    from desktop.rules.audit import FormAudit
    from desktop.store.ledger import Ledger

BEDS = "eci/甲院/beds_total"
NURSING = "eci/乙院/eci.nursing_within_total"
ELDERS = f"area/{EAST}/area.beds_within_elders"
OPEN, CHANGED, CHECKED = ItemState


@pytest.mark.unmeasured
def test_tracked__a_whole_round(over: Ledger, below: Ledger) -> None:
    first = submit(below)
    take(over, first)
    sent_back(over, first, BEDS, "与上年相差太大")
    sent_back(over, first, NURSING, "护理型床位多于总床位")
    slip = issued(over)
    assert beds_of(over, "甲院") == 10
    assert state_of(over, package_of(over, first).id) is PackageState.RETURNED
    taken_in(below, slip)
    assert states(below) == {BEDS: OPEN, NURSING: OPEN}

    beds(below, "甲院", 12)
    put(below, home("乙院"), "beds_nursing", 15)

    assert states(below) == {BEDS: CHANGED, NURSING: CHANGED}
    second = submit(below)
    take(over, second)
    assert states(over) == {BEDS: CHANGED, NURSING: CHECKED}
    done(over, agree_to(over, [the(over, BEDS)]))
    assert set(states(over).values()) == {CHECKED}
    new = package_of(over, second)
    assert state_of(over, new.id) is PackageState.RECEIVED
    done(over, accept(over, new, "2026-01-20"))
    assert state_of(over, new.id) is PackageState.ACCEPTED
    taken_in(below, receipt(over, second))
    assert set(states(below).values()) == {CHECKED}
    revision, digest = acknowledged(below.choices(CODE), below.identity().ledger)
    assert digest == new.id
    third = submit(below)
    assert third.envelope is not None
    assert third.envelope.manifest.lineage is not None
    assert third.envelope.manifest.lineage.parent == revision
    assert third.envelope.manifest.lineage.parent_digest == new.id


def test_tracked__nothing(over: Ledger) -> None:
    assert tracked(over, CODE) == ()


def test_tracked__follows_the_packages_that_count(over: Ledger, below: Ledger) -> None:
    """The county's own figure, an older state and taking back decide nothing else."""
    first = submit(below)
    take(over, first)
    sent_back(over, first, BEDS)
    issued(over)
    beds(over, "甲院", 99)
    assert states(over) == {BEDS: OPEN}
    beds(over, "甲院", 10)
    beds(below, "甲院", 12)
    second = submit(below)
    beds(below, "甲院", 13)
    third = submit(below)
    take(over, third)
    assert states(over) == {BEDS: CHANGED}
    done(over, agree_to(over, [the(over, BEDS)]))
    take(over, second)
    assert states(over) == {BEDS: CHECKED}, "an older state changes nothing"

    undo(over, third)

    assert states(over) == {BEDS: CHANGED}
    undo(over, second)
    assert states(over) == {BEDS: OPEN}
    undo(over, first)
    assert states(over) == {BEDS: OPEN}
    assert the(over).newest == ""


def test_tracked__two_lines_of_one_unit__the_one_taken_last(
    over: Ledger, below: Ledger, copied: Callable[[], Ledger]
) -> None:
    first = submit(below)
    take(over, first)
    sent_back(over, first, BEDS)
    issued(over)
    with copied() as other:
        note(other, "甲院", "field:price", "另一台电脑")
        beside = submit(other)
    beds(below, "甲院", 12)
    take(over, submit(below))
    assert states(over) == {BEDS: CHANGED}

    take(over, beside)

    assert states(over) == {BEDS: OPEN}


def test_tracked__the_record_is_gone__counts_as_corrected(
    over: Ledger, below: Ledger
) -> None:
    first = submit(below)
    take(over, first)
    sent_back(over, first, BEDS)
    taken_in(below, issued(over))

    remove(below, "甲院")

    assert states(below) == {BEDS: CHANGED}
    take(over, submit(below))
    assert states(over) == {BEDS: CHANGED}


def test_tracked__answered_or_explained__goes_along(
    over: Ledger, below: Ledger
) -> None:
    first = submit(below)
    take(over, first)
    sent_back(over, first, BEDS)
    sent_back(over, first, NURSING)
    taken_in(below, issued(over))
    answered(below, "去年漏报了一个院区", BEDS)
    note(below, "乙院", "rule:eci.nursing_within_total", "改建中")
    assert set(states(below).values()) == {CHANGED}

    take(over, submit(below))

    assert states(over) == {BEDS: CHANGED, NURSING: CHANGED}
    assert the(over, BEDS).now[-1] == "去年漏报了一个院区"
    answered(below, "", BEDS)
    assert states(below)[BEDS] is OPEN


def test_tracked__a_rule_that_looks_at_other_records(
    over: Ledger, below: Ledger
) -> None:
    """What mends it may be typed somewhere else altogether."""
    put(below, area(EAST), "pop_60plus", 25)
    first = submit(below)
    take(over, first)
    sent_back(over, first, ELDERS)
    taken_in(below, issued(over))
    assert the(below).item.here
    assert states(below) == {ELDERS: OPEN}

    beds(below, "乙院", 5)

    assert states(below) == {ELDERS: CHANGED}
    take(over, submit(below))
    assert states(over) == {ELDERS: CHECKED}


def test_tracked__a_finding_the_township_never_had(over: Ledger, below: Ledger) -> None:
    """What is only found at the county is open until something is done about it."""
    first = submit(below)
    take(over, first)
    sent_back(over, first, NURSING)
    slip = issued(over)
    put(below, home("乙院"), "beds_nursing", 15)
    put(below, home("乙院"), "beds_nursing", 30)
    beds(below, "乙院", 40)

    taken_in(below, slip)

    assert not the(below).item.here
    assert states(below) == {NURSING: CHANGED}
    beds(below, "乙院", 20)
    assert states(below) == {NURSING: OPEN}


def test_tracked__a_form_that_is_no_more(over: Ledger, below: Ledger) -> None:
    """An upgrade may have taken the form away: its items count as corrected."""
    first = submit(below)
    take(over, first)
    sent_back(over, first, BEDS)
    slip = issued(over).slip
    item = slip.items[0]
    odd = replace(slip, items=(replace(item, form="gone"),))
    do(below, *changes_to({}, CODE, odd))

    assert [one.state for one in tracked(below, CODE)] == [CHANGED]


def test_occurring__what_cannot_be_asked(
    below: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    spot = ("eci", "乙院", "eci.nursing_within_total")
    found = occurring(below, CODE, [spot, ("eci", "甲院", spot[2])])
    assert list(found) == [spot]
    finding = found[spot]
    assert finding is not None
    assert "护理型床位数（30）" in finding.text
    assert occurring(below, CODE, [("none", "x", "r"), ("eci", "乙院", "none")]) == {}

    def broken(*_: object) -> object:
        raise QueryError(message("store.interrupted"))

    monkeypatch.setattr(returning, "audit_near", broken)
    assert occurring(below, CODE, [spot]) == {spot: None}
    far = ("area", EAST, "area.beds_within_elders")
    monkeypatch.setattr(returning, "audit_form", _unable)
    assert occurring(below, CODE, [far]) == {far: None}


def _unable(
    ledger: Ledger, form: FormAudit, parameters: dict[str, str]
) -> Steps[FormResult]:
    """Audit, and say that the rule could not run after all."""
    result = yield from audit_form(ledger, form, parameters)
    broken = (broken_finding(BrokenRule(form.rules[0].rule, None), CODE, EAST),)
    return replace(result, broken=broken)
