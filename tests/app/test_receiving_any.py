"""Random townships at a county: whatever happens, nothing is lost unseen.

Townships edit, submit, copy their ledgers, go on from backups and lose sticks; the
county gets what is left in any order, merges it or lets it take the place of all there
is, accepts some of the cells that were typed over on the way, takes packages back and
lets them count again.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import consumes
from hypothesis.stateful import initialize
from hypothesis.stateful import multiple
from hypothesis.stateful import precondition
from hypothesis.stateful import rule

from desktop.app.handover.receiving.receiving import Wish
from desktop.core.cell_text import canonical
from desktop.core.cells import BLANK
from desktop.core.cells import Absent
from desktop.exchange.content import NOTHING
from desktop.exchange.journal import Journal
from desktop.exchange.merge import WHOLE
from desktop.exchange.merge import difference
from desktop.store.journal_rows import Became
from tests.exchange.test_settle import goes_on_from
from tests.exchange.townships import EAST
from tests.exchange.townships import WEST
from tests.exchange.townships import Desks
from tests.exchange.townships import add
from tests.exchange.townships import beds
from tests.exchange.townships import beds_of
from tests.exchange.townships import below
from tests.exchange.townships import content_of
from tests.exchange.townships import county_units
from tests.exchange.townships import edit as typed_over
from tests.exchange.townships import everything
from tests.exchange.townships import home
from tests.exchange.townships import nil
from tests.exchange.townships import note
from tests.exchange.townships import opened
from tests.exchange.townships import plan
from tests.exchange.townships import redo
from tests.exchange.townships import remove
from tests.exchange.townships import replaced
from tests.exchange.townships import skipped
from tests.exchange.townships import street
from tests.exchange.townships import submit
from tests.exchange.townships import take
from tests.exchange.townships import take_deciding
from tests.exchange.townships import undo
from tests.exchange.townships import with_edits

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from desktop.app.handover.receiving.reading import Read
    from desktop.app.handover.receiving.receiving import Item
    from desktop.core.cells import Cell
    from desktop.core.changes import RecordKey
    from desktop.exchange.content import Content
    from desktop.exchange.lineage import Verdict
    from desktop.exchange.merge import Contention
    from desktop.exchange.settle import Arrival
    from desktop.store.ledger import Ledger

pytestmark = pytest.mark.unmeasured

BEDS = "beds_total"
HOMES = ("甲院", "乙院", "丙院")
OVER = st.dictionaries(
    st.sampled_from(HOMES), st.integers(0, 5).map(str) | st.just(""), min_size=1
)
WISHES = st.sampled_from([everything, replaced])
CELLS: st.SearchStrategy[Cell] = st.sampled_from([*range(4), BLANK, Absent.UNKNOWN])


def id_of(read: Read) -> str:
    assert read.envelope is not None
    return read.envelope.digest


def counted(journal: Journal) -> list[str]:
    known = journal.packages
    return [one for one in known if journal.became(one) is Became.TAKEN]


class Townships(RuleBasedStateMachine):
    ledgers = Bundle("ledgers")
    backups = Bundle("backups")
    sticks = Bundle("sticks")
    arrived = Bundle("arrived")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.desks = Desks(Path(self.folder.name))
        self.county = opened(self.desks.new(*county_units()))
        self.reads: dict[str, Read] = {}
        self.accepted: dict[Path, frozenset[str]] = {}
        """By file, the places typed over that were accepted when it was last taken."""
        self.salt = 0
        self.own = False
        self.replaced = False
        self.pool: dict[str, Read] = {}
        """What was submitted and not lost."""
        self.own_beds: dict[RecordKey, str] = {}

    @initialize(target=ledgers, salt=st.integers(0, 3))
    def begin(self, salt: int) -> object:
        self.salt = salt
        paths = []
        for code in (EAST, WEST):
            paths.append(self.desks.new(street(code)))
            with opened(paths[-1]) as ledger:
                add(ledger, f"{HOMES[0]}{code}", code, beds_total=1)
        return multiple(*paths)

    def choose(self, about: Contention) -> str:
        """Choose by what contends alone, somehow."""
        mark = crc32(repr((about, self.salt)).encode())
        return about.values[mark % len(about.values)]

    # --- At the townships ----------------------------------------------------

    @rule(path=ledgers, name=st.sampled_from(HOMES), cell=CELLS)
    def edit(self, path: Path, name: str, cell: Cell) -> None:
        with opened(path) as ledger:
            unit = ledger.units()[0].code
            if ledger.record(home(name + unit)) is None:
                add(ledger, name + unit, unit, beds_total=2)
            beds(ledger, name + unit, cell)

    @rule(path=ledgers, name=st.sampled_from(HOMES), text=st.sampled_from(["", "已核"]))
    def say_or_remove(self, path: Path, name: str, text: str) -> None:
        with opened(path) as ledger:
            unit = ledger.units()[0].code
            if ledger.record(home(name + unit)) is None:
                nil(ledger, unit, now=not ledger.nil("eci", "2025", unit))
            elif text:
                note(ledger, name + unit, "field:beds_total", text)
            else:
                remove(ledger, name + unit)

    @rule(target=sticks, path=ledgers)
    def submit(self, path: Path) -> Read:
        with opened(path) as ledger:
            read = submit(ledger)
        self.pool[id_of(read)] = read
        return read

    @rule(
        target=sticks,
        path=ledgers,
        name=st.sampled_from(HOMES),
        one=CELLS,
        two=CELLS | st.none(),
    )
    def two_computers(
        self, path: Path, name: str, one: Cell, two: Cell | None
    ) -> object:
        """Copy a ledger, and change a record in both or take it away in one."""
        self.edit(path, name, 9)
        first = self.submit(path)
        other = self.desks.copy(path)
        self.edit(path, name, one)
        if two is None:
            with opened(other) as ledger:
                remove(ledger, name + ledger.units()[0].code)
        else:
            self.edit(other, name, two)
        return multiple(first, self.submit(path), self.submit(other))

    @rule(target=ledgers, path=ledgers)
    def copy(self, path: Path) -> Path:
        return self.desks.copy(path)

    @rule(target=backups, path=ledgers)
    def back_up(self, path: Path) -> Path:
        return self.desks.backup(path)

    @rule(target=ledgers, path=consumes(backups))
    def restore(self, path: Path) -> Path:
        return path

    @rule(stick=consumes(sticks))
    def lose(self, stick: Read) -> None:
        self.pool.pop(id_of(stick), None)

    # --- At the county -------------------------------------------------------

    @rule(target=arrived, stick=sticks)
    def arrive(self, stick: Read) -> Read:
        return self.arrives(stick)

    @rule(target=arrived, stick=sticks, over=OVER, wish=WISHES)
    def arrive_typed_over(
        self, stick: Read, over: Mapping[str, str], wish: Callable[..., Wish]
    ) -> Read:
        """Accept the cells that were typed over in a file, one of them refused."""
        assert stick.envelope is not None
        unit = stick.envelope.manifest.stamp.unit
        edits = [typed_over(name + unit, BEDS, text) for name, text in over.items()]
        places = [each.difference.where for each in edits]
        chosen = frozenset(places[1:] or places)
        return self.arrives(with_edits(stick, *edits), wish, chosen)

    @rule(target=arrived, stick=sticks)
    def arrive_in_place_of_all(self, stick: Read) -> Read:
        return self.arrives(stick, replaced)

    def arrives(
        self,
        read: Read,
        wish: Callable[[Read, Verdict], Wish] = everything,
        chosen: frozenset[str] = frozenset(),
    ) -> Read:
        county = self.county
        before = content_of(county)
        counted_before = Journal(county).became(id_of(read)) is Became.TAKEN
        if counted_before:
            undo(county, read)
            without = content_of(county)
            redo(county, read)
            assert content_of(county) == before
        else:
            without = before
        edits = {read.path: chosen}
        item = take_deciding(county, read, self.choose, wish, edits)
        if item.counts:
            self.reads[id_of(read)] = read
            self.accepted[read.path] = chosen
            self.replaced |= item.wish is Wish.REPLACE
        after = content_of(county)
        self.everything_is_listed(item, before, after)
        if item.wish is Wish.REPLACE and item.counts:
            self.own_beds.clear()
        self.own_work_stands(before, after)
        undo(county, read)
        assert content_of(county) == without
        redo(county, read)
        assert content_of(county) == after
        return read

    def everything_is_listed(self, item: Item, before: Content, after: Content) -> None:
        """Whatever a file changes is in its preview, and what is accepted stands."""
        real = difference(before, after)
        listed = item.plan.taken if item.plan is not None else difference({}, {})
        assert set(real.added) == set(listed.added)
        assert set(real.removed) == set(listed.removed)
        assert set(real.changed) == set(listed.changed)
        if not item.counts:
            return
        chosen = {(about.record, about.slot) for about in Journal(self.county).choices}
        places = self.accepted[item.read.path]
        for cell in item.edits:
            if cell.key is not None and cell.id in places:
                stands = after.get(cell.key, NOTHING).get(cell.field, "") == cell.text
                assert stands or {(cell.key, BEDS), (cell.key, WHOLE)} & chosen

    def own_work_stands(self, before: Content, after: Content) -> None:
        """No file takes the place of what the county typed, unless somebody said so."""
        chosen = {(about.record, about.slot) for about in Journal(self.county).choices}
        for key, text in self.own_beds.items():
            stood = before.get(key, {}).get(BEDS) == text
            stands = after.get(key, {}).get(BEDS) == text
            assert not stood or stands or {(key, BEDS), (key, WHOLE)} & chosen

    @rule(stick=arrived)
    def take_back_or_again(self, stick: Read) -> None:
        if Journal(self.county).became(id_of(stick)) is not Became.TAKEN:
            redo(self.county, stick)
            return
        counted = content_of(self.county)
        undo(self.county, stick)
        without = content_of(self.county)
        redo(self.county, stick)
        assert content_of(self.county) == counted
        undo(self.county, stick)
        assert content_of(self.county) == without

    @rule(stick=sticks)
    def leave_aside(self, stick: Read) -> None:
        """Leave a file aside: that changes nothing, and it can be taken another day."""
        before = content_of(self.county)
        became = Journal(self.county).became(id_of(stick))
        take(self.county, stick, wish=skipped)
        assert content_of(self.county) == before
        after = Journal(self.county).became(id_of(stick))
        assert after in {became, Became.SKIPPED}
        assert (after is Became.TAKEN) == (became is Became.TAKEN)

    @precondition(lambda self: self.reads)
    @rule(name=st.sampled_from(HOMES), unit=st.sampled_from([EAST, WEST]), cell=CELLS)
    def own_change(self, name: str, unit: str, cell: Cell) -> None:
        if self.county.record(home(name + unit)) is not None:
            self.own = self.own or beds_of(self.county, name + unit) != cell
            beds(self.county, name + unit, cell)
            self.own_beds[home(name + unit)] = canonical(cell) or ""

    def teardown(self) -> None:
        """Whatever happened: whole, the same in another order, nothing lost unseen."""
        county = self.county
        assert county.doctor().problems == ()
        journal = Journal(county)
        counting = [self.reads[one] for one in counted(journal)]
        choices = journal.choices
        content = content_of(county)
        if not self.own:
            self.nothing_lost(county, content)

        def decide(about: Contention) -> str:
            return choices[about] if about in choices else self.choose(about)

        if not self.own and not self.replaced:
            again = self.received(counting, decide)
            assert below(content) == below(again)
        every = sorted({**self.pool, **self.reads}.items())
        order = [read for _, read in every]
        one_by_one = self.received(order, decide)
        assert one_by_one == self.received(order[::-1], decide)
        assert one_by_one == self.together(order, decide)
        self.in_another_order(counting)
        county.close()
        self.folder.cleanup()

    def in_another_order(self, counting: Sequence[Read]) -> None:
        """Take everything back and again, from the other end: decisions stay equal."""
        content = content_of(self.county)
        for read in counting:
            undo(self.county, read)
        for read in counting[::-1]:
            redo(self.county, read, self.choose)
        assert content_of(self.county) == content
        assert self.county.doctor().problems == ()

    def received(
        self, reads: Sequence[Read], decide: Callable[[Contention], str]
    ) -> Content:
        """Let another county receive files in their order."""
        with opened(self.desks.new(*county_units())) as other:
            for read in reads:
                take_deciding(other, read, decide, edits=self.accepted)
            content = content_of(other)
            self.nothing_lost(other, content)
        return content

    def together(
        self, reads: Sequence[Read], decide: Callable[[Contention], str]
    ) -> Content:
        """Let another county receive all files as one folder, in one action."""
        choices: dict[Contention, str] = {}
        edits = self.accepted
        with opened(self.desks.new(*county_units())) as other:
            while True:
                items = plan(other, *reads, choices=choices, edits=edits)
                asked = [each.contention for item in items for each in item.open]
                if not asked:
                    break
                choices |= {about: decide(about) for about in asked}
            take(other, *reads, choices=choices, edits=edits)
            return content_of(other)

    def nothing_lost(self, county: Ledger, content: Content) -> None:
        journal = Journal(county)
        arrivals = [journal.arrival(one) for one in counted(journal)]
        contended = {(about.record, about.slot) for about in journal.choices}
        for one in arrivals:
            before = [
                known
                for each in arrivals
                if goes_on_from(one, each)
                # What was accepted there instead stands where this one says no more.
                for known in (each.content, said(each))
            ]
            if any(goes_on_from(each, one) for each in arrivals):
                continue
            for key, slots in said(one).items():
                for slot, text in slots.items():
                    assert (
                        content.get(key, {}).get(slot) == text
                        or {(key, slot), (key, WHOLE)} & contended
                        or any(each.get(key, {}).get(slot) == text for each in before)
                    )


def said(arrival: Arrival) -> Content:
    """Give what counts of a package, with the cells that were accepted."""
    accepted = {key: after for key, (_, after) in arrival.accepted.items()}
    return {**arrival.content, **accepted}


TestTownships = Townships.TestCase
# Each example makes half a dozen ledgers: where everything is tested, a few must do.
EXAMPLES = 6 if os.environ.get("CI") else 20
TestTownships.settings = settings(max_examples=EXAMPLES, stateful_step_count=12)
