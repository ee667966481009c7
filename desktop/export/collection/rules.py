"""Rules of a record in the functions every spreadsheet program has had for decades.

A workbook cannot ask the ledger. It can say of most rules whether they are broken by
what stands in one row, and paint the cells: a help while filling in. What counts is
what the audit says when the workbook comes back, so a rule that cannot be said here
(it looks at other records, at the year before, at a unit) is simply left out.

SQL knows true, false and unknown; a spreadsheet does not. So each condition is written
twice, as what makes it true and as what makes it false: a rule is broken where its
`when` is true and its check is false, and an unknown is neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import assert_never

from desktop.expr.kinds import digits_of
from desktop.expr.kinds import type_of
from desktop.expr.nodes import All
from desktop.expr.nodes import AnyOf
from desktop.expr.nodes import Arithmetic
from desktop.expr.nodes import Between
from desktop.expr.nodes import Call
from desktop.expr.nodes import Case
from desktop.expr.nodes import Comparison
from desktop.expr.nodes import Defined
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Function
from desktop.expr.nodes import IsBlank
from desktop.expr.nodes import Negative
from desktop.expr.nodes import Not
from desktop.expr.nodes import Number
from desktop.expr.nodes import OneOf
from desktop.expr.nodes import Operator
from desktop.expr.nodes import Param
from desktop.expr.nodes import Relation
from desktop.expr.nodes import Scope
from desktop.expr.nodes import Text
from desktop.expr.nodes import Truth
from desktop.expr.schema import ValueType
from desktop.forms.entry import NO
from desktop.forms.entry import NOT_APPLICABLE
from desktop.forms.entry import SEPARATORS
from desktop.forms.entry import UNKNOWN
from desktop.forms.entry import YES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from decimal import Decimal

    from desktop.expr.nodes import Node
    from desktop.expr.parse import Expression

LONGEST: Final = 2000
"""Characters of a condition; a longer one is left to the audit."""
LITERAL: Final = 255
"""Characters a text within a formula may have."""
ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a 统一社会信用代码 in the order of their values (GB 32100-2015)."""
_YES: Final = "TRUE"
_NO: Final = "FALSE"
_LENGTH: Final = 18


def broken(
    check: Expression, when: Expression | None, cells: Mapping[str, str]
) -> str | None:
    """Write when a row breaks a rule; None where a workbook cannot tell.

    `cells` are the addresses of the row's cells by field: `$C12`.
    """
    writer = _Writer(cells)
    try:
        parts = [] if when is None else [writer.true(when.node)]
        found = _all([*parts, writer.false(check.node)])
    except _UnsayableError:
        return None
    return found if len(found) <= LONGEST and found != _NO else None


def hidden(condition: Expression, cells: Mapping[str, str]) -> str | None:
    """Write when a field is not asked for; None where a workbook cannot tell."""
    return broken(condition, None, cells)


def quoted(text: str) -> str:
    """Write a text within a formula."""
    if len(text) > LITERAL:
        raise _UnsayableError
    return '"' + text.replace('"', '""') + '"'


class _UnsayableError(Exception):
    """A workbook cannot tell; never leaves this module."""


