"""The rules that fields bring by themselves, written as any other rule of a pack.

An author who says `blank: required` or `minimum: 0` has said a rule; here it gets an
id, a condition and a sentence, so that one evaluator judges everything. The sentences
are in the pack's language. A value is judged where there is one: a blank is the
business of `required` and `expected` alone, and a hidden field is never asked for.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import assert_never

from desktop.core.findings import Level
from desktop.forms.fields import Blank
from desktop.forms.fields import ChoiceField
from desktop.forms.fields import ChoicesField
from desktop.forms.fields import CreditCodeField
from desktop.forms.fields import DateField
from desktop.forms.fields import DecimalField
from desktop.forms.fields import IntegerField
from desktop.forms.fields import TelephoneField
from desktop.forms.fields import TextField
from desktop.forms.fields import UnitField
from desktop.forms.fields import YesNoField
from desktop.forms.model import Rule
from desktop.forms.needed import Need
from desktop.forms.needed import needed_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from desktop.forms.fields import Field
    from desktop.forms.model import Form
    from desktop.forms.model import Pack

_SHOWN_CHOICES: Final = 12
_NO_NEED: Final = Need((), None)


class _Demand(NamedTuple):
    """One thing a field asks: its name in the id, condition, words and reason."""

    name: str
    level: Level
    check: str
    says: str
    reason: str


def implied_rules(pack: Pack) -> Mapping[str, tuple[Rule, ...]]:
    """Write, by form, the rules that its stored fields bring by themselves."""
    needed = needed_fields(pack)
    return {
        form.id: tuple(
            rule
            for field in form.stored
            for rule in _rules(
                form,
                field,
                pack.choices(form.id, field.id),
                needed.get((form.id, field.id), _NO_NEED),
            )
        )
        for form in pack.forms
    }


def implied_ids(form: Form) -> tuple[str, ...]:
    """Give the ids that rules of a form can get by themselves, whatever the pack."""
    return tuple(
        f"{form.id}.{field.id}.{demand.name}"
        for field in form.stored
        for demand in (*_blank(field, ("",)), *_value(field, ()))
    )


def _rules(
    form: Form, field: Field, choices: tuple[str, ...], need: Need
) -> Iterator[Rule]:
    asked = need.when if field.blank is Blank.NEEDED else None
    shown = _both(field.visible_when, asked)
    for demand in _blank(field, need.titles):
        yield _rule(form, field, demand, shown)
    given = f"{field.id} IS NOT NULL"
    when = _both(field.visible_when, given)
    for demand in _value(field, choices):
        yield _rule(form, field, demand, when)


def _both(first: str | None, second: str | None) -> str | None:
    if first is None or second is None:
        return first or second
    return f"({first}) AND ({second})"


def _rule(form: Form, field: Field, demand: _Demand, when: str | None) -> Rule:
    return Rule(
        id=f"{form.id}.{field.id}.{demand.name}",
        form=form.id,
        level=demand.level,
        check=demand.check,
        says=demand.says,
        when=when,
        fields=(field.id,),
        ours=demand.reason,
    )


def _blank(field: Field, users: tuple[str, ...]) -> Iterator[_Demand]:
    """Ask for an answer, where the form does; `users` are the indicators' titles."""
    check, title = f"ANSWERED({field.id})", _plain(field.title)
    match field.blank:
        case Blank.REQUIRED:
            says, reason = f"请填写“{title}”", "填表要求：此项必填"
            yield _Demand("required", Level.ERROR, check, says, reason)
        case Blank.EXPECTED:
            says = f"“{title}”尚未填写；如确实无法填写，请说明原因"
            reason = "填表要求：此项一般应填，空缺需说明原因"
            yield _Demand("expected", Level.WARNING, check, says, reason)
        case Blank.NEEDED if users:
            more = f"等 {len(users)} 项" if len(users) > 1 else ""
            says = (
                f"“{title}”尚未填写，计算评价指标“{_plain(users[0])}”{more}要用到；"
                "如确实无法填写，请说明原因"
            )
            reason = "填表要求：评价指标要用此项，空缺需说明原因"
            yield _Demand("expected", Level.WARNING, check, says, reason)
        case Blank.OPTIONAL | Blank.NEEDED:
            return
        case _:
            assert_never(field.blank)


def _value(field: Field, choices: tuple[str, ...]) -> Iterator[_Demand]:
    """Judge a value by the kind of its field."""
    name, title = field.id, _plain(field.title)
    match field:
        case IntegerField() | DecimalField():
            yield from _range(field)
        case TextField(max_length=limit):
            says = f"“{title}”不能超过 {limit} 个字"
            check, reason = f"LENGTH({name}) <= {limit}", "填表要求：字数上限"
            yield _Demand("length", Level.ERROR, check, says, reason)
        case ChoiceField():
            yield _listed(field, choices)
        case CreditCodeField():
            says = (
                f"“{title}”（{{{name}}}）不是有效的统一社会信用代码："
                "应为 18 位，且末位校验码正确"
            )
            check, reason = f"VALID_CREDIT_CODE({name})", "GB 32100-2015 校验码"
            yield _Demand("credit_code", Level.ERROR, check, says, reason)
        case TelephoneField():
            says = (
                f"“{title}”（{{{name}}}）不像电话号码："
                "请填 11 位手机号，或带区号的固定电话"
            )
            check, reason = f"VALID_TELEPHONE({name})", "填表要求：号码格式"
            yield _Demand("telephone", Level.WARNING, check, says, reason)
        case ChoicesField() | DateField() | YesNoField() | UnitField():
            return
        case _:
            assert_never(field)


def _range(field: IntegerField | DecimalField) -> Iterator[_Demand]:
    name, title = field.id, _plain(field.title)
    if field.minimum is not None:
        bound = _written(field.minimum)
        says = f"“{title}”（{{{name}}}）不能小于 {bound}"
        check = f"{name} >= {bound}"
        yield _Demand("minimum", Level.ERROR, check, says, "填表要求：最小值")
    if field.maximum is not None:
        bound = _written(field.maximum)
        says = f"“{title}”（{{{name}}}）不能大于 {bound}"
        check = f"{name} <= {bound}"
        yield _Demand("maximum", Level.ERROR, check, says, "填表要求：最大值")


def _written(bound: int | Decimal) -> str:
    """Write a bound as a person would; a whole number has no decimals."""
    return f"{Decimal(bound):f}"


def _listed(field: ChoiceField, choices: tuple[str, ...]) -> _Demand:
    quoted = ", ".join(f"'{_doubled(choice)}'" for choice in choices)
    shown = _plain("、".join(choices[:_SHOWN_CHOICES]))
    more = "等" if len(choices) > _SHOWN_CHOICES else ""
    says = (
        f"“{_plain(field.title)}”（{{{field.id}}}）不在可选项之内。可选：{shown}{more}"
    )
    check, reason = f"{field.id} IN ({quoted})", "填表要求：只能选所列各项"
    return _Demand("listed", Level.ERROR, check, says, reason)


def _doubled(text: str) -> str:
    return text.replace("'", "''")


def _plain(words: str) -> str:
    """Write braces wide: in a sentence the narrow ones hold a value."""
    return words.replace("{", "｛").replace("}", "｝")
