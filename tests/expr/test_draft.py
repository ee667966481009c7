from __future__ import annotations

import pytest

from desktop.expr.dialect import Dialect
from desktop.expr.draft import Draft
from desktop.expr.draft import Span
from desktop.expr.draft import span_of
from tests.expr.sample import SCHEMA


@pytest.mark.parametrize(
    ("shift", "cumulative", "span", "sql"),
    [
        (False, False, Span.NOW, "p = :period"),
        (True, False, Span.PREVIOUS, "p = :previous"),
        (False, True, Span.PLAN, "p BETWEEN :plan_start AND :plan_now"),
        (True, True, Span.PLAN_PREVIOUS, "p BETWEEN :plan_start AND :previous"),
    ],
)
def test_spans__ok(shift: bool, cumulative: bool, span: Span, sql: str) -> None:
    assert span_of(shift=shift, cumulative=cumulative) is span
    assert span.several is cumulative
    assert Draft(SCHEMA, Dialect.SQLITE).periods("p", span) == sql


def test_clause_is_written_once__ok() -> None:
    draft = Draft(SCHEMA, Dialect.DUCKDB)
    first = draft.clause("SELECT 1")
    assert draft.clause("SELECT 2") != first == draft.clause("SELECT 1")
    assert draft.text("", f"SELECT * FROM {first}").count("SELECT 1") == 1
    assert Draft(SCHEMA, Dialect.SPARK).text("", "SELECT 1") == "SELECT 1"
    assert draft.parameter("root") == "$root"


def test_later__is_written_when_all_else_is__ok() -> None:
    draft = Draft(SCHEMA, Dialect.SQLITE)
    grown = ["a AS (SELECT 1)"]
    draft.later.append(lambda: grown)
    first = draft.clause("SELECT 0")
    grown.append("b AS (SELECT 2)")
    assert draft.text("", "SELECT 3") == (
        f"WITH {first} AS (SELECT 0), a AS (SELECT 1), b AS (SELECT 2) SELECT 3"
    )
