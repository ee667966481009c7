"""Last year's ledger becomes the period before: what comes, what stays, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.app.background import Stage
from desktop.app.entry.edits import add_record
from desktop.app.entry.edits import set_cell
from desktop.app.ledgers.bringing_in import BringPlan
from desktop.app.ledgers.bringing_in import Receiver
from desktop.app.ledgers.bringing_in import carry_out
from desktop.app.ledgers.bringing_in import plan_bringing
from desktop.app.ledgers.bringing_in import receiver_of
from desktop.app.opening import Beginning
from desktop.app.opening import create_ledger
from desktop.app.opening import open_session
from desktop.app.progress import CancelledError
from desktop.core.changes import Action
from desktop.core.changes import DefinitionChange
from desktop.core.changes import FacilityId
from desktop.core.changes import NilChange
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordKey
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.core.unit import Unit
from desktop.core.unit import UnitClass
from desktop.core.unit import UnitCode
from desktop.core.unit import UnitLevel
from desktop.store.errors import UnfitChangeError
from tests.app.test_session import Heard
from tests.small import COUNTY
from tests.small import ECI
from tests.small import STREET
from tests.small import YEAR
from tests.small import opened
from tests.small import pack_data
from tests.small import pack_of
from tests.small import person
from tests.small import small_pack
from tests.small import units

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.core.changes import Change
    from desktop.forms.model import Pack

LAST = YEAR.previous()
OLDER = LAST.previous()
GONE = "310105099"


def ledger_of(
    path: Path, period: Period, pack: Pack | None = None, *more: Unit
) -> Path:
    """Make a ledger of the district for a year."""
    beginning = Beginning(pack or small_pack(), (*units(), *more), period)
    create_ledger(path, beginning, person())
    return path


def put(
    path: Path, period: Period, facility: str, unit: str = STREET, **cells: Cell
) -> None:
    """Add a facility to a ledger's year."""
    with opened(path) as ledger:
        form = ledger.pack(period.code).form_by_id["eci"]
        given = {"name": facility, **cells}
        ledger.apply(add_record(form, period, unit, facility, given))


def change(path: Path, *changes: Change) -> None:
    with opened(path) as ledger:
        ledger.apply(Action(message("test"), changes))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give last year's ledger: two facilities, a population, a note, a choice."""
    path = ledger_of(tmp_path / "去年.taizhang", LAST)
    put(path, LAST, "h1", beds_total=100, price=1000)
    put(path, LAST, "h2", COUNTY, beds_total=50)
    with opened(path) as ledger:
        [area, *_] = ledger.rows("area", ledger.ids("area", LAST.code))
        field = ledger.pack().form_by_id["area"].by_id["pop_60plus"]
        ledger.apply(set_cell(area, field, 9000))
    note = RecordKey("eci", LAST.code, FacilityId("h1"))
    change(
        path,
        NoteChange(note, "rule:eci.price_jump", "", "新楼投用，每人每月多 300 元"),
        DefinitionChange(LAST.code, "param.jump", "", "3"),
    )
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return ledger_of(tmp_path / "今年.taizhang", YEAR)


def planned(old: Path, new: Path) -> BringPlan | Message:
    with opened(new) as ledger:
        receiver = receiver_of(ledger, YEAR)
    return plan_bringing(old, person(), receiver, Stage())


def plan(old: Path, new: Path) -> BringPlan:
    found = planned(old, new)
    assert isinstance(found, BringPlan), found
    return found


def test_plan__says_what_would_come_and_touches_nothing(old: Path, new: Path) -> None:
    before = old.read_bytes(), new.read_bytes()
    found = plan(old, new)
    assert (found.period, found.records) == (LAST, 4)
    assert [(each.form, each.records) for each in found.arriving] == [
        ("eci", 2),
        ("area", 2),
    ]
    assert (found.left, found.remarks) == ((), ())
    assert (old.read_bytes(), new.read_bytes()) == before


