from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.events import PeriodChanged
from desktop.app.events import RefreshFailed
from desktop.app.ledgers.upgrading import plan_upgrade
from desktop.app.opening import open_session
from desktop.app.progress import CancelledError
from desktop.app.progress import Progress
from desktop.app.progress import run_steps
from desktop.core.cells import Absent
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store.errors import UnfitChangeError
from tests.cli.test_upgrade import newer
from tests.small import ECI
from tests.small import YEAR
from tests.small import make_ledger
from tests.small import opened
from tests.small import pack_of
from tests.small import person
from tests.small import put
from tests.small import small_pack

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app.events import Event
    from desktop.app.ledgers.upgrading import UpgradePlan
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger

NEXT = Period(PeriodKind.YEAR, 2026)


def planned(ledger: Ledger, pack: Pack, period: Period = YEAR) -> UpgradePlan:
    return run_steps(plan_upgrade(ledger, pack, period, person()))


def renamed() -> Pack:
    """Give the small pack with the required name under another id."""
    data: dict[str, Any] = newer()
    basic = data["forms"][0]["groups"][0]["fields"]
    basic[0] = {**ECI["groups"][0]["fields"][0], "id": "called", "formerly": "name"}
    basic[1] = ECI["groups"][0]["fields"][1]
    data["forms"][0]["name"] = "called"
    return pack_of(data)


def test_plan_upgrade__what_would_newly_fail(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院")
        put(ledger, "乙院", code="1", beds_total=1, beds_nursing=2)
        files = sorted(tmp_path.iterdir())

        plan = planned(ledger, pack_of(newer()))

        assert [(each.name, each.finding.rule) for each in plan.findings] == [
            ("甲院", "eci.code.required")
        ]
        assert (plan.solved, plan.refusals, plan.remarks) == (0, (), ())
        assert plan.periods == (YEAR,)
        assert ledger.pack().version == "1.0.0"
        assert sorted(tmp_path.iterdir()) == files
        assert ledger.doctor().problems == ()


def test_plan_upgrade__what_only_has_another_name_is_not_new(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", name="")

        plan = planned(ledger, renamed())

        assert plan.findings == ()
        assert plan.solved == 0


def test_plan_upgrade__what_would_be_solved(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "乙院", code="1", beds_total=1, beds_nursing=2)

        plan = planned(ledger, small_pack().replaced(version="1.2.0", rules=()))

        assert plan.findings == ()
        assert plan.solved == 1


def without_beds() -> Pack:
    """Give the small pack without its group of beds, and what rests on it."""
    data: dict[str, Any] = newer()
    eci = data["forms"][0]
    data["forms"][0] = {**eci, "groups": eci["groups"][:1]}
    return pack_of({**data, "rules": [], "indicators": []})


def test_plan_upgrade__counts_what_is_not_asked_for_any_more(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=10, price=Absent.UNKNOWN, code="1")
        put(ledger, "乙院", beds_total=20, code="2")

        (kept,) = planned(ledger, without_beds()).remarks

        assert (kept.code, dict(kept.params)) == ("app.upgrade.kept", {"count": 3})


def test_plan_upgrade__a_whole_form_that_goes_keeps_its_values(tmp_path: Path) -> None:
    data: dict[str, Any] = newer()
    area = [form for form in data["forms"] if form["id"] == "area"]
    pack = pack_of({**data, "forms": area, "rules": [], "indicators": []})
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院", beds_total=10, code="1")

        plan = planned(ledger, pack)

        assert plan.refusals == ()
        (kept,) = plan.remarks
        assert dict(kept.params) == {"count": 4}, "with the status it began with"


def test_plan_upgrade__says_what_it_would_do(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "甲院")
        plan = planned(ledger, pack_of(newer()))
    assert dict(plan.going.params) == {
        "periods": YEAR.title,
        "old": "1.0.0",
        "new": "1.1.0",
    }
    assert dict(plan.counted.params) == {"count": 1, "solved": 0}


def test_session__upgraded_in_the_middle_of_its_audit(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    session = open_session(path, person())
    events: list[Event] = []
    session.subscribe(events.append)
    try:
        session.refresh()
        done = session.upgrade(pack_of(newer()), YEAR).result()
        session.thread.call(lambda _: None).result()
        assert (done.period, done.version) == (YEAR, "1.1.0")
        assert done.copy.is_file()
        assert done in events
        assert not any(isinstance(each, RefreshFailed) for each in events)
        with pytest.raises(UnfitChangeError):
            session.upgrade(pack_of(newer()), YEAR).result()
    finally:
        session.close()
    again = open_session(path, person())
    done = again.upgrade(pack_of({**newer(), "version": "1.2.0"}), YEAR).result()
    assert done.version == "1.2.0"
    again.close()


def test_plan_upgrade__refused(tmp_path: Path) -> None:
    with opened(make_ledger(tmp_path)) as ledger:
        put(ledger, "乙院", beds_total=10**14)
        data = newer()
        beds = data["forms"][0]["groups"][1]["fields"]
        fields = [{**beds[0], "kind": "decimal", "digits": 3}, *beds[1:]]
        groups = data["forms"][0]["groups"]
        data["forms"][0] = {
            **data["forms"][0],
            "groups": [groups[0], {**groups[1], "fields": fields}],
        }
        wanted = {
            "forms.diff.other_pack": small_pack().replaced(id="other"),
            "store.upgrade_same": small_pack(),
            "store.unfit_value": pack_of(data),
        }
        for code, pack in wanted.items():
            (said,) = planned(ledger, pack).refusals
            assert said.code == code


def test_plan_upgrade__stopped__leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return len(seen) < 3

    with opened(make_ledger(tmp_path)) as ledger:
        steps = plan_upgrade(ledger, pack_of(newer()), YEAR, person())
        with pytest.raises(CancelledError):
            run_steps(steps, watch)

    assert list(aside.iterdir()) == []


def test_session__follows_the_pack_of_its_period(tmp_path: Path) -> None:
    path = make_ledger(tmp_path)
    with opened(path) as ledger:
        ledger.add_period(NEXT)
        ledger.upgrade(renamed(), NEXT)
    session = open_session(path, person())
    events: list[Event] = []
    session.subscribe(events.append)
    try:
        assert session.pack.version == "1.1.0"
        compiled = session.compiled
        session.choose_period(YEAR)
        assert session.pack.version == "1.0.0"
        assert session.compiled is not compiled
        assert session.compiled.pack is session.pack
        session.choose_period(YEAR)
        told = [each for each in events if isinstance(each, PeriodChanged)]
        assert [each.other_pack for each in told] == [True, False]
    finally:
        session.close()
    for period, version in ((YEAR, "1.0.0"), (NEXT, "1.1.0")):
        again = open_session(path, person(), period=period)
        assert (again.period, again.pack.version) == (period, version)
        again.close()
    again = open_session(path, person(), period=Period(PeriodKind.YEAR, 1999))
    assert again.period == NEXT
    again.close()
