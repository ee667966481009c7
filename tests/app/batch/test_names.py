from __future__ import annotations

import pytest

from desktop.app.batch.names import DEFAULT
from desktop.app.batch.names import LONGEST_BYTES
from desktop.app.batch.names import Naming
from desktop.app.batch.names import Pattern
from desktop.app.batch.names import clashes
from desktop.app.batch.names import pattern_of
from desktop.core.messages import Message

STREET = Naming("华阳路街道", "310105001", "2025年", "小制度", "养老机构调查表")


def name(text: str, naming: Naming = STREET) -> str:
    pattern = pattern_of(text)
    assert isinstance(pattern, Pattern), pattern
    return pattern.name(naming)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (DEFAULT, "310105001-华阳路街道-2025年-小制度"),
        ("{code}-{unit}-{period}-{pack}", "310105001-华阳路街道-2025年-小制度"),
        (" {unit}（{ form }） ", "华阳路街道（养老机构调查表）"),
        ("{单位}.", "华阳路街道"),
    ],
)
def test_pattern__names_a_file(text: str, made: str) -> None:
    assert name(text) == made


@pytest.mark.parametrize(
    ("text", "code", "param"),
    [
        ("  ", "batch.pattern.empty", None),
        ("{unit", "batch.pattern.brace", None),
        ("{{unit}}", "batch.pattern.brace", None),
        ("{unit}-{县}", "batch.pattern.word", "{县}"),
        ("{unit}/{code}", "batch.pattern.character", "/"),
        ("{unit}:1", "batch.pattern.character", ":"),
        ("{period}", "batch.pattern.unit", None),
    ],
)
def test_pattern__refused(text: str, code: str, param: str | None) -> None:
    said = pattern_of(text)
    assert isinstance(said, Message)
    assert said.code == code
    assert param is None or param in dict(said.params).values()


@pytest.mark.parametrize(("text", "by_form"), [("{unit}{表}", True), ("{unit}", False)])
def test_pattern__a_file_for_each_form(text: str, by_form: bool) -> None:
    pattern = pattern_of(text)
    assert isinstance(pattern, Pattern)
    assert pattern.by_form is by_form


def test_name__any_disk_takes_it() -> None:
    odd = Naming("甲/乙:丙\n镇 ", "1", "2025年", "")
    assert name("{unit}", odd) == "甲乙丙镇"
    for taken in ("con", "COM1", "nul.x"):
        assert name("{unit}", Naming(taken, "1", "", "")) == f"_{taken}"
    assert name("{unit}", Naming("?", "1", "", "")) == "_"
    long = name("{unit}", Naming("县" * 100, "1", "", ""))
    assert len(long.encode()) <= LONGEST_BYTES
    assert set(long) == {"县"}


def test_clashes__also_where_only_large_and_small_letters_differ() -> None:
    names = [("a街", "甲"), ("A街", "乙"), ("b街", "丙")]
    [said] = clashes(names)
    assert dict(said.params) == {"name": "a街", "units": "甲、乙"}
    assert clashes(names[1:]) == ()
