"""催报: what to send to a unit that is late, ready to be pasted anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import Line
    from desktop.core.words import Words


def to_remind(board: Board) -> tuple[Line, ...]:
    """Give the units something is wanted of: nothing came, sent back, or incomplete."""
    return tuple(line for line in board.lines if wants(board, line))


def wants(board: Board, line: Line) -> bool:
    """Tell whether something is wanted of a unit."""
    if not line.asked or line.came is Came.TYPED:
        return False
    if line.waiting or line.came is Came.RETURNED:
        return True
    return line.came is not Came.ACCEPTED and bool(line.lacking(board.forms))


def reminder(board: Board, line: Line, title: str, say: Words) -> str:
    """Write to one unit; `title` is the period's. Plain text, a sentence a line."""
    return "\n".join(_sentences(board, line, title, say))


def reminders(board: Board, title: str, say: Words) -> str:
    """Write to all units something is wanted of, one after another."""
    return "\n\n".join(reminder(board, line, title, say) for line in to_remind(board))


def _sentences(board: Board, line: Line, title: str, say: Words) -> Iterator[str]:
    period = board.period
    county = board.root.name_in(period)
    yield say("[Reminder] {unit}:", unit=line.name)
    if line.came is Came.RETURNED:
        yield say(
            "What you handed in for {period} was sent back to be mended. Please mend "
            "what the return slip marks and hand in again.",
            period=title,
        )
        count, day = line.back.open, line.back.due
        if day:
            yield say("Places to mend: {count}, by {day}.", count=count, day=day)
        elif count:
            yield say("Places to mend: {count}.", count=count)
    elif line.waiting:
        yield say(
            "The forms of {period} have not reached {county} yet.",
            period=title,
            county=county,
        )
    else:
        yield say(
            "What you handed in for {period} has arrived, but some forms are missing.",
            period=title,
        )
    yield from _when(board, line, say)
    yield from _forms(board, line, say)
    yield say(
        "How: open your ledger in 民生台账, page 报送, tab 上报, make the package and "
        "bring it by stick or mail. Where a form has nothing to report, declare a nil "
        "return (零报告) first."
    )
    yield say(
        "If you have handed in already, please say when and the package's number, and "
        "take no notice of this."
    )


def _when(board: Board, line: Line, say: Words) -> Iterator[str]:
    if line.due is None or not line.waiting:
        return
    day, left = line.due.isoformat(), (line.due - board.today).days
    if left < 0:
        yield say(
            "The last day was {day}; today, {today}, it is {days} days late.",
            day=day,
            today=board.today.isoformat(),
            days=-left,
        )
    elif left:
        yield say("The last day is {day}, in {days} days.", day=day, days=left)
    else:
        yield say("The last day is today, {day}.", day=day)
    if board.facts.locked and left < 0:
        yield say(
            "The period is locked: please telephone before you hand in, so that an "
            "exception can be recorded."
        )


def _forms(board: Board, line: Line, say: Words) -> Iterator[str]:
    lacking = line.lacking(board.forms)
    if not lacking:
        return
    titles = "、".join(form.title for form in lacking)
    yield say("Missing forms ({count}): {forms}", count=len(lacking), forms=titles)
    blank = [
        form.title
        for form, cell in zip(board.forms, line.cells, strict=True)
        if cell.state is FormState.BLANK
    ]
    if blank:
        yield say(
            "Of these, handed in blank without a nil return: {forms}",
            forms="、".join(blank),
        )