def test_carry_out__the_year_before_stands_there_whole(old: Path, new: Path) -> None:
    found = plan(old, new)
    with opened(new) as ledger:
        done = carry_out(ledger, found, YEAR)
        assert [action.title.code for action in done] == [
            "app.bring",
            "app.bring.rosters",
        ]
        assert ledger.periods() == (LAST, YEAR)
        h1 = ledger.record(RecordKey("eci", LAST.code, FacilityId("h1")))
        assert h1 is not None
        assert (h1.cell("beds_total"), h1.cell("price")) == (100, 1000)
        assert ledger.notes(h1.key)["rule:eci.price_jump"].startswith("新楼")
        area = ledger.record(RecordKey("area", LAST.code, FacilityId(COUNTY)))
        assert area is not None
        assert area.cell("pop_60plus") == 9000
        assert ledger.choices(LAST.code) == {"param.jump": "3"}
        assert ledger.count("area", LAST.code) == 2, "no blank one beside it"
        assert ledger.doctor().problems == ()


def test_carry_out__this_years_roster_begins_with_the_same(
    old: Path, new: Path
) -> None:
    found = plan(old, new)
    with opened(new) as ledger:
        carry_out(ledger, found, YEAR)
        now = ledger.record(RecordKey("eci", YEAR.code, FacilityId("h1")))
        assert now is not None
        assert now.filled() == (("name", "h1"), ("status", "运营"))


def test_carry_out__a_roster_that_has_begun_is_left_alone(old: Path, new: Path) -> None:
    put(new, YEAR, "mine")
    found = plan(old, new)
    with opened(new) as ledger:
        done = carry_out(ledger, found, YEAR)
        assert len(done) == 1
        assert ledger.count("eci", YEAR.code) == 1


def test_carry_out__twice__error(old: Path, new: Path) -> None:
    found = plan(old, new)
    with opened(new) as ledger:
        carry_out(ledger, found, YEAR)
        revision = ledger.head().revision
        with pytest.raises(UnfitChangeError):
            carry_out(ledger, found, YEAR)
        assert ledger.head().revision == revision


def test_plan__records_of_units_this_ledger_does_not_have(
    tmp_path: Path, new: Path
) -> None:
    gone = Unit(
        UnitCode(GONE),
        "旧街道",
        UnitCode(COUNTY),
        UnitLevel.TOWNSHIP,
        UnitClass.SUBDISTRICT,
    )
    old = ledger_of(tmp_path / "去年.taizhang", LAST, None, gone)
    put(old, LAST, "h1")
    put(old, LAST, "h2", GONE)
    change(
        old,
        NoteChange(
            RecordKey("eci", LAST.code, FacilityId("h2")), "field:name", "", "改名"
        ),
        NilChange("eci", LAST.code, GONE, before=False, after=True),
        NilChange("area", LAST.code, COUNTY, before=False, after=True),
    )
    found = plan(old, new)
    assert found.left == (
        message("app.bring.stranger", unit="旧街道", code=GONE, count=2),
    )
    with opened(new) as ledger:
        carry_out(ledger, found, YEAR)
        assert ledger.count("eci", LAST.code) == 1
        assert ledger.nils(LAST.code) == {("area", COUNTY)}


def test_plan__of_an_older_version_fields_that_are_gone_are_told(
    tmp_path: Path, new: Path
) -> None:
    data = pack_data()
    groups = [dict(group) for group in ECI["groups"]]
    more: list[dict[str, Any]] = [
        {"id": "dogs", "kind": "integer", "title": "犬只数"},
        {"id": "since", "kind": "text", "title": "开业"},
    ]
    groups[0] = {**groups[0], "fields": [*groups[0]["fields"], *more]}
    spare = {**ECI, "id": "spare", "title": "旧表"}
    empty = {**ECI, "id": "empty", "title": "从未填过的旧表"}
    older = pack_of(
        {
            **data,
            "version": "0.9.0",
            "forms": [{**ECI, "groups": groups}, *data["forms"][1:], spare, empty],
        }
    )
    old = ledger_of(tmp_path / "去年.taizhang", LAST, older)
    put(old, LAST, "h1", dogs=3, beds_total=5)
    put(old, LAST, "h2", dogs=4)
    with opened(old) as ledger:
        form = older.form_by_id["spare"]
        ledger.apply(add_record(form, LAST, STREET, "s1", {"name": "x"}))
    found = plan(old, new)
    assert found.left == (
        message("app.bring.no-form", form="旧表", count=1),
        message("app.bring.no-field", form="养老机构调查表", field="犬只数", count=2),
    )
    assert found.remarks == (message("app.bring.version", old="0.9.0", new="1.0.0"),)


