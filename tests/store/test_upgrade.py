from __future__ import annotations

import os
import select
import signal
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest

from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.core.changes import NoteChange
from desktop.core.changes import RecordAdded
from desktop.core.changes import RecordRemoved
from desktop.core.period import Period
from desktop.core.period import PeriodKind
from desktop.store import upgrade as upgrading
from desktop.store.backup import copies
from desktop.store.errors import DamagedError
from desktop.store.errors import DiskFullError
from desktop.store.errors import ReadOnlyError
from desktop.store.errors import StoreError
from desktop.store.errors import UnfitChangeError
from desktop.store.records import Applied
from desktop.store.records import EntryKind
from desktop.store.upgrade import ACTION
from tests.forms.test_answer_rows import adm_pack
from tests.store.cases import EAST
from tests.store.cases import NEXT
from tests.store.cases import UNITS
from tests.store.cases import YEAR
from tests.store.cases import Desk
from tests.store.cases import do
from tests.store.cases import key
from tests.store.cases import pack
from tests.store.cases import set_cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.core.cells import Cell
    from desktop.forms.model import Pack
    from desktop.store.ledger import Ledger

Fields = list[dict[str, object]]
THIRD = Period(PeriodKind.YEAR, 2027)
NAME: dict[str, object] = {"id": "name", "kind": "text", "title": "名称"}


def integer(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "kind": "integer", "title": name, **more}


def system(number: int, *fields: Mapping[str, object]) -> Pack:
    """Give a version of the small reporting system: a name and these fields."""
    return pack(only=[NAME, *fields]).replaced(version=f"{number}.0.0")


def begun(path: Path, desk: Desk, *fields: Mapping[str, object]) -> Ledger:
    """Make a ledger of two years with one home, `a`, in both."""
    ledger = desk.create(path, system(1, *fields))
    ledger.add_period(NEXT)
    return ledger


def put(ledger: Ledger, facility: str = "a", /, **cells: Cell) -> None:
    """Put a home with the same cells into both years."""
    for period in ("2025", "2026"):
        named = key(facility, period=period)
        do(ledger, RecordAdded(named, EAST, tuple(cells.items())))


def filled(ledger: Ledger, period: str, facility: str = "a") -> dict[str, Cell]:
    """Read the cells of a home."""
    record = ledger.record(key(facility, period=period))
    assert record is not None
    assert ledger.rows("home", [record.id]) == [record]
    return dict(record.filled())


def whole(ledger: Ledger) -> bool:
    """Tell whether the doctor finds nothing."""
    return ledger.doctor().problems == ()


# --- One field ---------------------------------------------------------------


def test_upgrade__renamed__from_a_period_on(path: Path, desk: Desk) -> None:
    with begun(path, desk, integer("beds")) as ledger:
        put(ledger, beds=7)
        renamed = system(2, integer("places", formerly="beds"))

        answer = ledger.upgrade(renamed, NEXT)

        assert isinstance(answer, Applied)
        assert filled(ledger, "2025") == {"beds": 7}
        assert filled(ledger, "2026") == {"places": 7}
        assert ledger.pack("2025").version == "1.0.0"
        assert ledger.pack("2026") is ledger.pack() is ledger.pack("2099")
        assert ledger.pack().version == "2.0.0"
        (entry,) = [
            each
            for each in ledger.history(key("a", period="2026"))
            if each.title.code == ACTION
        ]
        assert (entry.before, entry.after) == (
            {"beds": 7, "places": BLANK},
            {"beds": BLANK, "places": 7},
        )
        assert whole(ledger)
    with desk.open(path) as ledger:
        assert filled(ledger, "2025") == {"beds": 7}
        assert filled(ledger, "2026") == {"places": 7}
        assert whole(ledger)
        do(ledger, set_cell("a", "beds", 7, 8))
        assert filled(ledger, "2025") == {"beds": 8}
        with pytest.raises(UnfitChangeError):
            do(ledger, set_cell("a", "places", 8, 9))


def test_upgrade__renamed__earlier_values_are_found_under_the_new_name(
    path: Path, desk: Desk
) -> None:
    """What sums over several years read follows what the old field holds."""
    with begun(path, desk, integer("beds")) as ledger:
        put(ledger, beds=7)
        ledger.upgrade(system(2, integer("places", formerly="beds")), NEXT)
        third = system(3, integer("seats", formerly="places"))
        ledger.upgrade(third, NEXT)
        do(ledger, set_cell("a", "beds", 7, 8))
        do(ledger, RecordAdded(key("b"), EAST, (("beds", 2),)))
        do(ledger, RecordAdded(key("b", period="2026"), EAST, (("seats", 3),)))

        found = ledger.query(
            'SELECT _period, beds, places, seats FROM "home" ORDER BY _period, _id'
        )

        assert list(found) == [
            ("2025", 8, 8, 8),
            ("2025", 2, 2, 2),
            ("2026", None, None, 7),
            ("2026", None, None, 3),
        ]
        assert whole(ledger)


