from __future__ import annotations

from desktop.app.audit.findings_board import FindingsBoard
from desktop.app.audit.findings_board import asks_for_an_answer
from desktop.app.events import FindingsChanged
from desktop.app.events import FormTally
from desktop.core.findings import Finding
from desktop.core.findings import Level
from desktop.core.findings import Outcome
from desktop.core.findings import RecordId
from desktop.forms.fields import Blank
from desktop.forms.implied import implied_ids
from tests.small import small_pack

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


BLANK = finding("eci.name.required", Level.ERROR)
MISSED = finding("eci.beds_total.expected", Level.WARNING)


def test_tally__counts_what_only_asks_for_an_answer_apart() -> None:
    board = filled()
    assert board.tally("eci") == FormTally(1, 1, 0, 0, audited=True)
    assert board.tally("cef") == FormTally(audited=False)
    again = FindingsChanged("eci", {ONE: (BLANK, MISSED, SOFT)}, all_records=False)
    board.take(again)
    assert board.tally("eci") == FormTally(2, 2, 1, 1, audited=True)
    board.take(FindingsChanged("eci", {ONE: ()}, all_records=False))
    assert board.tally("eci") == FormTally(1, 0, 0, 0, audited=True)
    board.take(FindingsChanged("eci", {}, all_records=True, broken=(HARD,)))
    assert board.tally("eci") == FormTally(1, 0, 0, 0, audited=True)
    board.clear()
    assert board.tally("eci") == FormTally()


def test_tally__single_records_do_not_make_a_form_audited() -> None:
    board = FindingsBoard()
    board.take(FindingsChanged("eci", {ONE: (BLANK,)}, all_records=False))
    assert board.tally("eci") == FormTally(1, 0, 1, 0, audited=False)


def test_tally__a_hint_is_no_work() -> None:
    board = FindingsBoard()
    hint = finding("hint", Level.INFO)
    board.take(FindingsChanged("eci", {ONE: (hint,)}, all_records=True))
    assert board.tally("eci") == FormTally(audited=True)


def test_asks_for_an_answer__as_the_rules_of_fields_are_called() -> None:
    """The ends of the ids must be those that `desktop.forms.implied` writes."""
    eci = small_pack().form_by_id["eci"]
    required = eci.by_id["name"]
    expected = required.replaced(id="code", blank=Blank.EXPECTED)
    group = eci.groups[0].replaced(fields=(required, expected))
    ids = implied_ids(eci.replaced(groups=(group,)))
    asking = [rule for rule in ids if asks_for_an_answer(finding(rule, Level.ERROR))]
    assert asking == ["eci.name.required", "eci.code.expected"]
