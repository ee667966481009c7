"""What is said of what people type into forms, and choose for a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # What a ledger chooses for itself.
    "forms.choice.unknown": (
        "There is nothing to choose by the name {name}. Nothing was changed."
    ),
    "forms.choice.misspelt": (
        "There is nothing to choose by the name {name}; did you mean {nearest}? "
        "Nothing was changed."
    ),
    "forms.choice.fixed": (
        "“{title}” is laid down by the reporting system and cannot be set here. "
        "Nothing was changed."
    ),
    "forms.choice.option": (
        "“{title}” has no option {value}. Nothing was changed; choose one of: "
        "{options}."
    ),
    "forms.choice.number": (
        "“{title}” takes a number, and “{value}” is none that can be kept. Nothing "
        "was changed; type digits, such as 0.75."
    ),
    "forms.choice.low": (
        "“{title}” must be at least {limit}. Nothing was changed; type another number."
    ),
    "forms.choice.high": (
        "“{title}” may be at most {limit}. Nothing was changed; type another number."
    ),
    # What a person types.
    "forms.entry.characters": (
        "The text holds a character that cannot be kept ({character}). Nothing "
        "was changed; type it without."
    ),
    "forms.entry.no_not_applicable": (
        "“{title}” applies to everyone, so 不适用 is no answer to it. Nothing was "
        "changed."
    ),
    "forms.entry.dash": (
        "“{text}” may mean nothing, not applicable or unknown. Nothing was changed; "
        "type 0 where there is none, / where it does not apply, * where it is unknown."
    ),
    "forms.entry.whole": (
        "“{text}” is not a whole number. Nothing was changed; type digits, such"
        " as 1200 or 1,200."
    ),
    "forms.entry.number": (
        "“{text}” is not a number. Nothing was changed; type digits, such as 1200.5."
    ),
    "forms.entry.decimals": (
        "“{text}” has more than {digits} decimals. Nothing was changed; round "
        "it yourself."
    ),
    "forms.entry.precision": (
        "“{text}” has more than {limit} digits, more than can be kept exactly. "
        "Nothing was changed."
    ),
    "forms.entry.too_long": (
        "The text has {length} characters; {limit} fit here. Nothing was "
        "changed; shorten it."
    ),
    "forms.entry.choice": (
        "“{text}” is not in the list. Nothing was changed; choose one of: {choices}."
    ),
    "forms.entry.choice_near": (
        "“{text}” is not in the list; did you mean “{nearest}”? Nothing was "
        "changed; choose one of: {choices}."
    ),
    "forms.entry.choice_of": (
        "“{text}” can mean more than one thing here. Nothing was changed; choose "
        "one of: {choices}."
    ),
    "forms.entry.yes_no": (
        "“{text}” is neither yes nor no. Nothing was changed; type 是 or 否."
    ),
    "forms.entry.date": (
        "“{text}” is not a date. Nothing was changed; type it as 2025-09-01 or "
        "2025年9月1日."
    ),
    "forms.entry.no_such_day": (
        "There is no such day as “{text}”. Nothing was changed; check year, "
        "month and day."
    ),
    "forms.entry.unit": (
        "“{text}” is not the code of an administrative unit. Nothing was "
        "changed; it has 2, 4, 6, 9 or 12 digits."
    ),
    "forms.entry.credit": (
        "“{text}” is not a 统一社会信用代码. Nothing was changed; it has 18 digits and "
        "letters."
    ),
    "forms.entry.telephone": (
        "“{text}” is not a telephone number. Nothing was changed; type digits, "
        "such as 021-62345678."
    ),
}