def test_upgrade__removed_and_back(path: Path, desk: Desk) -> None:
    beds, area = integer("beds"), integer("area")
    with begun(path, desk, beds, area) as ledger:
        put(ledger, beds=7, area=Absent.UNKNOWN)
        put(ledger, "b", beds=0, area=3)
        put(ledger, "c", name="丙")
        do(ledger, RecordAdded(key("d", period="2026"), EAST, (("area", 1),)))
        gone = key("d", period="2026")
        ledger.upgrade(system(2), NEXT)
        assert filled(ledger, "2026") == {}
        assert filled(ledger, "2026", "c") == {"name": "丙"}
        assert filled(ledger, "2025") == {"beds": 7, "area": Absent.UNKNOWN}
        do(ledger, RecordRemoved(gone, EAST))
        do(ledger, RecordAdded(gone, EAST))
        assert whole(ledger)

        ledger.upgrade(system(3, beds, area), NEXT)

        assert filled(ledger, "2026") == {"beds": 7, "area": Absent.UNKNOWN}
        assert filled(ledger, "2026", "b") == {"beds": 0, "area": 3}
        assert filled(ledger, "2026", "d") == {}
        assert whole(ledger)


def test_upgrade__back_after_it_was_emptied_by_hand(path: Path, desk: Desk) -> None:
    beds = integer("beds")
    with begun(path, desk, beds) as ledger:
        put(ledger, beds=Absent.UNKNOWN)
        there = key("a", period="2026")
        do(ledger, set_cell("a", "beds", Absent.UNKNOWN, BLANK))
        ledger.upgrade(system(2), YEAR)
        ledger.upgrade(system(3, beds), YEAR)

        assert filled(ledger, "2025") == {}
        assert filled(ledger, "2026") == {"beds": Absent.UNKNOWN}
        assert ledger.notes(there) == {}
        assert whole(ledger)


def test_upgrade__whole_numbers_become_decimals(path: Path, desk: Desk) -> None:
    with begun(path, desk, integer("area")) as ledger:
        put(ledger, area=7)
        decimal = {"id": "area", "kind": "decimal", "digits": 1, "title": "面积"}
        ledger.upgrade(system(2, decimal), NEXT)
        do(
            ledger,
            RecordAdded(key("b", period="2026"), EAST, (("area", Decimal("1.5")),)),
        )

        assert filled(ledger, "2025") == {"area": 7}
        assert type(filled(ledger, "2025")["area"]) is int
        assert str(filled(ledger, "2026")["area"]) == "7.0"
        assert str(filled(ledger, "2026", "b")["area"]) == "1.5"
        finer = {**decimal, "digits": 3}
        ledger.upgrade(system(3, finer), NEXT)
        assert str(filled(ledger, "2026")["area"]) == "7.000"
        assert whole(ledger)


def test_upgrade__a_number_too_long_for_its_decimals__error(
    path: Path, desk: Desk
) -> None:
    with begun(path, desk, integer("area")) as ledger:
        put(ledger, area=10**14)
        before = list(ledger.query("SELECT * FROM home"))
        decimal = {"id": "area", "kind": "decimal", "digits": 3, "title": "面积"}

        with pytest.raises(UnfitChangeError) as caught:
            ledger.upgrade(system(2, decimal), NEXT)

        assert caught.value.message.code == "store.unfit_value"
        assert ledger.pack().version == "1.0.0"
        assert list(ledger.query("SELECT * FROM home")) == before
        assert whole(ledger)


