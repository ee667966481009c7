"""What can be wrong with an expression of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "expr.aggregate_here": (
        "{name} adds up the records of a form and cannot stand inside another "
        "aggregate or EXISTS."
    ),
    "expr.aggregate_argument": "Write {name} over the fields of one form.",
    "expr.ambiguous_unit": "Several forms have a field {name}: {forms}.",
    "expr.arguments": "{name} takes {count} values.",
    "expr.bare_roster": (
        "The form {form} has many records; write SUM, COUNT, MAX or EXISTS over {name}."
    ),
    "expr.bad_date": "{text} is not a date; write it as 2025-12-31.",
    "expr.character": "The character {character} cannot stand here.",
    "expr.choice_unknown": "{name} takes a text in quotation marks.",
    "expr.comment": "An expression holds no comment.",
    "expr.counted_when": "The condition under which records of {form} count is wrong.",
    "expr.counted_nested": (
        "The condition under which records of {form} count may only name "
        "fields of that form."
    ),
    "expr.defined_circle": (
        "The definition {name} stands for something that names {name} itself."
    ),
    "expr.defined_never": (
        "No option of the definition {name} is ever “{text}”. There are: {texts}."
    ),
    "expr.defined_wrong": (
        "The definition {name} cannot be used here: its option “{option}” is wrong "
        "or does not fit."
    ),
    "expr.deep": "The expression is nested too deeply.",
    "expr.empty": "The expression is empty.",
    "expr.exists": "Write EXISTS (SELECT 1 FROM form WHERE condition).",
    "expr.exists_link": (
        "A field outside EXISTS may only be set equal to a field of its form."
    ),
    "expr.field_wanted": "{name} takes the name of a field of this record.",
    "expr.long": "The expression is longer than {limit} characters.",
    "expr.many": "The expression has more than {limit} parts.",
    "expr.mixed": "{name} does not belong to the form {form} that is added up here.",
    "expr.no_record": (
        "{name} stands for a single record, but an indicator speaks of a unit."
    ),
    "expr.not_understood": "This cannot be said in an expression.",
    "expr.null": "Write IS NULL to ask whether a value is blank.",
    "expr.number": "The number {text} is too long.",
    "expr.own_only": "{name} cannot stand here: only fields of this record can.",
    "expr.prev_nested": "PREV looks one period back and cannot be nested.",
    "expr.prev_here": "PREV cannot stand here.",
    "expr.syntax": "The expression breaks off or goes wrong here.",
    "expr.text_open": "A quotation mark is not closed.",
    "expr.types_differ": "These values are of different kinds and cannot be compared.",
    "expr.unknown_definition": "There is no definition {name}.",
    "expr.unknown_definition_nearest": (
        "There is no definition {name}; did you mean {nearest}?"
    ),
    "expr.unknown_form": "There is no form {name}.",
    "expr.unknown_form_nearest": "There is no form {name}; did you mean {nearest}?",
    "expr.unknown_function": "There is no function {name}.",
    "expr.unknown_function_nearest": (
        "There is no function {name}; did you mean {nearest}?"
    ),
    "expr.unknown_name": "There is no field {name}.",
    "expr.unknown_name_nearest": "There is no field {name}; did you mean {nearest}?",
    "expr.unknown_parameter": "There is no parameter {name}.",
    "expr.unknown_parameter_nearest": (
        "There is no parameter {name}; did you mean {nearest}?"
    ),
    "expr.whole_form": "{name} is a form; name one of its fields.",
    "expr.wanted_boolean": "{name}: a yes-or-no condition is wanted here.",
    "expr.wanted_choices": "{name}: a field with several choices is wanted here.",
    "expr.wanted_comparable": "{name} holds several choices; ask with HAS.",
    "expr.wanted_date": "{name}: a date is wanted here.",
    "expr.wanted_number": "{name}: a number is wanted here.",
    "expr.wanted_ordered": "{name} has no order; compare it with = or <>.",
    "expr.wanted_text": "{name}: a text is wanted here.",
}
