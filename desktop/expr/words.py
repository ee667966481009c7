"""Expressions in Chinese words, as the 说明 of a form prints them.

`SUM(eci.nursing) / SUM(eci.beds)` is 养老机构护理型床位数 ÷ 养老机构床位总数.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import assert_never

from desktop.expr.context import RecordContext
from desktop.expr.context import UnitContext
from desktop.expr.kinds import type_of
from desktop.expr.nodes import Aggregate
from desktop.expr.nodes import All
from desktop.expr.nodes import AnyOf
from desktop.expr.nodes import Arithmetic
from desktop.expr.nodes import Between
from desktop.expr.nodes import Call
from desktop.expr.nodes import Case
from desktop.expr.nodes import Comparison
from desktop.expr.nodes import Defined
from desktop.expr.nodes import Exists
from desktop.expr.nodes import FieldRef
from desktop.expr.nodes import Fold
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

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from desktop.expr.context import Context
    from desktop.expr.nodes import Node
    from desktop.expr.parse import Expression
    from desktop.expr.schema import Schema

# How tightly a phrase holds together; the looser one inside takes parentheses.
_IF, _OR, _AND, _NOT, _RELATION, _SUM, _PRODUCT, _SIGN, _ATOM = range(9)

_SIGNS: Final[Mapping[Operator, tuple[str, int]]] = {
    Operator.ADD: ("+", _SUM),
    Operator.SUBTRACT: ("−", _SUM),
    Operator.MULTIPLY: ("×", _PRODUCT),
    Operator.DIVIDE: ("÷", _PRODUCT),
}
_RELATIONS: Final[Mapping[Relation, str]] = {
    Relation.EQUAL: "=",
    Relation.UNEQUAL: "≠",
    Relation.LESS: "<",
    Relation.AT_MOST: "≤",
    Relation.MORE: ">",
    Relation.AT_LEAST: "≥",
}
_ENDINGS: Final[Mapping[Fold, str]] = {
    Fold.SUM: "之和",
    Fold.COUNT: "个数",
    Fold.MAX: "最大值",
    Fold.MIN: "最小值",
    Fold.AVG: "平均值",
}
_TITLE_ENDINGS: Final = ("调查表", "情况表", "统计表", "表")


class _Phrase(NamedTuple):
    text: str
    holds: int

    def within(self, least: int) -> str:
        """Give the text, in parentheses where it would fall apart."""
        return self.text if self.holds >= least else f"（{self.text}）"


def say(expression: Expression, schema: Schema) -> str:
    """Write an expression in words."""
    return _Speaker(schema, expression.context).truth(expression.node, _IF)


def say_rule(check: Expression, when: Expression | None, schema: Schema) -> str:
    """Write a rule in words: what must hold, and of which records it is asked."""
    if when is None:
        return say(check, schema)
    speaker = _Speaker(schema, check.context)
    given, then = (speaker.truth(part.node, _OR) for part in (when, check))
    return f"若 {given}，则 {then}"


def say_ratio(
    numerator: Expression,
    denominator: Expression | None,
    multiplier: Decimal,
    schema: Schema,
) -> str:
    """Write an indicator in words: `… ÷ … × 100`."""
    above = _Speaker(schema, numerator.context).say(numerator.node)
    if denominator is None and multiplier == 1:
        return above.text
    words = above.within(_PRODUCT)
    if denominator is not None:
        below = _Speaker(schema, denominator.context).say(denominator.node)
        words += f" ÷ {below.within(_SIGN)}"
    return words if multiplier == 1 else f"{words} × {multiplier.normalize():f}"


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says nodes; `row` once the words have named the form they go on about."""

    schema: Schema
    context: Context
    row: bool = False

    def say(self, node: Node) -> _Phrase:
        match node:
            case FieldRef():
                return self._field(node)
            case Number():
                return _Phrase(f"{node.value:f}", _ATOM)
            case Text():
                return _Phrase(node.value if node.date else f"“{node.value}”", _ATOM)
            case Truth():
                return _Phrase("“是”" if node.value else "“否”", _ATOM)
            case Param():
                return _Phrase(node.constant.title, _ATOM)
            case Defined(aside=True):
                return self.say(node.node)
            case Defined(definition):
                words = f"{definition.title}（口径：{definition.option}）"
                return _Phrase(words, _ATOM)
            case Negative():
                return _Phrase(f"−{self.words(node.operand, _ATOM)}", _SIGN)
            case Arithmetic():
                sign, level = _SIGNS[node.operator]
                left = self.words(node.left, level)
                return _Phrase(
                    f"{left} {sign} {self.words(node.right, level + 1)}", level
                )
            case Call():
                return self._call(node)
            case Aggregate():
                return self._aggregate(node)
            case _:
                return self._condition(node)

    def words(self, node: Node, least: int) -> str:
        """Say a node inside another that holds together that tightly."""
        return self.say(node).within(least)

    def truth(self, node: Node, least: int) -> str:
        """Say a condition; a yes-or-no field by itself is asked whether it is 是."""
        if isinstance(node, FieldRef) and type_of(node) is ValueType.BOOLEAN:
            return _Phrase(f"{self._field(node).text}为“是”", _RELATION).within(least)
        return self.words(node, least)

    def _condition(
        self,
        node: Comparison
        | Between
        | OneOf
        | IsBlank
        | Not
        | All
        | AnyOf
        | Case
        | Exists,
    ) -> _Phrase:
        match node:
            case Comparison():
                return self._comparison(node)
            case Between():
                bounds = (
                    f"{self.words(node.low, _SUM)} 至 {self.words(node.high, _SUM)}"
                )
                operand = self.words(node.operand, _SUM)
                return _Phrase(f"{operand}在 {bounds} 之间", _RELATION)
            case OneOf():
                items = "、".join(self.words(item, _SUM) for item in node.items)
                one = "之一" if len(node.items) > 1 else ""
                return _Phrase(
                    f"{self.words(node.operand, _SUM)}为{items}{one}", _RELATION
                )
            case IsBlank():
                return _Phrase(f"{self.words(node.operand, _ATOM)}为空", _RELATION)
            case Not():
                return self._not(node.operand)
            case All():
                return self._chain(" 且 ", node.parts, _AND)
            case AnyOf():
                return self._chain(" 或 ", node.parts, _OR)
            case Case():
                return self._case(node)
            case Exists():
                return _Phrase(f"有{self._existing(node)}", _RELATION)
            case _:
                assert_never(node)

    def _chain(self, word: str, parts: tuple[Node, ...], level: int) -> _Phrase:
        words = [self.truth(part, level + 1) for part in parts]
        return _Phrase(word.join(words), level)

    def _comparison(self, node: Comparison) -> _Phrase:
        sign = _RELATIONS[node.relation]
        left, right = self.words(node.left, _SUM), self.words(node.right, _SUM)
        if type_of(node.left) is ValueType.BOOLEAN and isinstance(node.right, Truth):
            sign = "为" if node.relation is Relation.EQUAL else "不为"
            return _Phrase(f"{left}{sign}{right}", _RELATION)
        return _Phrase(f"{left} {sign} {right}", _RELATION)

    def _not(self, node: Node) -> _Phrase:
        match node:
            case FieldRef():
                return _Phrase(f"{self._field(node).text}为“否”", _RELATION)
            case IsBlank():
                return _Phrase(f"{self.words(node.operand, _ATOM)}不为空", _RELATION)
            case Exists():
                return _Phrase(f"没有{self._existing(node)}", _RELATION)
            case _:
                return _Phrase(f"非（{self.say(node).text}）", _NOT)

    def _case(self, node: Case) -> _Phrase:
        parts = [
            f"若 {self.truth(condition, _OR)}，取 {self.words(value, _OR)}"
            for condition, value in node.branches
        ]
        if node.default:
            parts.append(f"否则取 {self.words(node.default, _OR)}")
        return _Phrase("；".join(parts), _IF)

    def _field(self, ref: FieldRef) -> _Phrase:
        """Say a field's title, and whose it is where that is not plain."""
        title = ref.column.title.removeprefix("其中:").removeprefix("其中：")
        record = isinstance(self.context, RecordContext)
        match ref.scope:
            case Scope.ROW if not self.row:
                title = self._titled(ref.source, title)
            case Scope.UNIT if record:
                title = f"本单位{title}"
            case _:
                pass
        return _Phrase(f"上期{title}" if ref.shift else title, _ATOM)

    def _titled(self, source: str, title: str) -> str:
        """Put a form's subject before a title, and say what both say only once.

        In an indicator the fields of unit forms need none where no other form has
        a field of that title.
        """
        if isinstance(self.context, UnitContext) and self._alone(source, title):
            return title
        subject = self._subject(source)
        for length in range(min(len(subject), len(title)), 1, -1):
            if subject.endswith(title[:length]):
                return subject + title[length:]
        return subject + title

    def _alone(self, source: str, title: str) -> bool:
        forms = [
            form
            for form in self.schema.sources
            if any(column.title.endswith(title) for column in form.columns)
        ]
        return len(forms) == 1 and not self.schema.by_id[source].roster

    def _subject(self, source: str) -> str:
        title = self.schema.by_id[source].title
        for ending in _TITLE_ENDINGS:
            if title.endswith(ending) and title != ending:
                return title.removesuffix(ending)
        return title

    def _aggregate(self, node: Aggregate) -> _Phrase:
        """Say an aggregate; a plain sum in an indicator needs no 之和."""
        inside = replace(self, row=True)
        ending = _ENDINGS[node.fold]
        if node.argument is None:
            roster = self.schema.by_id[node.source].roster
            subject = self._subject(node.source) if roster else "单位"
            subject = "下级单位" if node.child else subject
        elif node.child:
            subject = f"下级单位{inside.words(node.argument, _ATOM)}"
        else:
            subject = self.words(node.argument, _ATOM)
        unmarked = isinstance(node.argument, FieldRef) and not node.child
        if node.fold is Fold.SUM and unmarked:
            ending = ending if isinstance(self.context, RecordContext) else ""
        words = f"上期{subject}{ending}" if node.shift else f"{subject}{ending}"
        if node.filter:
            words += f"（其中：{inside.truth(node.filter, _IF)}）"
        return _Phrase(words, _ATOM)

    def _existing(self, node: Exists) -> str:
        inside = replace(self, row=True)
        links = [
            f"{mine.column.title} = {self._field(outer).text}"
            for mine, outer in node.keys
        ]
        rest = (
            [inside.truth(node.filter, _AND if links else _IF)] if node.filter else []
        )
        words = " 且 ".join([*links, *rest])
        form = f"{'上期' if node.shift else ''}{self._subject(node.source)}"
        return f"{form}（{words}）" if words else form

    def _call(self, node: Call) -> _Phrase:
        if node.function is Function.IMPLIES:
            given, then = (self.truth(part, _OR) for part in node.arguments)
            return _Phrase(f"若 {given}，则 {then}", _IF)
        words = [self.words(argument, _ATOM) for argument in node.arguments]
        relation = type_of(node) is ValueType.BOOLEAN
        return _Phrase(_called(node.function, words), _RELATION if relation else _ATOM)


def _called(function: Function, words: list[str]) -> str:
    first = words[0]
    match function:
        case Function.ABS:
            return f"{first}的绝对值"
        case Function.ANSWERED:
            return f"{first}已填答"
        case Function.COALESCE:
            return f"{first}（为空时取{'，再为空时取'.join(words[1:])}）"
        case Function.DAYS_BETWEEN:
            return f"{first}至{words[1]}的天数"
        case Function.HAS:
            return f"{first}包含{words[1]}"
        case Function.IS_NOT_APPLICABLE:
            return f"{first}填“不适用”"
        case Function.IS_UNIQUE:
            alike = f"在同一{'、'.join(words[1:])}内" if words[1:] else ""
            return f"{first}{alike}不重复"
        case Function.LENGTH:
            return f"{first}的字数"
        case Function.ROUND:
            return f"{first}四舍五入到{words[1]}位小数"
        case Function.VALID_CREDIT_CODE:
            return f"{first}是有效的统一社会信用代码"
        case Function.VALID_TELEPHONE:
            return f"{first}是有效的电话号码"
        case Function.YEAR:
            return f"{first}的年份"
        case _:
            raise ValueError(function)
