"""The board in words: states, and a score with its sum."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from desktop.app.commands import mark
from desktop.app.handover.board.board_facts import EXPECTED
from desktop.app.handover.board.board_facts import GRACE
from desktop.app.handover.board.board_facts import INSTEAD
from desktop.app.handover.board.board_lines import Came
from desktop.app.handover.board.board_lines import FormState
from desktop.app.handover.board.lateness import Timely
from desktop.app.handover.board.scoring import QUALITY
from desktop.app.handover.board.scoring import TIMELY
from desktop.app.handover.board.scoring import WEIGHTS
from desktop.app.handover.board.scoring import Part
from desktop.core.unit import UnitLevel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.app.handover.board.board_lines import Arrived
    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import FormCell
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.board.scoring import Score
    from desktop.core.words import Words

CAME: Final[Mapping[Came, str]] = {
    Came.NOTHING: mark("Not handed in"),
    Came.BELOW: mark("Only units below"),
    Came.TYPED: mark("Typed in here"),
    Came.RECEIVED: mark("Received"),
    Came.RETURNED: mark("Sent back"),
    Came.ACCEPTED: mark("Accepted"),
}
TIMELINESS: Final[Mapping[Timely, str]] = {
    Timely.ON_TIME: mark("On time"),
    Timely.LATE: mark("{days} days late"),
    Timely.MISSING: mark("Overdue by {days} days"),
    Timely.WAITING: mark("Not due yet"),
    Timely.NO_DEADLINE: mark("No deadline set"),
    Timely.NOT_JUDGED: mark("Typed in here, not timed"),
}
FORMS: Final[Mapping[FormState, str]] = {
    FormState.NOTHING: mark("not handed in"),
    FormState.RECORDS: mark("{count} records"),
    FormState.NIL: mark("nothing to report (零报告)"),
    FormState.BLANK: mark("handed in blank, without a nil return"),
    FormState.TOTALS: mark("sums only, the records were kept"),
    FormState.NOT_CARRIED: mark("not in the file that was handed in"),
}
SIGNS: Final[Mapping[FormState, str]] = {
    FormState.NOTHING: "✕",
    FormState.NIL: "〇",
    FormState.BLANK: "空",
    FormState.TOTALS: "Σ",
    FormState.NOT_CARRIED: "缺",
}
"""What stands in the grid; of records their number stands there."""
LEVELS: Final[Mapping[UnitLevel, str]] = {
    UnitLevel.PROVINCE: mark("Provinces"),
    UnitLevel.PREFECTURE: mark("Prefectures"),
    UnitLevel.COUNTY: mark("Counties"),
    UnitLevel.TOWNSHIP: mark("Townships and subdistricts"),
    UnitLevel.VILLAGE: mark("Villages and communities"),
}
PARTS: Final[Mapping[Part, str]] = {
    Part.LATE: mark("days late"),
    Part.RETURNED: mark("times sent back"),
    Part.ERRORS: mark("open 强制性 findings"),
    Part.UNEXPLAINED: mark("核实性 findings without explanation"),
    Part.UNANSWERED: mark("forms without records and without a nil return"),
}


def state_words(line: Line, say: Words) -> str:
    """Say what came of a unit, and whether somebody did it for the unit."""
    if not line.asked:
        return say("Excused")
    told = say(CAME[line.came])
    if line.for_it and line.handed_in:
        return say("{state} (on its behalf)", state=told)
    return told


def timely_words(line: Line, say: Words) -> str:
    """Say how a unit stands to its last day."""
    return say(TIMELINESS[line.timely], days=line.late) if line.asked else ""


def form_words(cell: FormCell, say: Words) -> str:
    """Say what came of a form."""
    return say(FORMS[cell.state], count=cell.records)


def sign_of(cell: FormCell) -> str:
    """Give what stands in the grid for a form."""
    return SIGNS.get(cell.state, str(cell.records))


def moment(at: str) -> str:
    """Write a moment as people read it."""
    return at[:16].replace("T", " ")


def rate(part: int, whole: int) -> str:
    """Write a share in per cent with one digit, rounded down: 99.9 is not 100."""
    return f"{part * 1000 // whole / 10:.1f}%" if whole else "—"


def sums_words(board: Board, say: Words) -> tuple[str, ...]:
    """Say the board in numbers, what the rate is made of beside it."""
    sums, timed = board.sums, board.facts.deadline is not None
    done = sums.handed_in
    return (
        say(
            "Handed in: {done} of {expected} units ({rate}); {others} of them on "
            "their behalf.",
            done=done,
            expected=sums.expected,
            rate=rate(done, sums.expected),
            others=sums.others,
        ),
        say(
            "On time {on_time} ({rate}), late {late}, overdue {missing}, not due yet "
            "{waiting}; sent back {returned}, accepted {accepted}, excused {excused}.",
            on_time=sums.on_time,
            rate=rate(sums.on_time, sums.expected) if timed else rate(0, 0),
            late=sums.late,
            missing=sums.missing,
            waiting=sums.waiting,
            returned=sums.returned,
            accepted=sums.accepted,
            excused=sums.excused,
        ),
    )


def spared_words(board: Board, say: Words) -> Iterator[str]:
    """Say which forms are not asked of the units below, and why."""
    for form in board.spared:
        yield say(
            "Not asked of the units below: {form} ({reason})",
            form=form.title,
            reason=board.facts.forms[form.id].reason,
        )


def formula_words(say: Words) -> tuple[str, ...]:
    """Say by which formula scores are made; the numbers stand in `scoring` alone."""
    parts = "；".join(
        say(
            "{what}: {each} points each, at most {most}",
            what=say(PARTS[part]),
            each=weight.each,
            most=weight.most,
        )
        for part, weight in WEIGHTS.items()
        if part is not Part.LATE
    )
    return (
        say(
            "Score = timeliness ({timely}) + quality ({quality}). The formula is this "
            "program's own, no rule book's.",
            timely=TIMELY,
            quality=QUALITY,
        ),
        say(
            "Timeliness: {timely}, less {each} for each day late by this ledger's "
            "clock, not under 0; nothing handed in, 0.",
            timely=TIMELY,
            each=WEIGHTS[Part.LATE].each,
        ),
        say("Quality: {quality}, less — {parts}.", quality=QUALITY, parts=parts),
        say("A nil return counts as an answer and costs nothing."),
    )


def score_words(score: Score, say: Words) -> tuple[str, ...]:
    """Say a score with its sum."""
    if not score.deductions:
        return (say("Score 0: nothing was handed in, and the last day is over."),)
    return tuple(_sum(score, say))


def _sum(score: Score, say: Words) -> Iterator[str]:
    late, *others = score.deductions
    if score.timely is None or score.total is None:
        yield say("No score in all: no deadline is set, so nobody is late or on time.")
    else:
        yield say(
            "Score {total} = timeliness {timely} + quality {quality}",
            total=score.total,
            timely=score.timely,
            quality=score.quality,
        )
        off = f"{TIMELY} − {late.points}（{_counted(late.count, late.part, say)}）"
        yield say("Timeliness {points} = {sum}", points=score.timely, sum=off)
    parts = (
        f" − {one.points}（{_counted(one.count, one.part, say)}）" for one in others
    )
    told = f"{QUALITY}{''.join(parts)}"
    yield say("Quality {points} = {sum}", points=score.quality, sum=told)


def _counted(count: int, part: Part, say: Words) -> str:
    return f"{say(PARTS[part])} {count}"


def facts_words(board: Board, line: Line, say: Words) -> Iterator[str]:
    """Say everything that is known of a unit, a line each."""
    telling = _Telling(board, line, say)
    yield from telling.asked()
    if line.first is not None and line.newest is not None:
        yield from _received(line.first, line.newest, line, say)
    if line.aside:
        yield say("{count} files were left aside or taken back.", count=line.aside)
    if line.below and not line.handed_in:
        yield say("{count} files came from units below, past it.", count=line.below)
    yield from telling.by_others()
    yield from telling.grace()


class _Telling:
    """Tells what was recorded of a unit, and by whom."""

    def __init__(self, board: Board, line: Line, say: Words) -> None:
        self._recorded = board.recorded
        self._line = line
        self._say = say

    def asked(self) -> Iterator[str]:
        line, say = self._line, self._say
        told = self._told(line.expected.reason, EXPECTED + line.unit.code)
        if not line.asked:
            yield say("Excused: {reason}", reason=told)
        elif line.expected.reason:
            yield say("Expected besides: {reason}", reason=told)

    def by_others(self) -> Iterator[str]:
        line, say = self._line, self._say
        if line.by_other:
            yield say("It came from the ledger of {unit}.", unit=line.by_other)
        if line.instead is not None and line.newest is not None:
            name = INSTEAD + line.newest.package.id
            told = self._told(line.instead.reason, name)
            who = line.instead.who
            yield say("Made on its behalf by {who}: {reason}", who=who, reason=told)

    def grace(self) -> Iterator[str]:
        line, say = self._line, self._say
        if line.grace is not None:
            until = line.grace.until
            day = until.isoformat() if until is not None else say("any day")
            told = self._told(line.grace.reason, GRACE + line.unit.code)
            yield say("Exception, until {day}: {reason}", day=day, reason=told)

    def _told(self, reason: str, name: str) -> str:
        by = self._recorded.get(name)
        if by is None:
            return reason
        at = moment(by.at)
        return self._say(
            "{reason}; recorded {at} by {who}", reason=reason, at=at, who=by.who
        )


def _received(first: Arrived, newest: Arrived, line: Line, say: Words) -> Iterator[str]:
    yield say(
        "Received here {at} by {who} (this ledger's clock; this counts)",
        at=moment(first.at),
        who=first.who,
    )
    yield say(
        "Last changed there {at} (the sender's clock)",
        at=moment(first.package.made),
    )
    if newest is not first:
        yield say(
            "Newest of {count}: received {at}, {file}",
            count=len(line.counting),
            at=moment(newest.at),
            file=newest.package.file,
        )