def test_plan__a_value_the_field_does_not_take_any_more(
    tmp_path: Path, new: Path
) -> None:
    groups = [dict(group) for group in ECI["groups"]]
    fields = [dict(each) for each in groups[0]["fields"]]
    fields[1]["kind"], fields[2] = "text", {**fields[2], "kind": "text"}
    fields[2].pop("choices")
    fields[2].pop("default")
    groups[0] = {**groups[0], "fields": fields}
    data = pack_data()
    older = pack_of({**data, "forms": [{**ECI, "groups": groups}, *data["forms"][1:]]})
    old = ledger_of(tmp_path / "去年.taizhang", LAST, older)
    put(old, LAST, "h1", status="不知道")
    found = plan(old, new)
    assert found.left == (
        message("app.bring.no-field", form="养老机构调查表", field="运营状态", count=1),
    )


def test_plan__the_year_before_is_preferred_else_the_latest(
    tmp_path: Path, new: Path
) -> None:
    old = ledger_of(tmp_path / "以前.taizhang", OLDER)
    put(old, OLDER, "h1")
    found = plan(old, new)
    assert found.period == OLDER
    gap = message("app.bring.gap", period="2023年", before="2024年")
    assert found.remarks == (gap,)
    with opened(old) as ledger:
        ledger.add_period(LAST, OLDER)
        ledger.add_period(Period(PeriodKind.YEAR, 2030))
    assert plan(old, new).period == LAST


def test_plan__refused_with_the_reason(tmp_path: Path, old: Path, new: Path) -> None:
    other = ledger_of(
        tmp_path / "a.taizhang", LAST, pack_of({**pack_data(), "id": "other"})
    )
    assert planned(other, new) == message(
        "app.bring.pack", other="小制度", pack="小制度"
    )
    street = tmp_path / "b.taizhang"
    create_ledger(street, Beginning(small_pack(), units()[1:], LAST), person())
    assert planned(street, new) == message(
        "app.bring.unit", other="华阳路街道", unit="长宁区"
    )
    same = ledger_of(tmp_path / "c.taizhang", YEAR)
    nothing = message("app.bring.period", there="2025年", period="2025年")
    assert planned(same, new) == nothing
    found = plan(old, new)
    with opened(new) as ledger:
        carry_out(ledger, found, YEAR)
    assert isinstance(planned(old, new), Message), "it has that year by now"


def test_plan__stopped_by_the_person(old: Path) -> None:
    stage = Stage()
    stage.stop()
    receiver = Receiver({YEAR.code: small_pack()}, units(), YEAR)
    with pytest.raises(CancelledError):
        plan_bringing(old, person(), receiver, stage)


def test_receiver__goes_by_the_pack_next_to_a_period() -> None:
    first, second = small_pack(), small_pack()
    receiver = Receiver({"2023": first, "2025": second}, units(), YEAR)
    assert receiver.pack_for("2022") is first
    assert receiver.pack_for("2024") is first
    assert receiver.pack_for("2026") is second


def test_session__takes_it_in_and_undo_takes_it_back(old: Path, new: Path) -> None:
    found = plan(old, new)
    session = open_session(new, person())
    heard = Heard(session)
    session.extend(lambda ledger: carry_out(ledger, found, YEAR)).result()
    heard.until_figures()
    assert session.periods == (LAST, YEAR)
    assert session.period == YEAR

    def counts() -> tuple[int, int]:
        asked = session.thread.call(
            lambda ledger: (ledger.count("eci", "2024"), ledger.count("eci", "2025"))
        )
        return asked.result()

    assert counts() == (2, 2)
    session.undo().result()
    assert counts() == (2, 0)
    session.undo().result()
    assert counts() == (0, 0)
    session.redo().result()
    assert counts() == (2, 0)
    session.close()
