"""The marks of coverage have teeth."""

from __future__ import annotations

from tools import check_coverage


def test_judge__ok() -> None:
    assert check_coverage.judge(below=100.0, above=80.0, mark=80.0) == []


def test_judge__a_line_missed_below_the_windows_error() -> None:
    assert check_coverage.judge(below=99.999, above=80.0, mark=80.0) == [
        "below the windows 100.00 % is covered, not all of it"
    ]


def test_judge__windows_that_fell_error() -> None:
    assert check_coverage.judge(below=100.0, above=79.9, mark=80.0) == [
        "the windows fell to 79.90 %, from 80 %"
    ]


def test_mark__is_a_percentage() -> None:
    mark = float(check_coverage.MARK.read_text(encoding="utf-8"))
    assert 0 <= mark <= 100
