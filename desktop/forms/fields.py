"""The kinds of field a form can have: a closed union, one class a kind.

A kind decides the column, the box on screen, the Excel validation and the parser;
each of those is a `match` over `Field` that ends in `assert_never`, so a new kind that
misses one of them is a type error.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Annotated
from typing import Literal
from typing import TypeAlias

from desktop.forms.base import NOTHING
from desktop.forms.base import Limit
from desktop.forms.base import Model
from desktop.forms.base import Name
from desktop.forms.base import Number
from desktop.forms.base import Text
from desktop.forms.base import Whole


class Blank(Enum):
    """What an empty cell means to the audit."""

    REQUIRED = "required"
    """Blank is a 强制性 fault."""
    EXPECTED = "expected"
    """Blank is a 核实性 fault: it passes with an explanation."""
    NEEDED = "needed"
    """As `EXPECTED` where an indicator of the pack rests on it, else `OPTIONAL`."""
    OPTIONAL = "optional"


class Binding(Enum):
    """A field that repeats what the ledger knows already; it is shown, never typed."""

    UNIT_CODE = "unit.code"
    UNIT_NAME = "unit.name"
    UNIT_PARENT = "unit.parent"
    UNIT_CLASS = "unit.class"
    PERIOD_YEAR = "period.year"


class FieldBase(Model):
    """What every kind of field has.

    `measure` is the unit of measurement (计量单位). `aliases` are other heads under
    which imported tables carry the field. `explanation` is the 指标解释 beside the box;
    `explanation_source` says whose words it is (absent: ours). `computed` is an
    expression over the same record; such a field is locked. `visible_when` is a
    condition over the same record; a hidden field is never asked for.
    """

    id: Name
    title: Text
    title_en: Text | None = None
    measure: Text | None = None
    aliases: tuple[Text, ...] = ()
    explanation: Text | None = None
    explanation_source: Text | None = None
    blank: Blank = Blank.OPTIONAL
    not_applicable: bool = True
    """Whether 不适用 is an answer to this field."""
    visible_when: Text | None = None
    computed: Text | None = None
    binds: Binding | None = None
    formerly: Name | None = None
    """Its id in an earlier version of the pack."""
    carried: bool | None = None
    """Whether a new period takes it over; None: whatever is not a number."""
    note: Text | None = None


class NumberField(FieldBase):
    """What numbers share: whether those of several records may be added up.

    With None whole numbers add, and decimals whose measure is no ratio (%, ‰, a/b).
    """

    adds: bool | None = None


class IntegerField(NumberField):
    """A whole number."""

    kind: Literal["integer"]
    minimum: Whole | None = None
    maximum: Whole | None = None
    default: Whole | None = None


class DecimalField(NumberField):
    """A number with a declared count of decimals; comparisons happen at it."""

    kind: Literal["decimal"]
    digits: Annotated[int, Limit(ge=1, le=6)]
    minimum: Number | None = None
    maximum: Number | None = None
    default: Number | None = None


class TextField(FieldBase):
    """Free text of one line."""

    kind: Literal["text"]
    max_length: Annotated[int, Limit(ge=1, le=2000)] = 200
    default: Text | None = None


Meanings: TypeAlias = Annotated[tuple[Text, ...], Limit(min_length=1, alone=True)]
"""The choice that a word means, or the several it might mean."""

ValueAliases: TypeAlias = Mapping[Text, Meanings]
"""Words of other sources. With one meaning it is taken; with several a person picks."""


class ChoiceField(FieldBase):
    """One of a list, given in place or by the name of a code list of the pack."""

    kind: Literal["choice"]
    choices: tuple[Text, ...] = ()
    code_list: Name | None = None
    value_aliases: ValueAliases = NOTHING
    default: Text | None = None


class ChoicesField(FieldBase):
    """Several of a list."""

    kind: Literal["choices"]
    choices: tuple[Text, ...] = ()
    code_list: Name | None = None
    value_aliases: ValueAliases = NOTHING


class DateField(FieldBase):
    """A day."""

    kind: Literal["date"]


class YesNoField(FieldBase):
    """是 or 否."""

    kind: Literal["yes_no"]
    default: bool | None = None


class UnitField(FieldBase):
    """The code of an administrative unit."""

    kind: Literal["unit"]


class CreditCodeField(FieldBase):
    """A 统一社会信用代码: 18 characters with a check character (GB 32100-2015)."""

    kind: Literal["credit_code"]


class TelephoneField(FieldBase):
    """A mobile number or a land line with its area code."""

    kind: Literal["telephone"]


Field: TypeAlias = (
    IntegerField
    | DecimalField
    | TextField
    | ChoiceField
    | ChoicesField
    | DateField
    | YesNoField
    | UnitField
    | CreditCodeField
    | TelephoneField
)

AnyField: TypeAlias = Annotated[Field, Limit(one_of="kind")]
"""`Field` as it is written: the key `kind` says which."""
