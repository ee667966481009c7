"""Plain data checked against the models, and pydantic's answers in a person's words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import get_args

from pydantic import ValidationError

from desktop.core.messages import Message
from desktop.core.messages import message
from desktop.forms.problems import NOWHERE
from desktop.forms.problems import Place
from desktop.forms.problems import Problem
from desktop.forms.problems import problem
from desktop.forms.strict import Strict
from desktop.forms.strict import checked_json
from desktop.forms.strict import strict
from desktop.forms.suggest import nearest
from desktop.forms.suggest import shown
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Node
from desktop.forms.yaml_text import plain

if TYPE_CHECKING:
    from collections import abc

    from pydantic_core import ErrorDetails

    from desktop.forms.strict import AnyModel

MAX_FAULTS: Final = 2_000
"""A file with more faults is not a pack someone is writing."""
_LISTED: Final = 40
_WANTS: Final[abc.Mapping[str, str]] = {
    "string_type": "forms.wants_text",
    "int_type": "forms.wants_whole",
    "bool_type": "forms.wants_true_false",
    "decimal_type": "forms.wants_number",
    "decimal_parsing": "forms.wants_number",
    "finite_number": "forms.wants_number",
    "tuple_type": "forms.wants_list",
    "model_type": "forms.wants_mapping",
    "dict_type": "forms.wants_mapping",
    "model_attributes_type": "forms.wants_mapping",
    "string_pattern_mismatch": "forms.pattern",
    "union_tag_not_found": "forms.kind_missing",
}
_LIMITS: Final[abc.Mapping[str, tuple[str, str]]] = {
    "string_too_long": ("forms.text_too_long", "max_length"),
    "string_too_short": ("forms.text_too_short", "min_length"),
    "too_short": ("forms.list_too_short", "min_length"),
    "greater_than_equal": ("forms.too_small", "ge"),
    "less_than_equal": ("forms.too_large", "le"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of the data: its place, its path and the keys it may have."""

    node: Node | None
    place: Place
    path: str
    keys: tuple[str, ...]


def validate(
    model: type[AnyModel], node: Node, path: str = ""
) -> AnyModel | tuple[Problem, ...]:
    """Make a model of data read from YAML, or say everything that is wrong with it."""
    return validate_json(model, json.dumps(plain(node)), node, path)


def validate_json(
    model: type[AnyModel], text: str, node: Node | None = None, path: str = ""
) -> AnyModel | tuple[Problem, ...]:
    """Make a model of JSON text; `node` is the YAML it came from, if any."""
    try:
        return checked_json(model, text)
    except ValidationError as error:
        if error.error_count() > MAX_FAULTS:
            place = node.place if node else NOWHERE
            said = message("forms.too_many_faults", limit=MAX_FAULTS)
            return (problem(said, place, path=path),)
        details = error.errors(include_url=False)
        return tuple(
            _problem(strict(model), detail, node, path)
            for detail in details
            if not _follows(detail, details)
        )


def listed(words: tuple[str, ...]) -> str:
    """Write the words that are possible, the first of them where there are many."""
    more = ("…",) if len(words) > _LISTED else ()
    return ", ".join((*words[:_LISTED], *more))


def _follows(error: ErrorDetails, others: list[ErrorDetails]) -> bool:
    """Tell whether a list is called too short only because an item is at fault."""
    where = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(where)] == where for other in others if other is not error
    )


def _problem(
    model: type[Strict], error: ErrorDetails, node: Node | None, path: str
) -> Problem:
    """Put one of pydantic's answers into words and at its place."""
    where = error["loc"]
    if error["type"] in {"missing", "extra_forbidden"}:
        key, owner = str(where[-1]), _locate(model, where[:-1], node, path)
        if error["type"] == "missing":
            said = message("forms.key_missing", key=key)
            return problem(said, owner.place, path=_join(owner.path, key))
        place = owner.node.keys[key] if isinstance(owner.node, Mapping) else owner.place
        said = unknown("forms.key", key, owner.keys)
        return problem(said, place, path=_join(owner.path, key))
    spot = _locate(model, where, node, path)
    return problem(_message(error), spot.place, path=spot.path)


def unknown(code: str, word: str, words: tuple[str, ...]) -> Message:
    """Say that a word is none of those allowed, with the most similar one if any.

    `<code>_misspelt` is the message with a guess and `<code>_unknown` the one without.
    """
    near, allowed = nearest(word, words), listed(words)
    if near is None:
        return message(f"{code}_unknown", word=shown(word), allowed=allowed)
    return message(f"{code}_misspelt", word=shown(word), nearest=near, allowed=allowed)


def _message(error: ErrorDetails) -> Message:
    kind, context = error["type"], error.get("ctx", {})
    value = shown(error["input"])
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        wanted = context.get("expected", context.get("expected_tags", ""))
        words = tuple(wanted.replace(" or ", ", ").replace("'", "").split(", "))
        return unknown("forms.value", str(context.get("tag", error["input"])), words)
    if kind in _WANTS:
        return message(_WANTS[kind], value=value)
    if kind in _LIMITS:
        code, limit = _LIMITS[kind]
        return message(code, value=value, limit=str(context[limit]))
    if kind == "json_invalid":
        return message("forms.json_invalid", reason=str(context["error"]))
    return message("forms.refused", value=value, reason=error["msg"])


def _locate(
    model: type[Strict],
    where: tuple[int | str, ...],
    node: Node | None,
    path: str,
) -> Spot:
    """Follow one of pydantic's locations through the models and the data at once.

    A location names the chosen member of a union by its tag; the data has no such step.
    """
    models: tuple[type[Strict], ...] = (model,)
    place = node.place if node else NOWHERE
    for step in where:
        if isinstance(step, int):
            path = f"{path}[{step}]"
            node = node.items[step] if isinstance(node, List) else None
        elif len(models) > 1:
            models = tuple(each for each in models if step in _tags(each))
            continue
        elif not models:
            # The keys of a plain mapping; pydantic says `[key]` where one is at fault.
            path = path if step == "[key]" else _join(path, step)
            node = node.items.get(step) if isinstance(node, Mapping) else None
        else:
            path = _join(path, step)
            models = _models(models[0].model_fields[step].annotation)
            node = node.items.get(step) if isinstance(node, Mapping) else None
        place = node.place if node else place
    keys = tuple(models[0].model_fields) if len(models) == 1 else ()
    return Spot(node, place, path, keys)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _tags(model: type[Strict]) -> tuple[str, ...]:
    return get_args(model.model_fields["kind"].annotation)


def _models(annotation: Any) -> tuple[type[Strict], ...]:  # noqa: ANN401
    """Give the models an annotation speaks of, through tuples, unions and Annotated."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return (annotation,)
    return tuple(found for part in get_args(annotation) for found in _models(part))
