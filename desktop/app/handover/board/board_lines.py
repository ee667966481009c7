"""What the board (上报率) says, as values: lines of units, cells of forms, sums."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.board.lateness import Timely
from desktop.app.handover.slips.receipts import PackageState
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from desktop.app.handover.board.board_facts import BoardFacts
    from desktop.app.handover.board.board_facts import Grace
    from desktop.app.handover.board.board_facts import Instead
    from desktop.app.handover.board.board_facts import Who
    from desktop.app.handover.board.expected import Expected
    from desktop.core.unit import Unit
    from desktop.core.unit import UnitLevel
    from desktop.forms.model import Form
    from desktop.store.journal_rows import Package


class Came(Enum):
    """What came of a unit, as things stand."""

    NOTHING = "nothing"
    """未报."""
    BELOW = "below"
    """下级直报: units below it handed in past it, it did not."""
    TYPED = "typed"
    """本级代录: nothing was received, this ledger's own people typed something in."""
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"


FROM_STATE: Final[Mapping[PackageState, Came]] = {
    PackageState.RECEIVED: Came.RECEIVED,
    PackageState.RETURNED: Came.RETURNED,
    PackageState.ACCEPTED: Came.ACCEPTED,
}
HANDED_IN: Final = frozenset(FROM_STATE.values())


class FormState(Enum):
    """What came of one form of a unit."""

    NOTHING = "nothing"
    RECORDS = "records"
    NIL = "nil"
    """零报告: the unit said that there is nothing to report."""
    BLANK = "blank"
    """空表: it was handed in without a record and without saying so."""
    TOTALS = "totals"
    """只报合计: the unit sent sums and kept its records."""
    NOT_CARRIED = "not_carried"
    """未随报: what was received does not speak of the form."""


ANSWERED: Final = frozenset({FormState.RECORDS, FormState.NIL, FormState.TOTALS})


@frozen
class FormCell:
    """One form of one unit, with how many records stand here."""

    state: FormState
    records: int = 0


@frozen
class Arrived:
    """A package with when it was received here first, by this ledger's clock."""

    package: Package
    at: str
    seq: int
    who: str
    counts: bool


@frozen
class Back:
    """What was sent back to a unit: how many times, items still open, their day."""

    times: int = 0
    open: int = 0
    due: str = ""


@frozen
class Line:
    """One unit of the board.

    `counting` are the packages that count, the newest last, and `first` the one of them
    that came first; `late` days, `due` the unit's own last day. `below` counts packages
    of units below it, `aside` those that were left aside.
    """

    expected: Expected
    name: str
    came: Came
    timely: Timely
    late: int
    due: date | None
    cells: tuple[FormCell, ...]
    first: Arrived | None = None
    counting: tuple[Arrived, ...] = ()
    below: int = 0
    aside: int = 0
    instead: Instead | None = None
    by_other: str = ""
    """The unit whose ledger it came from, where that is not the unit itself."""
    grace: Grace | None = None
    back: Back = Back()

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.expected.unit

    @property
    def newest(self) -> Arrived | None:
        """The package that counts and says the most recent."""
        return self.counting[-1] if self.counting else None

    @property
    def asked(self) -> bool:
        """Whether it is to hand in."""
        return self.expected.asked

    @property
    def handed_in(self) -> bool:
        """Whether something of its own was received."""
        return self.came in HANDED_IN

    @property
    def for_it(self) -> bool:
        """Whether somebody else did it for the unit (代报)."""
        made = self.instead is not None or bool(self.by_other)
        return self.came is Came.TYPED or (self.handed_in and made)

    @property
    def waiting(self) -> bool:
        """Whether it is to hand in, and nothing has come of it."""
        return self.asked and not self.handed_in and self.came is not Came.TYPED

    def lacking(self, forms: Sequence[Form]) -> tuple[Form, ...]:
        """Give the forms that are not answered."""
        pairs = zip(forms, self.cells, strict=True)
        return tuple(form for form, cell in pairs if cell.state not in ANSWERED)


@frozen
class Sums:
    """The board in numbers; `own` handed in by themselves, `others` by others (代报).

    Excused units are in no other number.
    """

    expected: int
    own: int
    others: int
    on_time: int
    late: int
    missing: int
    waiting: int
    returned: int
    accepted: int
    excused: int

    @property
    def handed_in(self) -> int:
        """Units of which something was received or typed in."""
        return self.own + self.others


@frozen
class LevelSum:
    """How many units of a level there are, and of how many something is here."""

    level: UnitLevel
    units: int
    present: int


@frozen
class FormSum:
    """How a form is covered: units that are asked, that answered, 零报告 among them."""

    form: Form
    expected: int
    answered: int
    nil: int


@frozen
class Board:
    """The board of a period, as of a day."""

    period: str
    today: date
    root: Unit
    facts: BoardFacts
    forms: tuple[Form, ...]
    lines: tuple[Line, ...]
    sums: Sums
    levels: tuple[LevelSum, ...]
    coverage: tuple[FormSum, ...]
    recorded: Mapping[str, Who]
    """Who recorded what stands among the facts, and when, by its name."""
    spared: tuple[Form, ...] = ()
    """Forms that are not asked of the units below; they are in no number."""

    def line(self, unit: str) -> Line | None:
        """Give the line of a unit."""
        return next((line for line in self.lines if line.unit.code == unit), None)


def sums_of(lines: Iterable[Line]) -> Sums:
    """Count what the lines say."""
    every = tuple(lines)
    asked = [line for line in every if line.asked]

    def count(timely: Timely) -> int:
        return sum(line.timely is timely for line in asked if line.handed_in)

    open_ = [line for line in asked if line.waiting]
    overdue = sum(line.timely is Timely.MISSING for line in open_)
    others = sum(line.for_it for line in asked)
    return Sums(
        expected=len(asked),
        own=len(asked) - len(open_) - others,
        others=others,
        on_time=count(Timely.ON_TIME),
        late=count(Timely.LATE),
        missing=overdue,
        waiting=len(open_) - overdue,
        returned=sum(line.came is Came.RETURNED for line in asked),
        accepted=sum(line.came is Came.ACCEPTED for line in asked),
        excused=len(every) - len(asked),
    )
