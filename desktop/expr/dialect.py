"""The engines statements are written for, and what each writes its own way."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

if TYPE_CHECKING:
    from decimal import Decimal

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Characters of a 统一社会信用代码, in the order of their values (GB 32100-2015)."""
WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class Dialect(Enum):
    """The engines statements are written for."""

    SQLITE = "sqlite"
    DUCKDB = "duckdb"
    SPARK = "spark"


def name(text: str, dialect: Dialect) -> str:
    """Quote an identifier."""
    if dialect is Dialect.SPARK:
        return f"`{text.replace('`', '``')}`"
    return '"' + text.replace('"', '""') + '"'


def text_literal(text: str, dialect: Dialect) -> str:
    """Quote a text; Spark alone reads backslashes."""
    if dialect is Dialect.SPARK:
        escaped = text.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"
    return "'" + text.replace("'", "''") + "'"


def number_literal(value: Decimal, dialect: Dialect) -> str:
    """Write a number; engines with exact decimals are told it is a double."""
    if dialect is Dialect.SQLITE:
        return f"{value:f}"
    if value == value.to_integral_value():
        return f"CAST({value:f} AS BIGINT)"
    return f"{value:f}e0"


def real(sql: str, dialect: Dialect) -> str:
    """Make a number a double."""
    return f"CAST({sql} AS {'REAL' if dialect is Dialect.SQLITE else 'DOUBLE'})"


def whole(sql: str, dialect: Dialect) -> str:
    """Make a number or a text of figures a whole number."""
    return f"CAST({sql} AS {'INTEGER' if dialect is Dialect.SQLITE else 'BIGINT'})"


def parameter(label: str, dialect: Dialect) -> str:
    """Write a named parameter."""
    return f"{'$' if dialect is Dialect.DUCKDB else ':'}{label}"


def product(left: str, right: str, dialect: Dialect) -> str:
    """Multiply; where whole numbers would overflow with an error, as doubles."""
    if dialect is Dialect.SQLITE:
        return f"({left} * {right})"
    return f"({real(left, dialect)} * {right})"


def quotient(left: str, right: str, dialect: Dialect) -> str:
    """Divide exactly; by zero gives NULL on every engine."""
    if dialect is Dialect.SQLITE:
        return f"({real(left, dialect)} / {right})"
    return f"({real(left, dialect)} / NULLIF({right}, 0))"


def json_text(sql: str, key: str, dialect: Dialect) -> str:
    """Read the text a key has in a JSON object; NULL where it has none."""
    path = text_literal(f"$.{key}", dialect)
    match dialect:
        case Dialect.SQLITE:
            return f"JSON_EXTRACT({sql}, {path})"
        case Dialect.DUCKDB:
            return f"JSON_EXTRACT_STRING({sql}, {path})"
        case Dialect.SPARK:
            return f"GET_JSON_OBJECT({sql}, {path})"
        case _:
            assert_never(dialect)


def days_between(first: str, second: str, dialect: Dialect) -> str:
    """Count the days from one ISO date to another."""
    match dialect:
        case Dialect.SQLITE:
            return whole(f"JULIANDAY({second}) - JULIANDAY({first})", dialect)
        case Dialect.DUCKDB:
            dates = ", ".join(f"TRY_CAST({sql} AS DATE)" for sql in (first, second))
            return f"DATE_DIFF('day', {dates})"
        case Dialect.SPARK:
            dates = ", ".join(f"TRY_CAST({sql} AS DATE)" for sql in (second, first))
            return f"DATEDIFF({dates})"
        case _:
            assert_never(dialect)


def valid_credit_code(sql: str) -> str:
    """Check the 18 characters of a 统一社会信用代码 and the last against the rest."""
    values = [f"INSTR('{ALPHABET}', SUBSTR({sql}, {n}, 1))" for n in range(1, 19)]
    known = " AND ".join(f"{value} > 0" for value in values)
    pairs = zip(values[:17], WEIGHTS, strict=True)
    total = " + ".join(f"({value} - 1) * {weight}" for value, weight in pairs)
    right = f"{values[17]} - 1 = (31 - ({total}) % 31) % 31"
    return f"(LENGTH({sql}) = 18 AND {known} AND {right})"


def valid_telephone(sql: str, dialect: Dialect) -> str:
    """Check for a mobile number, or a land line with its area code."""
    if dialect is Dialect.SPARK:
        area, local = "0([12][0-9]|[3-9][0-9]{2})", "[1-9][0-9]{6,7}"
        return f"({sql} RLIKE '^(1[3-9][0-9]{{9}}|{area}-?{local})$')"
    figure = "[0-9]"
    areas = (f"0[12]{figure}", f"0[3-9]{figure * 2}")
    locals_ = (f"[1-9]{figure * 6}", f"[1-9]{figure * 7}")
    lines = [f"{a}{dash}{b}" for a in areas for dash in ("-", "") for b in locals_]
    patterns = [f"1[3-9]{figure * 9}", *lines]
    return "(" + " OR ".join(f"{sql} GLOB '{each}'" for each in patterns) + ")"
