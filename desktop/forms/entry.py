"""What a person types becomes a cell, and a cell becomes what a person reads.

The keyboard, a pasted block and a repaired import all come through `parse_entry`.
Nothing is guessed: a text is read exactly, or refused with a message that says what is
expected here. Full-width digits and signs are read as what they stand for.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import TypeAlias
from typing import assert_never

from desktop.core.cells import BLANK
from desktop.core.cells import SIGNIFICANT_DIGITS
from desktop.core.cells import Absent
from desktop.core.cells import Cell
from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.core.unit import parse_unit_code
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
from desktop.forms.suggest import nearest
from desktop.forms.suggest import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from desktop.forms.fields import Field

NOT_APPLICABLE: Final = "不适用"
UNKNOWN: Final = "不详"
YES: Final = "是"
NO: Final = "否"
SEPARATORS: Final = ("、", "；", ";", "，", ",", "|")
"""What may stand between several choices, in the order they are tried."""

Entry: TypeAlias = "Cell | Message"

_ABSENT: Final[Mapping[str, Absent]] = {
    NOT_APPLICABLE: Absent.NOT_APPLICABLE,
    UNKNOWN: Absent.UNKNOWN,
}
# Single keys for the same; in free text they may be meant as they stand.
_ABSENT_KEYS: Final[Mapping[str, Absent]] = {
    "/": Absent.NOT_APPLICABLE,
    "?": Absent.UNKNOWN,
    "*": Absent.UNKNOWN,
}
_IDEOGRAPHIC_COMMA: Final = "、"
"""What Chinese input methods write for the key `/`."""
_DASHES: Final = frozenset({"-", "--"})
"""Written for 0, for 不适用 and for 不详; only the person knows which."""
_YES_NO: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("是", "有", "y", "yes", "1", "true", "√"), True),
    **dict.fromkeys(("否", "无", "n", "no", "0", "false", "×"), False),
}
_NARROW: Final[Mapping[int, int]] = {
    **{0xFF01 + offset: 0x21 + offset for offset in range(94)},
    0x3000: 0x20,
    ord("。"): ord("."),
    ord("－"): ord("-"),
    ord("—"): ord("-"),
    ord("−"): ord("-"),
}
"""Full-width forms to what they stand for; nothing else that Unicode deems alike."""

# Compiled at first use: formatting, which the first window needs, uses none of them.
_WHOLE: Final = r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)"
_NUMBER: Final = r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<decimals>[0-9]+))?"
_DATES: Final = (
    r"(\d{4})-(\d{1,2})-(\d{1,2})",
    r"(\d{4})/(\d{1,2})/(\d{1,2})",
    r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
    r"(\d{4})(\d{2})(\d{2})",
    r"(\d{4})年(\d{1,2})月(\d{1,2})日",
)
_CREDIT_CODE: Final = r"[0-9A-Z]{1,18}"
_TELEPHONE: Final = r"[0-9()+\-#转 ]{3,30}"
_UNSAYABLE: Final = (
    r"[\x00-\x1F\x7F-\x9F\u2028\u2029\u202A-\u202E"
    r"\u2066-\u2069\uD800-\uDFFF\uFFFE\uFFFF]"
)
_PLACE: Final = "[1-9][0-9]{0,3}"
_EARLIEST_YEAR: Final = 1800


def parse_entry(field: Field, text: str, choices: tuple[str, ...] = ()) -> Entry:
    """Read what was typed into a field; `choices` are those of its list."""
    typed = text.strip()
    if not typed:
        return BLANK
    if found := re.search(_UNSAYABLE, typed):
        return message("forms.entry.characters", character=f"U+{ord(found[0]):04X}")
    # Where 不适用 is a choice like others, it is counted with them.
    chosen = not field.not_applicable and typed in choices
    absent = None if chosen else _absent(field, typed)
    return _value(field, typed, choices) if absent is None else absent


def state_of_key(field: Field, typed: str) -> Absent | None:
    """Give the state that a key alone stands for, where no entry begins with it."""
    if isinstance(field, TextField):
        return None
    narrow = "/" if typed == _IDEOGRAPHIC_COMMA else typed.translate(_NARROW)
    state = _ABSENT_KEYS.get(narrow)
    if state is Absent.NOT_APPLICABLE and not field.not_applicable:
        return None
    return state


def meant_choice(field: Field, text: str) -> str | None:
    """Give the choice that a word of other sources means, where there is just one."""
    meanings = _meanings(field, text.strip())
    return meanings[0] if len(meanings) == 1 else None


def _meanings(field: Field, typed: str) -> tuple[str, ...]:
    if isinstance(field, ChoiceField | ChoicesField):
        return field.value_aliases.get(typed, ())
    return ()


def format_cell(field: Field, cell: Cell, *, thousands: bool = False) -> str:
    """Write a cell for a reader, so that typing it again gives the same cell."""
    comma = "," if thousands else ""
    match cell:
        case Absent.BLANK:
            return ""
        case Absent.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case Absent.UNKNOWN:
            return UNKNOWN
        case bool():
            return YES if cell else NO
        case int():
            return f"{cell:{comma}d}"
        case Decimal():
            return f"{_at_digits(field, cell):{comma}f}"
        case date():
            return cell.isoformat()
        case str():
            return cell
        case tuple():
            return _joined(cell)
        case _:
            assert_never(cell)


def _absent(field: Field, typed: str) -> Entry | None:
    key = typed.translate(_NARROW)
    free = isinstance(field, TextField)
    absent = _ABSENT.get(key) or (None if free else _ABSENT_KEYS.get(key))
    if absent is Absent.NOT_APPLICABLE and not field.not_applicable:
        return message("forms.entry.no_not_applicable", title=field.title)
    if key in _DASHES and isinstance(field, IntegerField | DecimalField):
        return message("forms.entry.dash", text=shown(typed))
    return absent


def _value(field: Field, typed: str, choices: tuple[str, ...]) -> Entry:
    """Read a value by the kind of its field."""
    narrow = typed.translate(_NARROW)
    match field:
        case IntegerField():
            return _whole(narrow)
        case DecimalField(digits=digits):
            return _decimal(narrow, digits)
        case TextField(max_length=limit):
            return _text(typed, limit)
        case ChoiceField():
            return _choice(_List(field, choices), typed)
        case ChoicesField():
            return _several(_List(field, choices), typed)
        case DateField():
            return _date(narrow)
        case YesNoField():
            answer = _YES_NO.get(narrow.lower())
            return _refused("yes_no", typed) if answer is None else answer
        case UnitField():
            unit = parse_unit_code(narrow.replace(" ", ""))
            return _refused("unit", typed) if unit is None else unit
        case CreditCodeField():
            code = narrow.replace(" ", "").upper()
            return (
                code if re.fullmatch(_CREDIT_CODE, code) else _refused("credit", typed)
            )
        case TelephoneField():
            fits = re.fullmatch(_TELEPHONE, narrow)
            return narrow if fits else _refused("telephone", typed)
        case _:
            assert_never(field)


def _refused(expected: str, typed: str) -> Message:
    return message(f"forms.entry.{expected}", text=shown(typed))


def _whole(text: str) -> Entry:
    if re.fullmatch(_WHOLE, text) is None:
        return _refused("whole", text)
    plain = text.replace(",", "")
    return _too_precise(plain) or int(plain)


def _decimal(text: str, digits: int) -> Entry:
    match = re.fullmatch(_NUMBER, text)
    if match is None:
        return _refused("number", text)
    plain = text.replace(",", "")
    if len((match["decimals"] or "").rstrip("0")) > digits:
        return message("forms.entry.decimals", text=shown(text), digits=digits)
    if refused := _too_precise(plain):
        return refused
    return Decimal(plain).quantize(Decimal(1).scaleb(-digits)) + 0


def _too_precise(plain: str) -> Message | None:
    """Refuse a number with more digits than the ledger can keep for certain."""
    digits = plain.lstrip("+-").replace(".", "").lstrip("0")
    if len(digits) <= SIGNIFICANT_DIGITS:
        return None
    return message("forms.entry.precision", text=shown(plain), limit=SIGNIFICANT_DIGITS)


def _text(typed: str, limit: int) -> Entry:
    if len(typed) <= limit:
        return typed
    return message("forms.entry.too_long", length=len(typed), limit=limit)


class _List(NamedTuple):
    """The choices of a field."""

    field: Field
    choices: tuple[str, ...]

    def pick(self, typed: str) -> str | None:
        """Give the choice of that label, of that alias, or of that number."""
        if typed in self.choices:
            return typed
        meant = meant_choice(self.field, typed)
        if meant in self.choices:
            return meant
        number = typed.translate(_NARROW)
        if re.fullmatch(_PLACE, number) and int(number) <= len(self.choices):
            return self.choices[int(number) - 1]
        return None


def _choice(listed: _List, typed: str) -> Entry:
    found = listed.pick(typed)
    return _unlisted(listed, typed) if found is None else found


def _several(listed: _List, typed: str) -> Entry:
    """Read several choices; the result is in the order of the list, each once."""
    missing = typed
    for parts in _splits(typed):
        unlisted = [part for part in parts if listed.pick(part) is None]
        if parts and not unlisted:
            picked = {listed.pick(part) for part in parts}
            return tuple(choice for choice in listed.choices if choice in picked)
        missing = next(iter(unlisted), typed)
    return _unlisted(listed, missing)


def _splits(typed: str) -> Iterable[list[str]]:
    """Give the ways to part a text; the whole comes first, a mixed cut last."""
    yield [typed]
    for separator in SEPARATORS:
        if separator in typed:
            yield _parted(typed.split(separator))
    yield _parted(re.split("[、；;，,|]", typed))


def _parted(parts: Iterable[str]) -> list[str]:
    return [stripped for part in parts if (stripped := part.strip())]


def _unlisted(listed: _List, typed: str) -> Message:
    meanings = "、".join(_meanings(listed.field, typed))
    if meanings:
        return message("forms.entry.choice_of", text=shown(typed), choices=meanings)
    near, allowed = nearest(typed, listed.choices), "、".join(listed.choices)
    if near is None:
        return message("forms.entry.choice", text=shown(typed), choices=allowed)
    return message(
        "forms.entry.choice_near", text=shown(typed), nearest=near, choices=allowed
    )


def _date(text: str) -> Entry:
    for pattern in _DATES:
        if match := re.fullmatch(pattern, text, re.ASCII):
            year, month, day = (int(part) for part in match.groups())
            try:
                meant = date(year, month, day)
            except ValueError:
                return _refused("no_such_day", text)
            in_time = meant.year >= _EARLIEST_YEAR
            return meant if in_time else _refused("no_such_day", text)
    return _refused("date", text)


def _at_digits(field: Field, number: Decimal) -> Decimal:
    """Show the declared digits, and more where the number has more."""
    digits = field.digits if isinstance(field, DecimalField) else 0
    exponent = number.normalize().as_tuple().exponent
    wanted = max(digits, -exponent if isinstance(exponent, int) else 0)
    return number.quantize(Decimal(1).scaleb(-wanted))


def _joined(chosen: tuple[str, ...]) -> str:
    """Join choices by the first separator that none of them contains."""
    free = (sign for sign in SEPARATORS if not any(sign in one for one in chosen))
    return next(free, SEPARATORS[0]).join(chosen)
