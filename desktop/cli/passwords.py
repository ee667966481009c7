"""Passwords on the command line: from a file, the environment, or the person."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from desktop.app.handover.keeping.sealing import strength
from desktop.app.handover.keeping.signing import own_key
from desktop.cli.desk import CannotRunError
from desktop.cli.options import add
from desktop.core.messages import message
from desktop.exchange.keys import KeptKey

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.cli.desk import Desk
    from desktop.cli.parser import Parser
    from desktop.store.reader import Reader

VARIABLE: Final = "TAIZHANG_PASSWORD"
KEY_VARIABLE: Final = "TAIZHANG_KEY_PASSWORD"


def add_password(to: Parser) -> None:
    """Let a password be read from a file."""
    text = to.say("a file with the password; else TAIZHANG_PASSWORD, or it is asked")
    add(to, "--password-file", "FILE", text)


def add_key_password(to: Parser) -> None:
    """Let the password of the ledger's key be read from a file."""
    text = to.say("the same for the ledger's key; else TAIZHANG_KEY_PASSWORD")
    add(to, "--key-password-file", "FILE", text)


def given_password(options: Namespace) -> str | None:
    """Give the password that was handed over; None where somebody may be asked.

    Raises:
        CannotRunError: The file that was named cannot be read.
    """
    return _given(options.password_file, VARIABLE)


def _given(name: str | None, variable: str) -> str | None:
    if name is None:
        return os.environ.get(variable) or None
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise CannotRunError(message("seal.password_file", file=name)) from error
    # Editors end a file with a line break; nobody means it as part of the password.
    return text.rstrip("\r\n") or None


def password_of(
    desk: Desk, options: Namespace, *, again: bool = False, asking: str = ""
) -> str:
    """Give the password, asking for it if need be, and twice if it is a new one.

    `asking` says which password is meant, where there may be several.

    Raises:
        CannotRunError: There is none, or nobody can be asked.
    """
    given = given_password(options)
    if given is None:
        given = _asked(desk, asking or desk.say("Password: "))
        if again and given != _asked(desk, desk.say("The same once more: ")):
            raise CannotRunError(message("seal.passwords_differ"))
    hint = strength(given) if again else None
    if hint is not None:
        desk.complain(hint)
    return given


def key_password_of(desk: Desk, options: Namespace, ledger: Reader) -> str | None:
    """Give the password of a ledger's key; None where it asks for none.

    Raises:
        CannotRunError: It asks for one, and nobody gives it.
        StoreError: The ledger cannot be read.
    """
    key = own_key(ledger)
    if not isinstance(key, KeptKey) or not key.locked:
        return None
    given = _given(options.key_password_file, KEY_VARIABLE)
    text = desk.say("Password of the ledger's key: ")
    return given or _asked(desk, text, "keys.nobody_asked")


def _asked(desk: Desk, text: str, nobody: str = "seal.nobody_asked") -> str:
    if desk.ask is None:
        raise CannotRunError(message(nobody))
    password = desk.ask(text)
    if not password:
        raise CannotRunError(message("seal.no_password"))
    return password
