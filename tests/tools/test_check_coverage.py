"""The marks of coverage have teeth."""

from __future__ import annotations

from tools import check_coverage


def test_judge__ok() -> None:
    assert check_coverage.judge(100.0, check_coverage.LEAST) == []
    assert check_coverage.judge(80.0, 80.0) == []


def test_judge__a_line_missed_error() -> None:
    assert check_coverage.judge(99.95, check_coverage.LEAST) == [
        "99.950 % is covered, not 99.98 %"
    ]


def test_mark__is_a_percentage() -> None:
    assert 0 <= float(check_coverage.MARK.read_text(encoding="utf-8")) <= 100
