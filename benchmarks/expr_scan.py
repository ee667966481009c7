"""What compiled rules cost beside a statement written by hand for the same rules.

200,000 records of 30 whole numbers, 60 rules in one statement, both asked in turn;
the ratio of the medians is printed, and both must find the same records.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import time
from itertools import pairwise

from desktop.expr.parse import Expression
from desktop.expr.parse import RecordContext
from desktop.expr.parse import parse
from desktop.expr.schema import Column
from desktop.expr.schema import Schema
from desktop.expr.schema import Source
from desktop.expr.schema import ValueType
from desktop.expr.statement import NamedExpression
from desktop.expr.statement import failing_statement

RECORDS, FIELDS, ROUNDS = 200_000, 30, 7
NAMES = [f"n{number}" for number in range(FIELDS)]
PARAMETERS = {"period": "2025"}


def ledger() -> sqlite3.Connection:
    """Make the table; one record in forty breaks a rule."""
    draw = random.Random(20251231)  # noqa: S311 - repeatable figures, no secret
    base = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}" INTEGER' for name in NAMES)
    base.execute(
        "CREATE TABLE form (_id INTEGER PRIMARY KEY, _unit TEXT, _period TEXT, "
        f"_facility TEXT, _states TEXT, {columns}) STRICT"
    )
    marks = ", ".join("?" * (FIELDS + 5))
    base.executemany(f"INSERT INTO form VALUES ({marks})", rows(draw))  # noqa: S608 - our own names
    return base


def rows(draw: random.Random) -> list[tuple[object, ...]]:
    """Draw records whose fields rise from left to right, but for a few."""
    made: list[tuple[object, ...]] = []
    for number in range(RECORDS):
        values = sorted(draw.randrange(1000) for _ in NAMES)
        if draw.random() < 1 / 40:
            values[draw.randrange(FIELDS)] = -1
        made.append((number, f"u{number % 1000}", "2025", f"f{number}", None, *values))
    return made


def rules() -> list[str]:
    """Write 60 rules: part within whole, if-then, ranges, sums."""
    pairs = list(pairwise(NAMES))
    rising = [f"{left} <= {right}" for left, right in pairs[:29]]
    ranges = [f"{name} BETWEEN 0 AND 1000" for name in NAMES[:15]]
    then = [f"IMPLIES({left} > 500, {right} > 500)" for left, right in pairs[:11]]
    sums = [f"{left} + {right} >= 0" for left, right in pairs[:5]]
    return rising + ranges + then + sums


def by_hand(texts: list[str]) -> str:
    """Write the statement a person would write."""
    plain = [
        f"(NOT {text[8:-1].replace(', ', ' OR ')})".replace(
            "(NOT", "(NOT (", 1
        ).replace(" OR ", ") OR ", 1)
        if text.startswith("IMPLIES")
        else f"({text})"
        for text in texts
    ]
    shown = ", ".join(plain)
    kept = " AND ".join(plain)
    return (
        f"SELECT _id, _unit, {shown} FROM form WHERE _period = :period AND NOT ({kept})"  # noqa: S608 - our own names
    )


def compiled(texts: list[str]) -> str:
    """Compile the same rules."""
    columns = tuple(Column(name, name, ValueType.NUMBER) for name in NAMES)
    schema = Schema((Source("form", "表", roster=True, columns=columns),))
    named = []
    for text in texts:
        found = parse(text, schema, RecordContext("form"), expect=ValueType.BOOLEAN)
        if not isinstance(found, Expression):
            raise TypeError(found)
        named.append(NamedExpression(text, found))
    return failing_statement("form", named, schema)


def main() -> None:
    """Measure both in turn and print the ratio."""
    base, texts = ledger(), rules()
    statements = {"by hand": by_hand(texts), "compiled": compiled(texts)}
    taken: dict[str, list[float]] = {name: [] for name in statements}
    found: dict[str, set[tuple[object, ...]]] = {}
    for _ in range(ROUNDS):
        for name, statement in statements.items():
            start = time.perf_counter()
            answer = base.execute(statement, PARAMETERS).fetchall()
            taken[name].append(time.perf_counter() - start)
            found[name] = set(answer)
    if found["by hand"] != found["compiled"]:
        raise ValueError("the statements disagree")
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"{name}: {median * 1000:.0f} ms, {len(found[name])} records")
    print(f"ratio: {medians['compiled'] / medians['by hand']:.3f}")


if __name__ == "__main__":
    main()
