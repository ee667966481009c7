from __future__ import annotations

from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words


def test_board__all_it_understands() -> None:
    words = (
        "board x.taizhang --period 2025 --all-periods --remind --scores --sums "
        "--csv a.csv --xlsx a.xlsx --deadline 2026-01-01 --excuse 1=a --expect 2=b "
        "--spare f=r --grace 3=c --grace 4=d --until 2026-02-01 --instead p=e --who 李 "
        "--forget 5 --lock --unlock --json"
    )
    options = read(understood(Words(CATALOGUE)), words.split())
    assert (options.ledger, options.period) == ("x.taizhang", "2025")
    assert options.grace == ["3=c", "4=d"]
    assert (options.csv, options.xlsx) == ("a.csv", "a.xlsx")
    assert options.lock
    assert options.forget == ["5"]


def test_board__nothing_but_the_ledger() -> None:
    options = read(understood(Words(CATALOGUE)), ["board", "x"])
    lists = (options.excuse, options.expect, options.grace, options.instead)
    assert lists == ([], [], [], [])
    assert [options.remind, options.lock, options.csv] == [False, False, None]
