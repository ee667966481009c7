"""The pack with a ledger's own choices in force: definitions (口径) and parameters.

A choice is a name as expressions write it (`definition.<id>`, `param.<id>`) with the
option's id or the number as text. What a ledger has not chosen is as the pack says.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple
from typing import TypeAlias

from desktop.core.messages import message
from desktop.forms.model import Definition
from desktop.forms.model import Pack
from desktop.forms.model import Parameter
from desktop.forms.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.messages import Message
    from desktop.forms.model import Option

    Choices: TypeAlias = Mapping[str, str]
    """What a ledger has chosen for a period, by name."""

DEFINITION: Final = "definition."
PARAMETER: Final = "param."
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")


class Chosen(NamedTuple):
    """A definition and the option of it that is in force."""

    definition: Definition
    option: Option


def settle(pack: Pack, choices: Choices) -> Pack:
    """Give the pack with choices in force; one that no longer fits changes nothing."""
    definitions = tuple(
        _with_option(each, choices.get(DEFINITION + each.id))
        for each in pack.definitions
    )
    parameters = tuple(
        _with_value(each, choices.get(PARAMETER + each.id)) for each in pack.parameters
    )
    if definitions == pack.definitions and parameters == pack.parameters:
        return pack
    return pack.replaced(definitions=definitions, parameters=parameters)


def in_force(pack: Pack) -> tuple[Chosen, ...]:
    """Tell which option of each definition a settled pack goes by."""
    return tuple(
        Chosen(definition, option)
        for definition in pack.definitions
        for option in definition.options
        if option.id == definition.default
    )


def adjustable(pack: Pack) -> tuple[Parameter, ...]:
    """Give the parameters a ledger may set."""
    return tuple(each for each in pack.parameters if each.adjustable)


def choosable(pack: Pack) -> dict[str, Definition | Parameter]:
    """Give what a ledger may choose, by name."""
    definitions = {DEFINITION + each.id: each for each in pack.definitions}
    return {**definitions, **{PARAMETER + each.id: each for each in adjustable(pack)}}


def value_of(chosen: Definition | Parameter) -> str:
    """Give what is in force as the text that would choose it."""
    if isinstance(chosen, Definition):
        return chosen.default
    return number_text(chosen.value)


def number_text(value: Decimal) -> str:
    """Write a number plainly: no exponent, no idle noughts."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def refusal(pack: Pack, name: str, value: str) -> Message | None:
    """Say why something cannot be chosen; None where it can."""
    known = choosable(pack)
    found = known.get(name)
    if found is None:
        return _unknown(pack, name, tuple(known))
    if isinstance(found, Parameter):
        return _unfit_value(found, value)
    options = [option.id for option in found.options]
    if value in options:
        return None
    return message(
        "forms.choice.option",
        title=found.title,
        value=value,
        options="、".join(options),
    )


def _unknown(pack: Pack, name: str, known: tuple[str, ...]) -> Message:
    for each in pack.parameters:
        if name in {PARAMETER + each.id, each.id}:
            return message("forms.choice.fixed", title=each.title)
    written = {full.partition(".")[2]: full for full in known}
    written |= {full: full for full in known}
    near = nearest(name, tuple(written))
    if near is None:
        return message("forms.choice.unknown", name=name)
    return message("forms.choice.misspelt", name=name, nearest=written[near])


def _with_option(definition: Definition, option: str | None) -> Definition:
    fits = option in {each.id for each in definition.options}
    if option is None or not fits or option == definition.default:
        return definition
    return definition.replaced(default=option)


def _with_value(parameter: Parameter, text: str | None) -> Parameter:
    if text is None or not parameter.adjustable or _unfit_value(parameter, text):
        return parameter
    value = Decimal(text)
    if value == parameter.value:
        return parameter
    return parameter.replaced(value=value)


def _unfit_value(parameter: Parameter, text: str) -> Message | None:
    if not _NUMBER.fullmatch(text):
        return message("forms.choice.number", title=parameter.title, value=text)
    value, low, high = Decimal(text), parameter.minimum, parameter.maximum
    if low is not None and value < low:
        limit = number_text(low)
        return message("forms.choice.low", title=parameter.title, limit=limit)
    if high is not None and value > high:
        limit = number_text(high)
        return message("forms.choice.high", title=parameter.title, limit=limit)
    return None
