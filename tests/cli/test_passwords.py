from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from desktop.app.handover.keeping.signing import make_key
from desktop.cli.desk import CannotRunError
from desktop.cli.options import command
from desktop.cli.parser import Parser
from desktop.cli.parser import read
from desktop.cli.passwords import KEY_VARIABLE
from desktop.cli.passwords import VARIABLE
from desktop.cli.passwords import add_key_password
from desktop.cli.passwords import add_password
from desktop.cli.passwords import given_password
from desktop.cli.passwords import key_password_of
from desktop.cli.passwords import password_of
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.exchange.sealing import LEAST_COST
from tests.cli.desks import make_desk
from tests.small import make_ledger
from tests.small import opened

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from pathlib import Path

PHRASE = "长夏 2026 上报"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def options(file: Path | None = None, key: Path | None = None) -> Namespace:
    words = [
        *(("--password-file", str(file)) if file else ()),
        *(("--key-password-file", str(key)) if key else ()),
    ]
    top = Parser(say=Words(CATALOGUE), prog="x")
    commands = top.add_subparsers(dest="command")
    one = command(commands, "one", Words(CATALOGUE), "does")
    add_password(one)
    add_key_password(one)
    return read(top, ["one", *words])


def saying(*answers: str) -> Callable[[str], str]:
    left = list(answers)
    return lambda _: left.pop(0)


def refused(found: Callable[[], object]) -> str:
    with pytest.raises(CannotRunError) as raised:
        found()
    return raised.value.message.code


def test_password_of__the_file_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "word.txt"
    file.write_text(f"\ufeff{PHRASE}\r\n", "utf-8")
    monkeypatch.setenv(VARIABLE, "another")
    desk = make_desk(tmp_path, ask=saying("a third"))
    assert password_of(desk, options(file)) == PHRASE
    assert password_of(desk, options()) == "another"
    monkeypatch.delenv(VARIABLE)
    assert given_password(options()) is None
    assert password_of(desk, options()) == "a third"


def test_password_of__a_new_one_is_typed_twice(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ask=saying(PHRASE, PHRASE, PHRASE, "a slip"))
    assert password_of(desk, options(), again=True) == PHRASE
    code = refused(lambda: password_of(desk, options(), again=True))
    assert code == "seal.passwords_differ"


def test_password_of__a_weak_one_is_hinted_at(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ask=saying("123", "123"))
    assert password_of(desk, options(), again=True) == "123"
    assert isinstance(desk.err, io.StringIO)
    assert desk.err.getvalue().startswith("Short")


def test_password_of__nobody_to_ask_and_nothing_said(tmp_path: Path) -> None:
    nobody, silent = make_desk(tmp_path), make_desk(tmp_path, ask=saying(""))
    assert refused(lambda: password_of(nobody, options())) == "seal.nobody_asked"
    assert refused(lambda: password_of(silent, options())) == "seal.no_password"


def test_password_of__a_file_that_cannot_be_read(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    gone = options(tmp_path / "gone")
    assert refused(lambda: password_of(desk, gone)) == "seal.password_file"
    odd = tmp_path / "odd"
    odd.write_bytes(b"\xff\xfe\xff")
    assert refused(lambda: given_password(options(odd))) == "seal.password_file"
    (tmp_path / "empty").write_text("\n", "utf-8")
    assert given_password(options(tmp_path / "empty")) is None


def test_key_password_of__only_a_locked_key_asks_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path, ask=saying("typed"))
    with opened(make_ledger(tmp_path)) as ledger:
        assert key_password_of(desk, options(), ledger) is None
        make_key(ledger)
        assert key_password_of(desk, options(), ledger) is None
        make_key(ledger, PHRASE, LEAST_COST)
        assert key_password_of(desk, options(), ledger) == "typed"
        monkeypatch.setenv(KEY_VARIABLE, "set")
        assert key_password_of(desk, options(), ledger) == "set"
        file = tmp_path / "word.txt"
        file.write_text(PHRASE, "utf-8")
        assert key_password_of(desk, options(key=file), ledger) == PHRASE