def test_upgrade__another_kind_under_another_id(path: Path, desk: Desk) -> None:
    """What the new field cannot hold stays as a remark beside it."""
    text = {"id": "size", "kind": "text", "title": "规模"}
    with begun(path, desk, text) as ledger:
        put(ledger, size="12")
        put(ledger, "b", size="十来张")
        put(ledger, "c", size="不少")
        place = key("b", period="2026")
        do(
            ledger,
            NoteChange(place, "field:size", "", "电话问的"),
            NoteChange(key("a", period="2026"), "field:size", "", "去年的数"),
            NoteChange(key("c", period="2026"), "rule:home.size.length", "", "长"),
        )

        ledger.upgrade(system(2, integer("beds", formerly="size")), NEXT)

        assert filled(ledger, "2026") == {"beds": 12}
        assert filled(ledger, "2026", "b") == {}
        assert ledger.notes(place) == {"field:beds": "电话问的\n规模：十来张"}
        assert ledger.notes(key("a", period="2026")) == {"field:beds": "去年的数"}
        assert ledger.notes(key("b")) == {}
        unnoted = ledger.notes(key("c", period="2026"))
        assert unnoted == {"field:beds": "规模：不少", "rule:home.beds.length": "长"}
        asked = "SELECT size, beds FROM home WHERE _period = '2026' ORDER BY _id"
        assert list(ledger.query(asked)) == [
            (None, 12),
            ("十来张", None),
            ("不少", None),
        ]
        assert whole(ledger)


def test_upgrade__renamed_choices(path: Path, desk: Desk) -> None:
    level = {"id": "level", "kind": "choice", "title": "等级", "choices": ["甲", "乙"]}
    several = {**level, "id": "all", "kind": "choices"}
    with begun(path, desk, level, several) as ledger:
        put(ledger, level="甲", all=("甲", "乙"))
        aliases = {"甲": "一级", "乙": ["一级", "二级"]}
        now = {"choices": ["一级", "二级"], "value_aliases": aliases}
        ledger.upgrade(system(2, {**level, **now}, {**several, **now}), NEXT)

        assert filled(ledger, "2025") == {"level": "甲", "all": ("甲", "乙")}
        assert filled(ledger, "2026") == {"level": "一级", "all": ("一级", "乙")}
        assert whole(ledger)


def test_upgrade__computed_otherwise__each_year_by_its_own_pack(
    path: Path, desk: Desk
) -> None:
    beds, twice = integer("beds"), integer("twice", computed="beds * 2")
    with begun(
        path, desk, beds, twice, integer("thrice", computed="beds * 3")
    ) as ledger:
        put(ledger, beds=7)
        half = integer("half", computed="places * 4")
        anew = integer("twice", computed="places * 20")
        ledger.upgrade(system(2, integer("places", formerly="beds"), anew, half), NEXT)

        def derived(period: str) -> dict[str, Cell]:
            record = ledger.record(key("a", period=period))
            assert record is not None
            return dict(record.derived)

        assert derived("2025") == {"twice": 14, "thrice": 21}
        assert derived("2026")["twice"] == 140
        assert whole(ledger)


# --- Forms and periods --------------------------------------------------------


def other_form(of: Pack, **changes: Any) -> Pack:  # noqa: ANN401 - as the fields are
    """Give a pack with one form more, of the kind every unit answers."""
    more = of.form_by_id["people"].replaced(id="more", **changes)
    return of.replaced(forms=(*of.forms, more), version="2.0.0")


def test_upgrade__new_forms__begin_as_they_would_have(path: Path, desk: Desk) -> None:
    with begun(path, desk) as ledger:
        do(ledger, RecordRemoved(key(EAST, "people", "2026"), EAST))

        ledger.upgrade(other_form(ledger.pack()), NEXT)

        assert ledger.count("more", "2026") == len(UNITS)
        # A record somebody took away is not put back.
        assert ledger.count("people", "2026") == len(UNITS) - 1
        with pytest.raises(KeyError):
            ledger.count("more", "2025")
        with pytest.raises(UnfitChangeError):
            do(ledger, RecordAdded(key(EAST, "more"), EAST))
        assert whole(ledger)


def test_upgrade__a_form_given_up__keeps_its_records(path: Path, desk: Desk) -> None:
    with begun(path, desk) as ledger:
        larger = other_form(ledger.pack())
        ledger.upgrade(larger, YEAR)
        do(ledger, set_people(ledger, "2025", 5), set_people(ledger, "2026", 6))
        forms = tuple(form for form in larger.forms if form.id != "more")
        smaller = larger.replaced(forms=forms, version="3.0.0")

        ledger.upgrade(smaller, NEXT)

        assert {form.id for form in ledger.pack().forms} == {"home", "people"}
        with pytest.raises(KeyError):
            ledger.count("more", "2026")
        with pytest.raises(KeyError):
            ledger.rows("none", [])
        assert ledger.count("more", "2025") == len(UNITS)
        assert whole(ledger)

        ledger.upgrade(larger.replaced(version="4.0.0"), NEXT)

        record = ledger.record(key(EAST, "more", "2026"))
        assert record is not None
        assert dict(record.filled()) == {"count": 6}
        assert ledger.count("more", "2026") == len(UNITS)
        assert whole(ledger)


