from __future__ import annotations

import pytest

from desktop.cli.parser import BadUsageError
from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words


def test_understand_return__everything_several_times() -> None:
    words = ["return", "l", "--cell", "a/b/c=x", "--cell", "d/e/f=y", "--agree", "s.1"]

    options = read(understood(Words(CATALOGUE)), words)

    assert options.cell == ["a/b/c=x", "d/e/f=y"]
    assert (options.agree, options.answer, options.take) == (["s.1"], [], [])
    assert (options.due, options.out, options.json) == (None, None, False)


def test_understand_receipt__one_package_at_most() -> None:
    options = read(understood(Words(CATALOGUE)), ["receipt", "l", "p", "--accept"])
    assert (options.package, options.accept, options.all) == ("p", True, False)
    with pytest.raises(BadUsageError):
        read(understood(Words(CATALOGUE)), ["receipt", "l", "p", "q"])
