"""What an audit says of one rule and one record or unit."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import NewType

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from desktop.core.cells import Cell
    from desktop.core.messages import Message

RecordId = NewType("RecordId", int)
"""The `_id` of a record in its form's table; it lives as long as the ledger."""


class Level(Enum):
    """How hard a rule is: 强制性, 核实性 (passes with an explanation), 提示."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(Enum):
    """The four ways a rule can end; never two."""

    PASSED = "passed"
    FAILED = "failed"
    MISSING = "missing"
    """A value the rule needs is blank, 不适用 or 不详."""
    BROKEN = "broken"
    """The rule itself could not run."""


@frozen
class Finding:
    """One rule that did not pass for one record or unit.

    `record` is None where the rule speaks of a unit as a whole. `fields` are the
    cells to mark. `text` is the pack's own sentence with the values filled in;
    `problem` says why a rule is broken.
    """

    rule: str
    level: Level
    outcome: Outcome
    form: str
    unit: str
    period: str
    record: RecordId | None
    fields: tuple[str, ...]
    text: str
    values: tuple[tuple[str, Cell], ...] = ()
    problem: Message | None = None


@frozen
class Tally:
    """How one rule went over all records or units it was asked of."""

    rule: str
    passed: int
    failed: int
    missing: int
    broken: bool = False
