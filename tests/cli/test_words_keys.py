from __future__ import annotations

import pytest

from desktop.cli.parser import BadUsageError
from desktop.cli.parser import read
from desktop.cli.words import understood
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words


def test_keys__several_units_at_once() -> None:
    words = ["keys", "a.taizhang", "--check", "1=X", "--check", "2=Y", "--revoke", "3"]
    found = read(understood(Words(CATALOGUE)), words)
    assert (found.check, found.replace, found.revoke) == (["1=X", "2=Y"], [], ["3"])


def test_handover__asks_who_takes_it_and_an_archive_does_not() -> None:
    with pytest.raises(BadUsageError):
        read(understood(Words(CATALOGUE)), ["handover", "a.taizhang", "out"])
    found = read(understood(Words(CATALOGUE)), ["archive", "a.taizhang", "out"])
    assert (found.ledger, found.out, found.seal) == ("a.taizhang", "out", False)


def test_unseal__several_files_and_a_folder() -> None:
    words = ["unseal", "a.xlsx.tzx", "b.xlsx.tzx", "--to", "out"]
    found = read(understood(Words(CATALOGUE)), words)
    assert (found.files, found.to) == (["a.xlsx.tzx", "b.xlsx.tzx"], "out")


def test_unpack__with_and_without_a_place() -> None:
    assert read(understood(Words(CATALOGUE)), ["unpack", "a.zip"]).ledger is None
    words = ["unpack", "a.zip", "b.taizhang"]
    assert read(understood(Words(CATALOGUE)), words).ledger == "b.taizhang"
