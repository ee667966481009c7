"""Packs come from strangers: whatever stands in one, reading it gives an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from desktop.forms.lint import lint_pack
from desktop.forms.load import load_pack
from desktop.forms.load import pack_from_json
from desktop.forms.model import Pack
from desktop.forms.problems import Problem
from desktop.forms.written import pack_to_json
from tests.forms.conftest import Packs

EVIL: tuple[Any, ...] = (
    "../../etc/passwd",
    "1e99999999",
    "9**9**9",
    "{x.__class__.__mro__}",
    "'; DROP TABLE eci; --",
    "(((((" * 200,
    "a" * 5000,
    "\x00",
    "select",
    "beds_total",
    "SUM(eci.beds_total)",
    "",
    -1,
    10**30,
    1.5,
    True,
    None,
    [],
    {},
    [[]],
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> str:
    pack = load_pack(Packs(tmp_path_factory.mktemp("packs")).root, "demo")
    assert isinstance(pack, Pack), pack
    return pack_to_json(pack)


def spots(node: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - JSON data
    """Give every container with each of its keys."""
    if isinstance(node, dict):
        keys: list[Any] = list(node)
    elif isinstance(node, list):
        keys = list(range(len(node)))
    else:
        return []
    inner = [spot for key in keys for spot in spots(node[key])]
    return [*((node, key) for key in keys), *inner]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_pack_from_json__always_answers(sound: str, data: st.DataObject) -> None:
    pack = json.loads(sound)
    container, key = data.draw(st.sampled_from(spots(pack)), label="spot")
    container[key] = data.draw(st.sampled_from(EVIL), label="evil")

    read = pack_from_json(json.dumps(pack))

    problems = lint_pack(read) if isinstance(read, Pack) else read
    assert all(isinstance(problem, Problem) for problem in problems)


@given(st.text(max_size=200))
def test_pack_from_json__noise_is_refused(text: str) -> None:
    assert isinstance(pack_from_json(text), tuple)
