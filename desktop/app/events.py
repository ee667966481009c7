"""What changed, as a session tells its listeners; views re-read what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from desktop.core.findings import Finding
    from desktop.core.findings import RecordId
    from desktop.core.messages import Message
    from desktop.indicators.figures import Figure


@dataclass(frozen=True, slots=True)
class Saved:
    """An action is on disk."""

    revision: int
    title: Message


@dataclass(frozen=True, slots=True)
class NotSaved:
    """An action could not be written; the ledger is as it was before."""

    title: Message
    reason: Message


@dataclass(frozen=True, slots=True)
class RecordsChanged:
    """Records of a form hold something new; `listed` if records came or went."""

    form: str
    records: frozenset[RecordId]
    listed: bool


@dataclass(frozen=True, slots=True)
class FindingsChanged:
    """The audit says something new.

    `findings` maps the records asked again to what does not pass there now; with
    `all_records` every record of the form was asked, and one not named passes.
    """

    form: str
    findings: Mapping[RecordId, tuple[Finding, ...]]
    all_records: bool


@dataclass(frozen=True, slots=True)
class FiguresChanged:
    """The indicators of the period were computed anew, for the ledger's own unit."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class UndoChanged:
    """What undo and redo would do has changed; None where there is nothing."""

    undo: Message | None
    redo: Message | None


@dataclass(frozen=True, slots=True)
class PeriodChanged:
    """The session looks at another period."""

    code: str


Event: TypeAlias = (
    Saved
    | NotSaved
    | RecordsChanged
    | FindingsChanged
    | FiguresChanged
    | UndoChanged
    | PeriodChanged
)
Listener: TypeAlias = "Callable[[Event], None]"
