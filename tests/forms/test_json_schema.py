from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from typing import Final

import pytest

from desktop.forms.files import Files
from desktop.forms.json_schema import schemas
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import plain
from desktop.forms.yaml_text import read_yaml

pytestmark = pytest.mark.unmeasured

RESOURCES = Path(__file__).parents[2] / "resources"
PACKS = RESOURCES / "packs"
KINDS: Final = (
    ("pack", "*/pack.yaml"),
    ("form", "*/forms/*.yaml"),
    ("rules", "*/rules*.yaml"),
    ("rules", "common/*/rules*.yaml"),
    ("indicators", "*/indicators*.yaml"),
    ("indicators", "common/*/indicators*.yaml"),
    ("parameters", "*/parameters.yaml"),
    ("definitions", "*/definitions.yaml"),
    ("code_lists", "*/code_lists.yaml"),
)
TYPES: Final = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def fits(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:  # noqa: ANN401 - it is JSON
    """Hold a value against the words of JSON Schema that our schemas use."""
    if "$ref" in schema:
        return fits(root["$defs"][schema["$ref"].rpartition("/")[2]], value, root)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            found = sum(fits(each, value, root) for each in schema[word])
            if found == 0 or (word == "oneOf" and found > 1):
                return False
    return (
        _of_type(schema, value)
        and value in schema.get("enum", [value])
        and value == schema.get("const", value)
        and _parts_fit(schema, value, root)
    )


def _of_type(schema: dict[str, Any], value: object) -> bool:
    types = schema.get("type", ())
    named = [types] if isinstance(types, str) else list(types)
    if "number" in named:
        # `plain` gives a decimal as its text.
        return isinstance(value, str | int) and not isinstance(value, bool)
    found = [TYPES[each] for each in named]
    return not named or any(type(value) is each for each in found)


def _keys_fit(
    schema: dict[str, Any], value: dict[str, Any], root: dict[str, Any]
) -> bool:
    known = schema.get("properties", {})
    free: dict[str, Any] = {}
    for pattern in schema.get("patternProperties", {}).values():
        free = pattern
    strange = value.keys() - known.keys()
    return (
        set(schema.get("required", ())) <= value.keys()
        and not (strange and schema.get("additionalProperties", True) is False)
        and all(fits(known.get(key, free), each, root) for key, each in value.items())
    )


def _parts_fit(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:  # noqa: ANN401 - it is JSON
    match value:
        case dict():
            return _keys_fit(schema, value, root)
        case list():
            inside = schema.get("items", {})
            enough = len(value) >= schema.get("minItems", 0)
            return enough and all(fits(inside, each, root) for each in value)
        case str():
            pattern = schema.get("pattern")
            return pattern is None or re.search(pattern, value) is not None
        case _:
            return True


def test_the_schemas_in_the_folder_are_those_of_the_models__ok() -> None:
    """`taizhang pack schema --to resources/schema` writes them anew."""
    written = {
        path.name: path.read_text("utf-8")
        for path in (RESOURCES / "schema").glob("*.json")
    }
    assert written == schemas()


@pytest.mark.parametrize(("kind", "pattern"), KINDS)
def test_our_own_files_fit__ok(kind: str, pattern: str) -> None:
    root = json.loads(schemas()[f"{kind}.schema.json"])
    files = Files(PACKS)
    for name in files.names(pattern):
        node = read_yaml((PACKS / name).read_bytes(), name)
        assert not isinstance(node, tuple)
        assert fits(root, plain(node), root), name


def test_shared_forms_fit__ok() -> None:
    root = json.loads(schemas()["form.schema.json"])
    for path in PACKS.glob("common/*/*.yaml"):
        if not path.stem.startswith(("rules", "indicators")):
            node = read_yaml(path.read_bytes(), path.name)
            assert isinstance(node, Mapping)
            assert fits(root, plain(node), root), path


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pack", {"id": "x"}),
        ("rules", [{"id": "x", "surprise": 1}]),
        ("indicators", [{"title": "无"}]),
        ("parameters", [{"title": "无"}]),
        ("definitions", [{"id": "x"}]),
        ("code_lists", [{"id": "X", "title": "甲", "choices": ["乙"]}]),
        ("form", {"kind": "roster", "id": "x"}),
    ],
)
def test_what_lint_refuses_does_not_fit__error(kind: str, data: object) -> None:
    root = json.loads(schemas()[f"{kind}.schema.json"])
    assert not fits(root, data, root)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("indicators", [{"concept": "x"}]),
        ("parameters", [{"id": "x", "value": 3}]),
        ("definitions", [{"id": "x", "default": "y"}]),
        ("code_lists", None),
    ],
)
def test_what_only_states_a_difference_fits__ok(kind: str, data: object) -> None:
    root = json.loads(schemas()[f"{kind}.schema.json"])
    assert fits(root, data, root)


def test_one_meaning_may_stand_without_a_list__ok() -> None:
    text = json.dumps(json.loads(schemas()["form.schema.json"])["$defs"]["ChoiceField"])
    assert re.search(r'"patternProperties": \{[^}]*\{"anyOf"', text)
