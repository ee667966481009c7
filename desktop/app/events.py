"""What changed, as a session tells its listeners; views re-read what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.core.messages import Message
    from desktop.core.period import Period
    from desktop.indicators.figures import Figure


@frozen
class Saved:
    """An action is on disk."""

    revision: int
    title: Message


@frozen
class NotSaved:
    """An action could not be written; the ledger is as it was before."""

    title: Message
    reason: Message


@frozen
class RecordsChanged:
    """Records of a form hold something new.

    `records` is None where they are too many to name. `listed` says that records came,
    went or changed their unit.
    """

    form: str
    records: frozenset[RecordId] | None
    listed: bool


@frozen
class FormTally:
    """How many findings of a form are open; `blank` are those that ask for an answer.

    `audited` tells whether every record has been asked since the period was opened.
    """

    errors: int = 0
    warnings: int = 0
    blank_errors: int = 0
    blank_warnings: int = 0
    audited: bool = False


@frozen
class FindingsChanged:
    """The audit says something new.

    `findings` maps the records asked again to what does not pass there now; with
    `all_records` every record of the form was asked, and one not named passes.
    `broken` then are the rules that could not run, and `tally` counts it all, so that
    nobody has to count on the main thread.
    """

    form: str
    findings: Mapping[RecordId, tuple[Finding, ...]]
    all_records: bool
    broken: tuple[Finding, ...] = ()
    tally: FormTally | None = None


@frozen
class FiguresChanged:
    """The indicators of the period were computed anew, for the ledger's own unit."""

    figures: tuple[Figure, ...]


@frozen
class UndoChanged:
    """What undo and redo would do has changed; None where there is nothing."""

    undo: Message | None
    redo: Message | None


@frozen
class UnitsChanged:
    """The ledger's tree of units is another one."""


@frozen
class PeriodChanged:
    """The session looks at another period; it may be kept under another pack."""

    code: str
    other_pack: bool = False


@frozen
class PackReplaced:
    """The ledger goes by another version of its pack from a period on.

    `copy` is the ledger as it was before. The session shows the pack that was; open
    another one.
    """

    period: Period
    version: str
    copy: Path


@frozen
class ChoicesChanged:
    """Other definitions or parameters are in force: the session's pack is another."""

    period: str


@frozen
class RefreshFailed:
    """The audit in the background ended with an error; the ledger is untouched."""

    error: BaseException


Event: TypeAlias = (
    Saved
    | NotSaved
    | RecordsChanged
    | FindingsChanged
    | FiguresChanged
    | UndoChanged
    | PeriodChanged
    | PackReplaced
    | UnitsChanged
    | ChoicesChanged
    | RefreshFailed
)
Listener: TypeAlias = "Callable[[Event], None]"
