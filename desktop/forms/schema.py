"""A pack as its expressions see it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import assert_never

from desktop.expr.schema import Column
from desktop.expr.schema import Constant
from desktop.expr.schema import Definition as Meaning
from desktop.expr.schema import Schema
from desktop.expr.schema import Source
from desktop.expr.schema import ValueType
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

if TYPE_CHECKING:
    from desktop.forms.fields import Field
    from desktop.forms.model import Definition
    from desktop.forms.model import Form
    from desktop.forms.model import Pack


def schema_of(pack: Pack) -> Schema:
    """Give what the expressions of a pack may name."""
    return Schema(
        sources=tuple(source_of(form) for form in pack.forms),
        constants=tuple(
            Constant(parameter.id, parameter.title, parameter.value)
            for parameter in pack.parameters
        ),
        definitions=tuple(_meaning(definition) for definition in pack.definitions),
    )


def value_type(field: Field) -> ValueType:
    """Give what a field yields in an expression."""
    match field:
        case IntegerField() | DecimalField():
            return ValueType.NUMBER
        case YesNoField():
            return ValueType.BOOLEAN
        case DateField():
            return ValueType.DATE
        case ChoicesField():
            return ValueType.CHOICES
        case (
            TextField()
            | ChoiceField()
            | UnitField()
            | CreditCodeField()
            | TelephoneField()
        ):
            return ValueType.TEXT
        case _:
            assert_never(field)


def _meaning(definition: Definition) -> Meaning:
    """Give a definition with its default, the option in force of a settled pack.

    Where the default names none of the options, lint says so and nothing can be read.
    """
    option = next(
        (each for each in definition.options if each.id == definition.default), None
    )
    title, text = (option.title, option.value) if option else (definition.default, "")
    texts = tuple(each.value for each in definition.options)
    return Meaning(definition.id, definition.title, title, text, texts)


def source_of(form: Form) -> Source:
    """Give what expressions may name of a form."""
    return Source(
        id=form.id,
        title=form.title,
        roster=form.kind == "roster",
        columns=tuple(_column(field) for field in form.fields),
        counted_when=form.counted_when if form.kind == "roster" else None,
        top=form.kind == "unit" and form.nesting.value == "top",
    )


def _column(field: Field) -> Column:
    return Column(
        id=field.id,
        title=field.title,
        type=value_type(field),
        digits=field.digits if isinstance(field, DecimalField) else 0,
        bound=field.binds.value if field.binds else None,
        visible_when=field.visible_when,
    )
