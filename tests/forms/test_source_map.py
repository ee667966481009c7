from __future__ import annotations

import pytest

from desktop.forms.problems import NOWHERE
from desktop.forms.problems import Place
from desktop.forms.source_map import Path
from desktop.forms.source_map import SourceMap
from desktop.forms.source_map import spelt
from desktop.forms.yaml_text import read_yaml

TEXT = b"""\
rules:
  - id: a
    check: x > 1
"""


@pytest.fixture
def places() -> SourceMap:
    root = read_yaml(TEXT, "a.yaml")
    assert not isinstance(root, tuple)
    return SourceMap(root)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("rules",), 2, 3),
        (("rules", 0), 2, 5),
        (("rules", 0, "check"), 3, 12),
        (("rules", 0, "says"), 2, 5),
        (("rules", 7, "says"), 2, 3),
        (("rules", "x"), 2, 3),
        (("rules", 0, "check", "deeper"), 3, 12),
    ],
)
def test_place__nearest_part_there_is(
    places: SourceMap, path: Path, line: int, column: int
) -> None:
    assert places.place(path) == Place("a.yaml", line, column)


def test_place_inside__ok(places: SourceMap) -> None:
    inside = places.place_inside(("rules", 0, "check"), 1, 5)

    assert inside == Place("a.yaml", 3, 16)
    assert places.place_inside(("rules", 0), 1, 5) == Place("a.yaml", 2, 5)


def test_place__of_a_pack_without_files() -> None:
    assert SourceMap().place(("rules", 0)) == NOWHERE
    assert SourceMap().place_inside(("rules", 0), 1, 1) == NOWHERE


def test_spelt__ok() -> None:
    assert spelt(("rules", 3, "check")) == "rules[3].check"
    assert spelt(()) == ""
