"""The marks of coverage have teeth."""

from __future__ import annotations

from tools import check_coverage


def test_judge__ok() -> None:
    assert check_coverage.judge(below=100.0, above=80.0, mark=80.0) == []


def test_judge__a_line_missed_below_the_windows_error() -> None:
    assert check_coverage.judge(below=99.999, above=80.0, mark=80.0) == [
        "below the windows 100.00 % is covered, not 100 %"
    ]


def test_judge__below_the_windows_by_its_mark() -> None:
    assert check_coverage.judge(below=98.5, above=80.0, mark=80.0, whole=98.0) == []
    assert check_coverage.judge(below=97.9, above=80.0, mark=80.0, whole=98.0) == [
        "below the windows 97.90 % is covered, not 98 %"
    ]


def test_judge__windows_that_fell_error() -> None:
    assert check_coverage.judge(below=100.0, above=79.9, mark=80.0) == [
        "the windows fell to 79.90 %, from 80 %"
    ]


def test_mark__is_a_percentage() -> None:
    for path in (check_coverage.MARK, check_coverage.BELOW):
        assert 0 <= float(path.read_text(encoding="utf-8")) <= 100
