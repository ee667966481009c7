"""How a form's fields stand in a grid: their order, their groups, their widths."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import assert_never

from desktop.forms.fields import Binding
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
from desktop.forms.model import Roster

if TYPE_CHECKING:
    from desktop.forms.fields import Field
    from desktop.forms.model import Form

NAME_WIDTH = 216


def columns_of(form: Form) -> tuple[Field, ...]:
    """Give the fields in the order of the grid: the one that names a record first."""
    name = naming_field(form)
    first = [field for field in form.fields if field.id == name]
    rest = [field for field in form.fields if field.id != name]
    if isinstance(form, Roster):
        return (*first, *rest)
    # In a unit form what the ledger knows says little: it stands behind.
    rest.sort(key=lambda field: field.binds is not None)
    return (*first, *rest)


def naming_field(form: Form) -> str:
    """Give the field that tells records apart for a person."""
    if isinstance(form, Roster):
        return form.name
    for wanted in (Binding.UNIT_NAME, Binding.UNIT_CODE):
        for field in form.fields:
            if field.binds is wanted:
                return field.id
    return form.fields[0].id


def group_titles(form: Form) -> dict[str, str]:
    """Give each field's group."""
    return {field.id: group.title for group in form.groups for field in group.fields}


def is_locked(field: Field) -> bool:
    """Tell whether a field is computed or repeats what the ledger knows."""
    return field.computed is not None or field.binds is not None


def width_of(field: Field) -> int:
    """Give a first width for a column, by what its kind holds, in pixels."""
    title = 15 * (len(field.title) + len(field.measure or "")) // 2 + 24
    match field:
        case IntegerField() | DecimalField() | YesNoField():
            kind = 84
        case DateField():
            kind = 104
        case ChoiceField() | ChoicesField() | TelephoneField() | UnitField():
            kind = 124
        case CreditCodeField():
            kind = 172
        case TextField():
            kind = 150
        case _:
            assert_never(field)
    return max(kind, min(title, 128))
