from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.intake.children import SheetCells
from desktop.intake.children import parse_output
from desktop.intake.children import read_in_child
from desktop.intake.limits import LIMITS

WHOLE = (["sheet", 0, "S"], ["row", 1, [[1, "n", "5"]]], ["end", 1])


def child(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def said(*lines: object) -> bytes:
    return b"\n".join(json.dumps(line).encode() for line in lines)


def test_read__takes_what_the_child_says() -> None:
    program = f"import sys; sys.stdin.read(); print({said(*WHOLE).decode()!r})"

    found = read_in_child(child(program), b"abc", LIMITS)

    assert found == (SheetCells("S", {(1, 1): ("n", "5")}),)


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "while True: pass",
        "print('x' * 5000)",
        "while True: print('x' * 5000)",
        "print('nonsense')",
        "pass",
    ],
)
def test_read__any_failure_is_one_verdict(program: str) -> None:
    few = replace(LIMITS, seconds=2, output_bytes=1000)

    # More than a pipe holds, so that a child that does not read leaves us waiting.
    assert read_in_child(child(program), b"x" * 300_000, few) is None


@pytest.mark.parametrize(
    "lines",
    [
        WHOLE[:2],
        WHOLE[1:],
        (*WHOLE[:2], ["end", 2]),
        (*WHOLE, ["more"]),
        (["sheet", 0, "S"], ["row", 1, [[1, "n"]]], ["end", 1]),
        (["sheet", 0, "S"], ["row", 1, [7]], ["end", 1]),
    ],
)
def test_parse__anything_but_the_agreed_shape(lines: tuple[object, ...]) -> None:
    assert parse_output(said(*lines)) is None


@given(some.binary())
def test_parse__never_raises(output: bytes) -> None:
    parse_output(output)