def set_people(ledger: Ledger, period: str, count: int) -> Any:  # noqa: ANN401 - a change
    from desktop.core.changes import CellChange

    return CellChange(key(EAST, "more", period), "count", BLANK, count)


def test_upgrade__an_earlier_year_is_brought_after(path: Path, desk: Desk) -> None:
    with begun(path, desk, integer("beds")) as ledger:
        put(ledger, beds=7)
        renamed = system(2, integer("places", formerly="beds"))
        ledger.upgrade(renamed, NEXT)

        ledger.upgrade(renamed, YEAR)

        assert filled(ledger, "2025") == filled(ledger, "2026") == {"places": 7}
        assert ledger.pack("2025") is ledger.pack("2026")
        assert whole(ledger)
        with pytest.raises(UnfitChangeError) as caught:
            ledger.upgrade(renamed, YEAR)
        assert caught.value.message.code == "store.upgrade_same"


def test_add_period__goes_by_the_pack_before_it(path: Path, desk: Desk) -> None:
    first = {"id": "beds", "kind": "text", "title": "床位说明"}
    with desk.create(path, system(1, first)) as ledger:
        ledger.add_period(THIRD)
        do(ledger, RecordAdded(key("a"), EAST, (("beds", "十张"),)))
        ledger.upgrade(system(2, {**first, "id": "told", "formerly": "beds"}), THIRD)

        ledger.add_period(Period(PeriodKind.YEAR, 2028), YEAR)
        ledger.add_period(NEXT)
        ledger.add_period(Period(PeriodKind.YEAR, 2020))

        versions = {
            each.code: ledger.pack(each.code).version for each in ledger.periods()
        }
        assert versions == {
            "2020": "1.0.0",
            "2025": "1.0.0",
            "2026": "1.0.0",
            "2027": "2.0.0",
            "2028": "2.0.0",
        }
        assert filled(ledger, "2028") == {"told": "十张"}
        assert whole(ledger)


def test_upgrade__indicators_with_another_title(path: Path, desk: Desk) -> None:
    """The records that answer them are called like them, and new ones are added."""
    old = adm_pack()
    with desk.create(path, old) as ledger:
        first, *others = old.indicators
        renamed = first.replaced(title="新名称")
        more = first.replaced(id="more", title="又一项")
        form = next(form for form in old.forms if form.id == first.answered_by)
        assert form.kind == "roster"
        assert form.answers is not None
        field = form.answers.key
        choices = tuple(each.title for each in (renamed, *others, more))
        groups = tuple(
            group.replaced(
                fields=tuple(
                    each.replaced(choices=choices) if each.id == field else each
                    for each in group.fields
                )
            )
            for group in form.groups
        )
        new = old.replaced(
            version="9.0.0",
            indicators=(renamed, *others, more),
            forms=tuple(
                form.replaced(groups=groups) if each is form else each
                for each in old.forms
            ),
        )

        ledger.upgrade(new, YEAR)

        records = ledger.rows(form.id, ledger.ids(form.id, "2025"))
        told = [record.cells[field] for record in records]
        assert told == ["新名称", "参保率", "应保尽保", "又一项"]
        assert whole(ledger)


# --- What is refused, and what goes wrong ---------------------------------------


def test_upgrade__refused__error(path: Path, desk: Desk) -> None:
    with begun(path, desk, integer("beds")) as ledger:
        ledger.upgrade(system(2), YEAR)
        text = {"id": "beds", "kind": "text", "title": "床位"}
        refused = {
            "forms.diff.other_pack": system(3).replaced(id="large"),
            # The first version had a number under this id.
            "forms.diff.other_kind": system(3, text),
            "store.upgrade_older": system(1),
            "store.upgrade_same": system(2),
        }
        found = {}
        for code, wanted in refused.items():
            with pytest.raises(UnfitChangeError) as caught:
                ledger.upgrade(wanted, NEXT)
            found[code] = caught.value.message.code
        assert list(found) == list(found.values())
        with pytest.raises(UnfitChangeError):
            ledger.upgrade(system(3), THIRD)
        assert len(copies(path.parent)) == 1
    with (
        desk.open(path, read_only=True) as ledger,
        pytest.raises(ReadOnlyError),
    ):
        ledger.upgrade(system(3), NEXT)


