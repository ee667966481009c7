"""The board as a table for others: CSV, or a plain sheet of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.audit.finding_table import write_csv
from desktop.app.handover.board.board_words import facts_words
from desktop.app.handover.board.board_words import form_words
from desktop.app.handover.board.board_words import formula_words
from desktop.app.handover.board.board_words import moment
from desktop.app.handover.board.board_words import state_words
from desktop.app.handover.board.board_words import sums_words
from desktop.app.handover.board.board_words import timely_words
from desktop.app.reports.stamping import made_at
from desktop.app.reports.stamping import stamp_of
from desktop.export.xlsx.finding_sheet import FindingSheet
from desktop.export.xlsx.finding_sheet import write_finding_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.app.handover.board.scoring import Score
    from desktop.core.messages import Message
    from desktop.core.words import Words
    from desktop.store.ledger import Ledger

WIDTHS = (18, 14, 14, 14, 18, 18, 8, 8, 8)
FORM_WIDTH = 14
REMARK_WIDTH = 50


def board_rows(
    board: Board, scores: Mapping[str, Score | None], say: Words
) -> tuple[tuple[str, ...], ...]:
    """Write the board as rows, a head first."""
    head = (
        say("Unit"),
        say("Code"),
        say("State"),
        say("Timeliness"),
        say("Received here"),
        say("Last changed there"),
        say("Score"),
        say("Of it timeliness"),
        say("Of it quality"),
        *(form.title for form in board.forms),
        say("Remarks"),
    )
    return (
        head,
        *(_row(board, line, scores.get(line.unit.code), say) for line in board.lines),
    )


def _row(board: Board, line: Line, score: Score | None, say: Words) -> tuple[str, ...]:
    first = line.first
    return (
        line.name,
        line.unit.code,
        state_words(line, say),
        timely_words(line, say),
        "" if first is None else moment(first.at),
        "" if first is None else moment(first.package.made),
        *_points(score),
        *(form_words(cell, say) if line.asked else "" for cell in line.cells),
        " ".join(facts_words(board, line, say)),
    )


def _points(score: Score | None) -> Iterator[str]:
    if score is None:
        yield from ("", "", "")
        return
    for points in (score.total, score.timely, score.quality):
        yield "" if points is None else str(points)


def board_sheet(ledger: Ledger, told: ScoredBoard, say: Words) -> FindingSheet:
    """Put what the board stands on above its rows.

    Raises:
        StoreError: The ledger cannot be read.
    """
    board = told.board
    stamp = stamp_of(ledger, told.period)
    rows = board_rows(board, told.scores, say)
    about = (
        say("Unit: {unit} ({code})", unit=stamp.unit_name, code=stamp.unit),
        say(
            "Period: {period}; as of {today}; ledger revision {revision} of {made}.",
            period=stamp.period_title,
            today=board.today.isoformat(),
            revision=stamp.revision,
            made=made_at(stamp),
        ),
        *sums_words(board, say),
        *formula_words(say),
    )
    widths = (*WIDTHS, *(FORM_WIDTH for _ in board.forms), REMARK_WIDTH)
    return FindingSheet(say("Who has handed in"), about, rows, widths, stamp.made)


def write_board(path: Path, sheet: FindingSheet, *, csv: bool) -> tuple[Message, ...]:
    """Write the board as a workbook or as CSV.

    Raises:
        ExportError: Nothing was written; a file of that name is as it was.
    """
    if csv:
        write_csv(path, sheet.rows)
        return ()
    return write_finding_sheet(path, sheet)
