from __future__ import annotations

from desktop.core.findings import Level
from desktop.core.messages import message
from desktop.forms.problems import Place
from desktop.forms.problems import Problem
from desktop.forms.problems import errors
from desktop.forms.problems import in_order
from desktop.forms.problems import problem

SAID = message("forms.no_origin")


def test_problem__takes_the_place_apart() -> None:
    assert problem(SAID, Place("a.yaml", 3, 7), path="rules[0]") == Problem(
        SAID, "a.yaml", 3, 7, Level.ERROR, "rules[0]"
    )
    assert problem(SAID) == Problem(SAID)


def test_in_order__by_place_and_each_once() -> None:
    late, early = problem(SAID, Place("b", 1, 1)), problem(SAID, Place("a", 9, 1))

    assert in_order([late, early, late]) == (early, late)


def test_errors__leaves_out_what_does_not_forbid() -> None:
    hint = problem(SAID, level=Level.INFO)
    slip = problem(SAID, level=Level.WARNING)
    fault = problem(SAID)

    assert errors((hint, fault, slip)) == (fault,)
