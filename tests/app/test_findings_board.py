from __future__ import annotations

from desktop.app.events import FindingsChanged
from desktop.app.findings_board import FindingsBoard
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId

ONE, TWO = RecordId(1), RecordId(2)


def finding(rule: str, level: Level, record: RecordId = ONE) -> Finding:
    return Finding(
        rule, level, Outcome.FAILED, "eci", "310105", "2025", record, (), "句子"
    )


SOFT = finding("soft", Level.WARNING)
HARD = finding("hard", Level.ERROR, TWO)


def filled() -> FindingsBoard:
    board = FindingsBoard()
    board.take(FindingsChanged("eci", {ONE: (SOFT,), TWO: (HARD,)}, all_records=True))
    return board


def test_board__hardest_first() -> None:
    assert filled().all() == (HARD, SOFT)
    assert filled().of_form("eci") == (HARD, SOFT)
    assert filled().of("eci", ONE) == (SOFT,)
    assert filled().of("cef", ONE) == ()


def test_board__counts_a_level() -> None:
    assert filled().count(Level.ERROR, "eci") == 1
    assert filled().of_level(Level.WARNING, "eci") == (SOFT,)
    assert filled().count(Level.INFO, "cef") == 0


def test_board__one_record_asked_again() -> None:
    board = filled()
    board.take(FindingsChanged("eci", {TWO: ()}, all_records=False))
    assert board.all() == (SOFT,)


def test_board__all_records_asked_again() -> None:
    board = filled()
    board.take(FindingsChanged("eci", {TWO: (HARD,)}, all_records=True))
    assert board.all() == (HARD,)
    board.clear()
    assert board.all() == ()
