from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.cli.options import add
from desktop.cli.options import add_json
from desktop.cli.options import add_ledger
from desktop.cli.options import add_pack
from desktop.cli.options import add_period
from desktop.cli.options import add_scale
from desktop.cli.options import command
from desktop.cli.parser import BadUsageError
from desktop.cli.parser import Parser
from desktop.cli.parser import read
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words

if TYPE_CHECKING:
    from argparse import Namespace


def understood(*given: str) -> Namespace:
    say = Words(CATALOGUE)
    top = Parser(prog="taizhang", say=say)
    commands = top.add_subparsers(dest="command", required=True)
    made = command(commands, "weigh", say, "weigh a ledger")
    for ask in (add_ledger, add_pack, add_period, add_scale, add_json):
        ask(made)
    add(made, "--on", "SCALES", "the scales", needed=True)
    return read(top, given)


def test_options__what_is_given_and_what_is_not() -> None:
    found = understood("weigh", "a.taizhang", "liaoning", "--on", "floor", "--json")
    assert (Path(found.ledger), found.pack) == (Path("a.taizhang"), "liaoning")
    assert (found.on, found.json) == ("floor", True)
    assert (found.period, found.scale, found.digits) == (None, None, None)


@pytest.mark.parametrize(
    "given", [["a.taizhang", "liaoning"], ["a.taizhang", "--on", "floor"]]
)
def test_options__what_is_needed_is_asked_for(given: list[str]) -> None:
    with pytest.raises(BadUsageError):
        understood("weigh", *given)
