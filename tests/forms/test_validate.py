from __future__ import annotations

from typing import Annotated
from typing import Literal

from desktop.forms.base import Limit
from desktop.forms.base import Model
from desktop.forms.base import Name
from desktop.forms.validate import unknown
from desktop.forms.validate import validate
from desktop.forms.validate import validate_json
from desktop.forms.yaml_text import read_yaml


class Choices(Model):
    kind: Literal["choices"]
    choices: tuple[Name, ...] = ()


class Plain(Model):
    kind: Literal["plain", "bare"]


Either = Annotated[Choices | Plain, Limit(one_of="kind")]


class Whole(Model):
    parts: Annotated[tuple[Either, ...], Limit(min_length=2)]
    head: Either | None = None


def faults(text: str) -> list[tuple[str, str, int, int]]:
    node = read_yaml(text.encode(), "a.yaml")
    assert not isinstance(node, tuple)
    found = validate(Whole, node, "top")
    assert isinstance(found, tuple)
    return [(p.message.code, p.path, p.line, p.column) for p in found]


def test_validate__ok() -> None:
    node = read_yaml(b"parts: [{kind: bare}, {kind: choices, choices: [a]}]", "a")
    assert not isinstance(node, tuple)

    assert validate(Whole, node) == Whole(
        parts=(Plain(kind="bare"), Choices(kind="choices", choices=("a",)))
    )


def test_validate__error_a_tag_is_not_taken_for_the_key_of_its_name() -> None:
    assert faults(
        "parts:\n  - {kind: bare}\n  - kind: choices\n    choices: [a, B, 3]\n"
    ) == [
        ("forms.pattern", "top.parts[1].choices[1]", 4, 18),
        ("forms.wants_text", "top.parts[1].choices[2]", 4, 21),
    ]


def test_validate__error_outside_of_a_list() -> None:
    assert faults("parts: [{kind: bare}, {kind: bare}]\nhead: {kind: plain, x: 1}") == [
        ("forms.key_unknown", "top.head.x", 2, 21)
    ]


def test_validate__error_too_few_is_said_only_where_it_is_the_fault() -> None:
    assert faults("parts: [{kind: bare}]") == [
        ("forms.list_too_short", "top.parts", 1, 8)
    ]
    assert faults("parts: [{kind: bare}, {kind: bar}]") == [
        ("forms.value_misspelt", "top.parts[1]", 1, 23)
    ]


def test_validate__error_key_of_something_without_keys() -> None:
    assert faults("- a") == [("forms.wants_mapping", "top", 1, 1)]


def test_validate_json__error_has_no_place() -> None:
    found = validate_json(Whole, '{"parts": [{}, {"kind": "bare", "x": 1}]}')

    assert isinstance(found, tuple)
    assert [(p.message.code, p.path, p.file, p.line) for p in found] == [
        ("forms.kind_missing", "parts[0]", "", 0),
        ("forms.key_unknown", "parts[1].x", "", 0),
    ]


def test_validate__error_too_many_faults_has_its_file() -> None:
    many = "".join(f"k{number}: 1\n" for number in range(2500))

    assert faults(many) == [("forms.too_many_faults", "top", 1, 1)]


def test_unknown__long_lists_are_cut() -> None:
    said = unknown("forms.key", "q", tuple(f"k{number}" for number in range(1000)))

    assert str(dict(said.params)["allowed"]).endswith("k39, …")
