"""`taizhang board`: who has handed in a period, who has not, and what to do then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.handover.board.board import board_of
from desktop.app.handover.board.board_reminder import reminders
from desktop.app.handover.board.board_reminder import to_remind
from desktop.app.handover.board.board_table import board_sheet
from desktop.app.handover.board.board_table import write_board
from desktop.app.handover.board.board_whole import scored_board
from desktop.app.handover.board.board_words import LEVELS
from desktop.app.handover.board.board_words import facts_words
from desktop.app.handover.board.board_words import form_words
from desktop.app.handover.board.board_words import formula_words
from desktop.app.handover.board.board_words import rate
from desktop.app.handover.board.board_words import score_words
from desktop.app.handover.board.board_words import sign_of
from desktop.app.handover.board.board_words import spared_words
from desktop.app.handover.board.board_words import state_words
from desktop.app.handover.board.board_words import sums_words
from desktop.app.handover.board.board_words import timely_words
from desktop.app.progress import run_steps
from desktop.cli.board_recording import record
from desktop.cli.board_recording import records
from desktop.cli.desk import DONE
from desktop.cli.desk import FOUND
from desktop.cli.desk import period_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable
    from datetime import date

    from desktop.app.handover.board.board_lines import Board
    from desktop.app.handover.board.board_lines import Line
    from desktop.app.handover.board.board_sums import Sum
    from desktop.app.handover.board.board_whole import ScoredBoard
    from desktop.app.handover.board.scoring import Score
    from desktop.cli.desk import Desk
    from desktop.core.findings import Finding
    from desktop.core.period import Period
    from desktop.store.ledger import Ledger


def board(desk: Desk, options: Namespace) -> int:
    """Tell who has handed in: 0 nothing is wanting, 1 somebody has to be reminded."""
    writing = records(options)
    today = desk.person.clock().date()
    with desk.open(Path(options.ledger), read_only=not writing) as ledger:
        period = period_of(ledger, options.period)
        if writing:
            record(desk, ledger, period, options)
        if options.all_periods:
            return _periods(desk, ledger, today, options)
        if options.sums:
            return _sums_of(desk, ledger, period, options)
        told = _told(ledger, period, today, options)
        _write(desk, ledger, told, options)
        if options.json:
            desk.answer(_facts(desk, told))
        elif options.remind:
            _remind(desk, told)
        else:
            _show(desk, told, scores=options.scores)
    return FOUND if to_remind(told.board) else DONE


def _told(
    ledger: Ledger, period: Period, today: date, options: Namespace
) -> ScoredBoard:
    wanted = options.scores or options.json or options.csv or options.xlsx
    findings = _findings(ledger, period) if wanted else None
    return run_steps(scored_board(ledger, period, today, findings))


def _findings(ledger: Ledger, period: Period) -> Iterable[Finding]:
    from desktop.app.audit.auditing import audit_ledger
    from desktop.app.compiled import compiled_for
    from desktop.indicators.periods import period_parameters

    compiled = compiled_for(ledger, period)
    parameters = period_parameters(compiled.pack, period)
    return run_steps(audit_ledger(ledger, compiled.audit, parameters)).findings


def _write(desk: Desk, ledger: Ledger, told: ScoredBoard, options: Namespace) -> None:
    for name in filter(None, (options.csv, options.xlsx)):
        sheet = board_sheet(ledger, told, desk.say)
        remarks = write_board(Path(name), sheet, csv=name is options.csv)
        if not options.json:
            desk.tell("Written and read back: {path}", path=name)
            for said in remarks:
                desk.told(said, "  ")


def _remind(desk: Desk, told: ScoredBoard) -> None:
    if to_remind(told.board):
        desk.line(reminders(told.board, told.period.title, desk.say))
    else:
        desk.tell("Nobody has to be reminded: everything wanted is here.")


def _show(desk: Desk, told: ScoredBoard, *, scores: bool) -> None:
    shown = told.board
    for said in shown.facts.damaged:
        desk.told(said)
    if not shown.lines:
        desk.tell(
            "Nobody hands in to this ledger: it has no units below it that keep a "
            "ledger of their own. --expect UNIT=REASON names one."
        )
        return
    _head(desk, shown)
    for line in shown.lines:
        _line(desk, shown, line)
        if scores:
            _score(desk, told.scores.get(line.unit.code))
    _coverage(desk, shown)
    if scores:
        for text in formula_words(desk.say):
            desk.line(text)


def _head(desk: Desk, shown: Board) -> None:
    deadline = shown.facts.deadline
    if deadline is None:
        desk.tell("No deadline is set. --deadline DAY sets one.")
    else:
        desk.tell("The last day is {day}.", day=deadline.isoformat())
    if shown.facts.locked:
        desk.tell("The period is locked: what is late needs a recorded exception.")
    for text in sums_words(shown, desk.say):
        desk.line(text)
    for text in spared_words(shown, desk.say):
        desk.line(text)
    for level in shown.levels:
        desk.tell(
            "{level}: something is here of {present} of {units} ({rate}).",
            level=desk.say(LEVELS[level.level]),
            present=level.present,
            units=level.units,
            rate=rate(level.present, level.units),
        )


def _line(desk: Desk, shown: Board, line: Line) -> None:
    state = state_words(line, desk.say)
    desk.line(f"{line.unit.code}  {line.name}  {state}  {timely_words(line, desk.say)}")
    for text in facts_words(shown, line, desk.say):
        desk.line(f"    {text}")
    if line.asked:
        pairs = zip(shown.forms, line.cells, strict=True)
        desk.line("    " + "  ".join(f"{f.id} {sign_of(cell)}" for f, cell in pairs))


def _score(desk: Desk, score: Score | None) -> None:
    for text in score_words(score, desk.say) if score is not None else ():
        desk.line(f"    {text}")


def _coverage(desk: Desk, shown: Board) -> None:
    for each in shown.coverage:
        desk.tell(
            "{form}: {answered} of {expected} units ({rate}), {nil} nil returns",
            form=each.form.title,
            answered=each.answered,
            expected=each.expected,
            rate=rate(each.answered, each.expected),
            nil=each.nil,
        )


def _periods(desk: Desk, ledger: Ledger, today: date, options: Namespace) -> int:
    """Tell the numbers of every period."""
    boards = [
        (each, run_steps(board_of(ledger, each.code, today)))
        for each in ledger.periods()
    ]
    if options.json:
        facts = [{"period": p.code, **_sums(one)} for p, one in boards]
        desk.answer({"periods": facts})
    else:
        for period, one in boards:
            desk.line(period.title)
            for text in sums_words(one, desk.say):
                desk.line(f"    {text}")
    return FOUND if any(to_remind(one) for _, one in boards) else DONE


def _sums_of(desk: Desk, ledger: Ledger, period: Period, options: Namespace) -> int:
    """Tell the figures as they were handed in, added up."""
    from desktop.app.compiled import compiled_for
    from desktop.app.handover.board.board_sums import handed_sums

    today = desk.person.clock().date()
    shown = run_steps(board_of(ledger, period.code, today))
    compiled = compiled_for(ledger, period)
    sums = run_steps(handed_sums(ledger, compiled, period, shown))
    if options.json:
        desk.answer(
            {
                "missing": list(sums.missing),
                "figures": [_sum_facts(one) for one in sums.figures],
                "totals": [_sum_facts(one) for one in sums.totals],
            }
        )
        return FOUND if sums.missing else DONE
    for one in (*sums.figures, *sums.totals):
        parts = (f"{sums.names[unit]} {value:f}" for unit, value in one.values.items())
        told = f"{' + '.join(parts)} = {one.total:f} {one.measure}".rstrip()
        desk.line(f"{one.title}: {told}" if one.values else f"{one.title}: —")
        if one.here is not None and one.here != one.total:
            desk.tell("    this ledger computes {value}", value=f"{one.here:f}")
    if sums.missing:
        names = "、".join(sums.missing)
        desk.tell("Nothing was handed in by: {units}", units=names)
    return FOUND if sums.missing else DONE


# --- JSON --------------------------------------------------------------------


def _sums(shown: Board) -> dict[str, object]:
    sums, deadline = shown.sums, shown.facts.deadline
    names = ("expected", "own", "others", "on_time", "late", "missing", "waiting")
    more = ("returned", "accepted", "excused")
    return {
        "deadline": None if deadline is None else deadline.isoformat(),
        "locked": shown.facts.locked,
        **{name: getattr(sums, name) for name in (*names, *more)},
    }


def _facts(desk: Desk, told: ScoredBoard) -> dict[str, object]:
    shown = told.board
    return {
        "unit": shown.root.code,
        "period": shown.period,
        "today": shown.today.isoformat(),
        **_sums(shown),
        "levels": [
            {"level": each.level.value, "units": each.units, "present": each.present}
            for each in shown.levels
        ],
        "forms": [
            {
                "form": each.form.id,
                "expected": each.expected,
                "answered": each.answered,
                "nil": each.nil,
            }
            for each in shown.coverage
        ],
        "spared": [form.id for form in shown.spared],
        "lines": [_line_facts(desk, told, line) for line in shown.lines],
        "recorded": [
            {"name": name, "who": one.who, "at": one.at}
            for name, one in shown.recorded.items()
        ],
        "damaged": [desk.say.message(said) for said in shown.facts.damaged],
    }


def _line_facts(desk: Desk, told: ScoredBoard, line: Line) -> dict[str, object]:
    first, newest = line.first, line.newest
    forms = zip(told.board.forms, line.cells, strict=True)
    return {
        "unit": line.unit.code,
        "name": line.name,
        "asked": line.asked,
        "reason": line.expected.reason,
        "came": line.came.value,
        "timely": line.timely.value,
        "days_late": line.late,
        "due": None if line.due is None else line.due.isoformat(),
        "received": None if first is None else first.at,
        "made": None if first is None else first.package.made,
        "package": None if newest is None else newest.package.id,
        "versions": len(line.counting),
        "below": line.below,
        "aside": line.aside,
        "on_behalf": line.for_it,
        "forms": [
            {
                "form": form.id,
                "state": cell.state.value,
                "records": cell.records,
                "says": form_words(cell, desk.say),
            }
            for form, cell in forms
        ],
        "score": _score_facts(told.scores.get(line.unit.code)),
        "says": list(facts_words(told.board, line, desk.say)),
    }


def _score_facts(score: Score | None) -> dict[str, object] | None:
    if score is None:
        return None
    return {
        "total": score.total,
        "timely": score.timely,
        "quality": score.quality,
        "parts": [
            {"part": each.part.value, "count": each.count, "points": each.points}
            for each in score.deductions
        ],
    }


def _sum_facts(one: Sum) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "measure": one.measure,
        "values": [
            {"unit": unit, "value": f"{value:f}"} for unit, value in one.values.items()
        ],
        "total": f"{one.total:f}",
        "here": None if one.here is None else f"{one.here:f}",
    }
