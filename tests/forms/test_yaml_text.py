from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.problems import Place
from desktop.forms.problems import Problem
from desktop.forms.yaml_text import MAX_BYTES
from desktop.forms.yaml_text import MAX_DEPTH
from desktop.forms.yaml_text import List
from desktop.forms.yaml_text import Mapping
from desktop.forms.yaml_text import Node
from desktop.forms.yaml_text import Plain
from desktop.forms.yaml_text import Scalar
from desktop.forms.yaml_text import place_inside
from desktop.forms.yaml_text import plain
from desktop.forms.yaml_text import read_yaml


def node(text: str) -> Node:
    read = read_yaml(text.encode(), "a.yaml")
    assert not isinstance(read, tuple), read
    return read


def data(text: str) -> Any:  # noqa: ANN401 - whatever YAML says
    return plain(node(text))


def problems(text: str) -> list[tuple[str, int, int]]:
    read = read_yaml(text.encode(), "a.yaml")
    assert isinstance(read, tuple), read
    assert all(problem.file == "a.yaml" for problem in read)
    return [(problem.message.code, problem.line, problem.column) for problem in read]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("0", 0),
        ("55.10", Decimal("55.10")),
        ("0.1", Decimal("0.1")),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("2025-09-01", "2025-09-01"),
        ("1:30", "1:30"),
        ("0755", "0755"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e9", "1e9"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1" * 40, "1" * 40),
        ('"12"', "12"),
        ("'true'", "true"),
        ('""', ""),
    ],
)
def test_scalar__ok(text: str, value: Plain) -> None:
    read = node(text)

    assert isinstance(read, Scalar)
    assert read.value == value
    assert type(read.value) is type(value)


def test_plain__decimals_are_exact_text() -> None:
    assert data("a: [0.10, 12345678901234567.5]") == {
        "a": ["0.10", "12345678901234567.5"]
    }


def test_read_yaml__places_count_from_one() -> None:
    root = node("title: 养老\ngroups:\n  - 护理: {床位: 3}\n")

    assert isinstance(root, Mapping)
    assert root.keys == {
        "title": Place("a.yaml", 1, 1),
        "groups": Place("a.yaml", 2, 1),
    }
    groups = root.items["groups"]
    assert isinstance(groups, List)
    inner = groups.items[0]
    assert isinstance(inner, Mapping)
    assert inner.items["护理"].place == Place("a.yaml", 3, 9)


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_read_yaml__nothing_is_null(text: str) -> None:
    assert data(text) is None


def test_read_yaml__byte_order_mark_is_no_part_of_it() -> None:
    read = read_yaml(b"\xef\xbb\xbfid: a\n", "a.yaml")

    assert isinstance(read, Mapping)
    assert list(read.items) == ["id"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1", [("forms.yaml.anchor", 1, 4)]),
        ("a: *x", [("forms.yaml.alias", 1, 4)]),
        ("a: !!int 1", [("forms.yaml.tag", 1, 4)]),
        ("a: !!python/object:os.system {}", [("forms.yaml.tag", 1, 4)]),
        ("a: 1\nb: 2\na: 3", [("forms.yaml.duplicate", 3, 1)]),
        ("<<: {a: 1}", [("forms.yaml.merge", 1, 1)]),
        ("[a]: 1", [("forms.yaml.key", 1, 1)]),
        ("? {a: 1}\n: 2", [("forms.yaml.key", 1, 3)]),
        ("a: 1\n---\nb: 2", [("forms.yaml.documents", 2, 1)]),
        ("a: b: c", [("forms.yaml.syntax", 1, 5)]),
        ("a: [1, 2", [("forms.yaml.syntax", 2, 1)]),
        ("a: \x07", [("forms.yaml.syntax", 1, 1)]),
        ('a: "\\ud800"', [("forms.yaml.syntax", 1, 7)]),
    ],
)
def test_read_yaml__error(text: str, found: list[tuple[str, int, int]]) -> None:
    assert problems(text) == found


def test_read_yaml__error_everything_at_once() -> None:
    assert [code for code, *_ in problems("a: &x 1\nb: *x\nc: !t 1\nc: 2\n")] == [
        "forms.yaml.anchor",
        "forms.yaml.alias",
        "forms.yaml.tag",
        "forms.yaml.duplicate",
    ]


def test_read_yaml__merge_in_quotes_is_a_key() -> None:
    assert data('"<<": 1') == {"<<": 1}


def test_read_yaml__error_alias_bomb() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{key}: &{key} [*{before}, *{before}]\n"
        for before, key in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert {code for code, *_ in problems(bomb)} == {
        "forms.yaml.alias",
        "forms.yaml.anchor",
    }


def test_read_yaml__error_size() -> None:
    read = read_yaml(b"#" * (MAX_BYTES + 1), "a.yaml")

    assert isinstance(read, tuple)
    assert read[0].message.code == "forms.yaml.too_big"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_read_yaml__error_depth(opening: str) -> None:
    deep = problems(opening * 100_000)

    assert [code for code, *_ in deep] == ["forms.yaml.too_deep"]


def test_read_yaml__depth_that_is_allowed() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH

    assert str(data(text)) == text


def test_read_yaml__error_not_utf8() -> None:
    read = read_yaml("a: 1\nb: 养老".encode("gb18030"), "a.yaml")

    assert isinstance(read, tuple)
    assert (read[0].message.code, read[0].line) == ("forms.yaml.not_utf8", 2)


@given(st.binary(max_size=60))
def test_read_yaml__never_raises(noise: bytes) -> None:
    read = read_yaml(noise, "a.yaml")

    assert isinstance(read, Scalar | List | Mapping) or all(
        isinstance(problem, Problem) for problem in read
    )


@pytest.mark.parametrize(
    "written",
    [
        "check: a <= X\n",
        "check: 'a <= X'\n",
        'check: "a <= X"\n',
        "check: 'b = ''y'' AND a <= X'\n",
        'check: "b = \\"y\\" AND a <= X"\n',
        "check: |\n  b > 0\n    AND a <= X\n",
        "check: |\n\n  a <= X\n",
        "- check: |\n    b > 0\n    AND a <= X\n  says: b\n",
        "- check: |-\n    a <= X",
        "check: >\n  b > 0\n  AND a <= X\n",
        "check: >-\n  b > 0 AND\n  c > 0 AND\n  a <= X\n",
        "check: b > 0\n  AND a <= X\n",
        "check: 'b > 0\n  AND a <= X'\n",
        "- {check: a <= X, b: 1}\n",
    ],
)
def test_place_inside__finds_the_point_again(written: str) -> None:
    root = node(written)
    if isinstance(root, List):
        root = root.items[0]
    assert isinstance(root, Mapping)
    scalar = root.items["check"]
    assert isinstance(scalar, Scalar)
    assert isinstance(scalar.value, str)
    before = scalar.value[: scalar.value.index("X")]

    place = place_inside(
        scalar, before.count("\n") + 1, len(before.split("\n")[-1]) + 1
    )

    lines = written.split("\n")
    assert lines[place.line - 1][place.column - 1] == "X"


def test_place_inside__beyond_the_text_is_its_beginning() -> None:
    root = node("check: a\n")
    assert isinstance(root, Mapping)
    scalar = root.items["check"]
    assert isinstance(scalar, Scalar)

    assert place_inside(scalar, 9, 99) == scalar.place
    assert place_inside(Scalar(1, scalar.place), 1, 1) == scalar.place
