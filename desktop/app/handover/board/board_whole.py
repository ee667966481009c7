"""The board with its scores: what is shown, copied and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.board.board import board_of
from desktop.app.handover.board.scoring import Open
from desktop.app.handover.board.scoring import open_by_unit
from desktop.app.handover.board.scoring import score_of
from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from desktop.app.handover.board.board_counts import Carried
    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.scoring import Score
    from desktop.app.progress import Steps
    from desktop.core.findings import Finding
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger


@frozen
class ScoredBoard:
    """A board, and a score by unit; `audited` tells whether the audit is through.

    Before that nobody has a score: what is open is not known.
    """

    period: Period
    board: Board
    scores: Mapping[str, Score | None]
    audited: bool = True


def scored_board(
    ledger: Ledger,
    period: Period,
    today: date,
    findings: Iterable[Finding] | None,
    known: dict[str, Carried] | None = None,
) -> Steps[ScoredBoard]:
    """Put the board of a period together, with scores if the findings are known.

    Raises:
        StoreError: The ledger cannot be read.
    """
    board = yield from board_of(ledger, period.code, today, known)
    if findings is None:
        return ScoredBoard(period, board, {}, audited=False)
    found = open_by_unit(ledger, period.code, findings)
    scores = {
        str(line.unit.code): score_of(line, found.get(line.unit.code, Open()))
        for line in board.lines
    }
    return ScoredBoard(period, board, scores)