def test_upgrade__keeps_a_verified_copy_aside(path: Path, desk: Desk) -> None:
    with begun(path, desk, integer("beds")) as ledger:
        put(ledger, beds=7)
        ledger.upgrade(system(2), NEXT)
    (copy,) = copies(path.parent)

    with desk.open(path.parent / copy.name) as before:
        assert before.pack().version == "1.0.0"
        assert filled(before, "2026") == {"beds": 7}


def test_upgrade__no_copy_can_be_made__error(
    path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begun(path, desk, integer("beds")) as ledger:
        put(ledger, beds=7)
        monkeypatch.setattr("desktop.store.backup.verify", refuse)
        with pytest.raises(DiskFullError):
            ledger.upgrade(system(2), NEXT)
        assert ledger.pack().version == "1.0.0"
        assert filled(ledger, "2026") == {"beds": 7}


def refuse(*_: object) -> object:
    from desktop.core.messages import message

    raise DiskFullError(message("store.disk_full"))


@pytest.mark.parametrize("step", ["relay_tables", "_turn", "_carried", "_begun"])
def test_upgrade__a_step_fails__nothing_happened(
    path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with begun(path, desk, integer("beds")) as ledger:
        put(ledger, beds=7)
        content = dump(path)
        real = getattr(upgrading, step)

        def failing(*given: object) -> object:
            list(real(*given) or ())
            return refuse()

        monkeypatch.setattr(upgrading, step, failing)
        with pytest.raises(StoreError):
            ledger.upgrade(system(2, integer("places", formerly="beds")), NEXT)
        monkeypatch.undo()

        assert dump(path) == content
        assert ledger.pack().version == "1.0.0"
        assert filled(ledger, "2026") == {"beds": 7}
        assert whole(ledger)
        # And it can be done afterwards.
        ledger.upgrade(system(2, integer("places", formerly="beds")), NEXT)
        assert filled(ledger, "2026") == {"places": 7}
        assert whole(ledger)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as other:
        return list(other.iterdump())


@pytest.mark.unmeasured
@pytest.mark.parametrize("moment", [0.0, 0.004, 0.01, 0.02, 0.04])
def test_upgrade__killed__is_there_whole_or_not_at_all(
    path: Path, desk: Desk, moment: float
) -> None:
    with begun(path, desk, integer("beds")) as ledger:
        do(
            ledger,
            *(
                RecordAdded(key(f"n{number}", period="2026"), EAST, (("beds", number),))
                for number in range(200)
            ),
        )
    reading, ready = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            with Desk(who="child").open(path) as working:
                os.write(ready, b"x")
                renamed = system(2, integer("places", formerly="beds"))
                working.upgrade(renamed, NEXT, aside=False)
        finally:
            os._exit(1)
    os.close(ready)
    os.read(reading, 1)
    select.select([], [], [], moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)

    with desk.open(path) as ledger:
        field = {"1.0.0": "beds", "2.0.0": "places"}[ledger.pack("2026").version]
        values = [filled(ledger, "2026", f"n{number}")[field] for number in range(200)]
        assert values == list(range(200))
        assert whole(ledger)


def test_doctor__a_year_put_under_another_pack(path: Path, desk: Desk) -> None:
    with begun(path, desk, integer("beds")) as ledger:
        put(ledger, beds=7)
        ledger.upgrade(system(2, integer("beds"), integer("more")), NEXT)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE _periods SET pack = 2")
        other.commit()
    with desk.open(path) as ledger:
        codes = {problem.code for problem in ledger.doctor().problems}
        assert codes == {"store.doctor.pack", "store.doctor.record"}


def test_doctor__an_earlier_pack_that_cannot_be_read(path: Path, desk: Desk) -> None:
    with begun(path, desk) as ledger:
        ledger.upgrade(system(2, integer("more")), NEXT)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE _packs SET text = '{}' WHERE id = 1")
        other.commit()
    with desk.open(path) as ledger:
        codes = [problem.code for problem in ledger.doctor().problems]
        assert codes == ["store.doctor.pack", "store.damaged"]
        with pytest.raises(DamagedError):
            ledger.pack("2025")


def test_log__tells_the_upgrade(path: Path, desk: Desk) -> None:
    with begun(path, desk) as ledger:
        ledger.upgrade(system(2, integer("more")), NEXT)
        kinds = [each.kind for each in ledger.log() if each.title.code == ACTION]

    assert kinds == [EntryKind.PACK, EntryKind.PERIOD]
