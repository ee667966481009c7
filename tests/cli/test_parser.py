from __future__ import annotations

import pytest

from desktop.cli.parser import BadUsageError
from desktop.cli.parser import HelpWantedError
from desktop.cli.parser import Parser
from desktop.cli.parser import read
from desktop.cli.parser import said_of
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words


def parser() -> Parser:
    top = Parser(say=Words(CATALOGUE), prog="box")
    top.arguments.add_argument("file", metavar="FILE")
    top.options.add_argument("--name")
    top.options.add_argument("--json", action="store_true")
    actions = top.add_subparsers(dest="action", required=False, metavar="ACTION")
    actions.add_parser("open", say=top.say)
    return top


def test_read__ok() -> None:
    options = read(parser(), ["a.txt", "--name", "x", "open"])
    assert (options.file, options.name, options.action) == ("a.txt", "x", "open")


@pytest.mark.parametrize(
    ("given", "code", "what"),
    [
        ([], "cli.usage-missing", "FILE"),
        (["a", "open", "--nmae", "b"], "cli.usage-unknown", "--nmae b"),
        (["a", "--name"], "cli.usage-no-value", "--name"),
        (["a", "--json=1"], "cli.usage-no-need", "--json"),
        (["a", "close"], "cli.usage-choice", "'close'"),
    ],
)
def test_read__error(given: list[str], code: str, what: str) -> None:
    with pytest.raises(BadUsageError) as raised:
        read(parser(), given)
    said = raised.value.message
    assert said.code == code
    assert dict(said.params)["what"] == what
    assert str(dict(said.params)["usage"]).startswith("Usage: box")


def test_said_of__error_that_nobody_foresaw_is_told_as_it_is() -> None:
    said = said_of("something new", "Usage: box")
    assert said.code == "cli.bad-usage"
    assert dict(said.params)["detail"] == "something new"


def test_read__help_is_handed_over_and_ends_nothing() -> None:
    with pytest.raises(HelpWantedError, match=r"(?s)^Usage: box.*show this help"):
        read(parser(), ["--help"])
