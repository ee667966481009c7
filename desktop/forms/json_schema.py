"""What each file of a pack may hold, as JSON Schema, for editors that know it.

They are made from the models that check packs, so they cannot say anything else. What
only a person can know, `lint` says.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any
from typing import Final
from typing import TypeAlias

from desktop.forms import base
from desktop.forms import fields
from desktop.forms import indicator
from desktop.forms import layout
from desktop.forms import model
from desktop.forms import taking
from desktop.forms.base import Model
from desktop.forms.load import HEAD
from desktop.forms.strict import strict

Schema: TypeAlias = dict[str, Any]
"""A part of a schema; JSON has no closer type."""

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_REF: Final = "#/$defs/"
_MODULES: Final = (base, fields, indicator, layout, model, taking)


def schemas() -> dict[str, str]:
    """Give the schema of each sort of file, by the name of the schema's file."""
    whole, uses = (
        strict(each).model_json_schema() for each in (model.Pack, taking.Uses)
    )
    defs = _described({**whole["$defs"], **uses["$defs"]})
    parts: Schema = whole["properties"]
    roots: dict[str, Schema] = {
        "pack": _head(whole, uses),
        "form": parts["forms"]["items"],
        "rules": _list(parts["rules"]["items"]),
        "indicators": _list(_rows(defs, "Indicator", ["concept"])),
        "parameters": _list(_rows(defs, "Parameter", ["id"])),
        "definitions": _list(_rows(defs, "Definition", ["id", "default"])),
        "code_lists": _list(parts["code_lists"]["items"]),
        "explanations": defs["Explanations"],
        "layout": defs["Layout"],
    }
    return {f"{name}.schema.json": _text(roots[name], defs) for name in roots}


def _list(items: Schema) -> Schema:
    # A file of comments alone is an empty list.
    return {"type": ["array", "null"], "items": items}


def _head(whole: Schema, uses: Schema) -> Schema:
    """Give what stands in pack.yaml itself."""
    taken = uses["properties"]["forms"]["items"]
    pattern = uses["$defs"]["Taken"]["properties"]["form"]["pattern"]
    named = {"type": "string", "pattern": pattern}
    listed = {"type": "array", "items": {"anyOf": [named, taken]}}
    properties = {key: whole["properties"][key] for key in sorted(HEAD)}
    properties["uses"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"forms": listed},
    }
    required = [key for key in whole["required"] if key in HEAD]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
    }


def _rows(defs: Schema, name: str, enough: list[str]) -> Schema:
    """Let an entry that takes over a shared one state only what is otherwise."""
    whole = {key: each for key, each in defs[name].items() if key != "required"}
    return {
        **whole,
        "anyOf": [{"required": defs[name]["required"]}, {"required": enough}],
    }


def _described(defs: Schema) -> Schema:
    """Say of each part what its class says of itself."""
    classes = {
        each.__name__: each
        for module in _MODULES
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Model)
    }
    found: Schema = deepcopy(defs)
    for name in found.keys() & classes.keys():
        found[name]["description"] = (classes[name].__doc__ or "").split("\n\n")[0]
    for each in found.values():
        if "value_aliases" in each.get("properties", {}):
            _alone(each["properties"]["value_aliases"])
    return found


def _alone(aliases: Schema) -> None:
    """Let one meaning stand without its list, as people may write it."""
    for pattern, several in aliases["patternProperties"].items():
        either = {"anyOf": [several["items"], several]}
        aliases["patternProperties"][pattern] = either


def _text(root: Schema, defs: Schema) -> str:
    """Write a schema with the parts it speaks of, and without idle words."""
    needed: Schema = {}
    ahead = [root]
    while ahead:
        for name in sorted(_named(ahead.pop()) - needed.keys()):
            needed[name] = defs[name]
            ahead.append(defs[name])
    whole = _plain({"$schema": DRAFT, **root, "$defs": needed})
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _named(part: object) -> set[str]:
    """Give the names of the parts that a part refers to."""
    match part:
        case dict():
            own = {part["$ref"].removeprefix(_REF)} if "$ref" in part else set[str]()
            return own.union(*(_named(each) for each in part.values()))
        case list():
            return set[str]().union(*(_named(each) for each in part))
        case _:
            return set()


def _plain(part: object, *, named: bool = False) -> Any:  # noqa: ANN401 - see Schema
    """Leave out titles made of names, defaults and hints that only pydantic reads.

    `named` says that the keys are names of an author's, not words of JSON Schema.
    """
    match part:
        case dict():
            idle = set() if named else {"default", "discriminator", "title"}
            return {
                key: _plain(each, named=not named and key in {"properties", "$defs"})
                for key, each in part.items()
                if key not in idle
            }
        case list():
            return [_plain(each) for each in part]
        case _:
            return part