class _Writer:
    """Writes the nodes of one row's conditions."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells

    def true(self, node: Node) -> str:
        """Write what makes a condition true."""
        return self._either(node, holds=True)

    def false(self, node: Node) -> str:
        """Write what makes a condition false."""
        return self._either(node, holds=False)

    def _either(self, node: Node, *, holds: bool) -> str:
        match node:
            case Truth():
                return _YES if node.value is holds else _NO
            case FieldRef():
                return f"EXACT({self._text(node)},{quoted(YES if holds else NO)})"
            case Defined():
                return self._either(node.node, holds=holds)
            case Not():
                return self._either(node.operand, holds=not holds)
            case All() | AnyOf():
                parts = [self._either(part, holds=holds) for part in node.parts]
                together = isinstance(node, All) is holds
                return _all(parts) if together else _any(parts)
            case IsBlank():
                known = self._known(node.operand)
                return _not(known) if holds else known
            case Comparison():
                return self._compared(node, holds=holds)
            case Between():
                low = Comparison(Relation.AT_LEAST, node.operand, node.low)
                high = Comparison(Relation.AT_MOST, node.operand, node.high)
                return self._either(All((low, high)), holds=holds)
            case OneOf():
                equal = Relation.EQUAL
                each = [Comparison(equal, node.operand, item) for item in node.items]
                return self._either(AnyOf(tuple(each)), holds=holds)
            case Call():
                return self._asked(node, holds=holds)
            case _:
                raise _UnsayableError

    def _asked(self, node: Call, *, holds: bool) -> str:
        """Write a function that says yes or no."""
        first = node.arguments[0]
        match node.function:
            case Function.IMPLIES:
                given, then = node.arguments
                return self._either(AnyOf((Not(given), then)), holds=holds)
            case Function.ANSWERED:
                answered = f"LEN({self._text(first)})>0"
                return answered if holds else _not(answered)
            case Function.IS_NOT_APPLICABLE:
                said = f"{self._text(first)}={quoted(NOT_APPLICABLE)}"
                return said if holds else _not(said)
            case Function.HAS:
                found = self._among(first, node.arguments[1])
            case Function.VALID_CREDIT_CODE:
                found = _credit_code(f"UPPER({self._text(first)})")
            case _:
                raise _UnsayableError
        return _all([self._known(first), found if holds else _not(found)])

    def _among(self, listed: Node, item: Node) -> str:
        """Write whether a list of choices in one cell has one of them."""
        if not isinstance(item, Text):
            raise _UnsayableError
        comma, *others = SEPARATORS
        text = self._text(listed)
        for other in others:
            text = f"SUBSTITUTE({text},{quoted(other)},{quoted(comma)})"
        wanted = quoted(f"{comma}{item.value}{comma}")
        return f"ISNUMBER(FIND({wanted},{quoted(comma)}&{text}&{quoted(comma)}))"

    # --- Comparing ----------------------------------------------------------

    def _compared(self, node: Comparison, *, holds: bool) -> str:
        match type_of(node.left):
            case ValueType.BOOLEAN:
                return self._same_answer(node, holds=holds)
            case ValueType.TEXT:
                found = self._same_text(node)
            case ValueType.NUMBER | ValueType.DATE:
                found = self._ordered(node)
            case _:
                raise _UnsayableError
        known = (self._known(node.left), self._known(node.right))
        return _all([*known, found if holds else _not(found)])

    def _same_answer(self, node: Comparison, *, holds: bool) -> str:
        if not isinstance(node.right, Truth):
            raise _UnsayableError
        equal = node.relation is Relation.EQUAL
        if not (equal or node.relation is Relation.UNEQUAL):
            raise _UnsayableError
        return self._either(node.left, holds=node.right.value is (equal is holds))

    def _same_text(self, node: Comparison) -> str:
        """Compare texts, which are alike or not: nothing else may be asked of them."""
        same = f"EXACT({self._words(node.left)},{self._words(node.right)})"
        return same if node.relation is Relation.EQUAL else _not(same)

    def _ordered(self, node: Comparison) -> str:
        """Compare numbers at the finer declared precision, as the audit does."""
        left, right = self._number(node.left), self._number(node.right)
        digits = max(digits_of(node.left), digits_of(node.right))
        if digits == 0:
            return f"{left}{node.relation.value}{right}"
        return f"ROUND({left}-{right},{digits}){node.relation.value}0"

    # --- Values -------------------------------------------------------------

    def _cell(self, node: Node) -> str:
        """Give the address of a field of the row."""
        if not isinstance(node, FieldRef) or node.scope is not Scope.RECORD:
            raise _UnsayableError
        if node.shift or node.column.id not in self._cells:
            raise _UnsayableError
        return self._cells[node.column.id]

    def _text(self, node: Node) -> str:
        return f"TRIM({self._cell(node)})"

    def _words(self, node: Node) -> str:
        return quoted(node.value) if isinstance(node, Text) else self._text(node)

    def _number(self, node: Node) -> str:
        """Write a number or a day; never an error, whatever stands in the cells."""
        match node:
            case FieldRef():
                return f"N({self._cell(node)})"
            case Number() | Param():
                value = node.value if isinstance(node, Number) else node.constant.value
                return _literal(value)
            case Text(date=True):
                year, month, day = (int(part) for part in node.value.split("-"))
                return f"DATE({year},{month},{day})"
            case Defined():
                return self._number(node.node)
            case Negative():
                return f"(-{self._number(node.operand)})"
            case Arithmetic():
                return self._arithmetic(node)
            case Case():
                return self._case(node)
            case Call():
                return self._called(node)
            case _:
                raise _UnsayableError

    def _arithmetic(self, node: Arithmetic) -> str:
        left, right = self._number(node.left), self._number(node.right)
        if node.operator is Operator.DIVIDE:
            right = f"IF({right}=0,1,{right})"
        return f"({left}{node.operator.value}{right})"

    def _case(self, node: Case) -> str:
        found = self._number(node.default) if node.default else "0"
        for when, then in reversed(node.branches):
            found = f"IF({self.true(when)},{self._number(then)},{found})"
        return found

    def _called(self, node: Call) -> str:
        first = node.arguments[0]
        match node.function:
            case Function.ABS:
                return f"ABS({self._number(first)})"
            case Function.ROUND:
                return f"ROUND({self._number(first)},{self._number(node.arguments[1])})"
            case Function.LENGTH:
                return f"LEN({self._text(first)})"
            case Function.YEAR:
                return f"YEAR({self._number(first)})"
            case Function.DAYS_BETWEEN:
                last = self._number(node.arguments[1])
                return f"({last}-{self._number(first)})"
            case Function.COALESCE:
                *others, found = map(self._number, node.arguments)
                pairs = zip(node.arguments, others, strict=False)
                for part, number in reversed(list(pairs)):
                    found = f"IF({self._known(part)},{number},{found})"
                return found
            case _:
                raise _UnsayableError

    # --- Whether there is a value -------------------------------------------

    def _known(self, node: Node) -> str:
        """Write whether a value is there; 不适用 and 不详 are none."""
        match node:
            case Number() | Text() | Truth() | Param():
                return _YES
            case FieldRef():
                return self._given(node)
            case Defined():
                return self._known(node.node)
            case Negative():
                return self._known(node.operand)
            case Arithmetic():
                parts = [self._known(node.left), self._known(node.right)]
                if node.operator is Operator.DIVIDE:
                    parts.append(f"{self._number(node.right)}<>0")
                return _all(parts)
            case Case():
                found = self._known(node.default) if node.default else _NO
                for when, then in reversed(node.branches):
                    found = f"IF({self.true(when)},{self._known(then)},{found})"
                return found
            case Call(function=Function.COALESCE):
                return _any(map(self._known, node.arguments))
            case Call() if type_of(node) is ValueType.NUMBER:
                return _all(map(self._known, node.arguments))
            case _:
                return _any([self.true(node), self.false(node)])

    def _given(self, node: FieldRef) -> str:
        match node.column.type:
            case ValueType.NUMBER | ValueType.DATE:
                return f"ISNUMBER({self._cell(node)})"
            case ValueType.BOOLEAN:
                return _any([self.true(node), self.false(node)])
            case ValueType.TEXT | ValueType.CHOICES:
                text = self._text(node)
                none = [
                    f"{text}<>{quoted(word)}" for word in ("", NOT_APPLICABLE, UNKNOWN)
                ]
                return _all(none)
            case _:
                assert_never(node.column.type)


def _credit_code(text: str) -> str:
    """Write whether the last of 18 characters fits the others."""
    places = f"ROW($1:${_LENGTH - 1})"
    alphabet = quoted(ALPHABET)
    values = f"FIND(MID({text},{places},1),{alphabet})-1"
    total = f"SUMPRODUCT({values},MOD(3^({places}-1),31))"
    last = f"FIND(MID({text},{_LENGTH},1),{alphabet})-1"
    fits = f"MOD(31-MOD({total},31),31)={last}"
    return f"IF(LEN({text})<>{_LENGTH},FALSE,IF(ISNUMBER({total}+{last}),{fits},FALSE))"


def _literal(value: Decimal) -> str:
    text = f"{value:f}"
    return f"({text})" if value < 0 else text


def _not(condition: str) -> str:
    return f"NOT({condition})"


def _all(parts: Iterable[str]) -> str:
    kept = dict.fromkeys(part for part in parts if part != _YES)
    if _NO in kept:
        return _NO
    return _joined("AND", list(kept)) or _YES


def _any(parts: Iterable[str]) -> str:
    kept = dict.fromkeys(part for part in parts if part != _NO)
    if _YES in kept:
        return _YES
    return _joined("OR", list(kept)) or _NO


def _joined(function: str, parts: list[str]) -> str:
    if len(parts) > 1:
        return f"{function}({','.join(parts)})"
    return parts[0] if parts else ""
