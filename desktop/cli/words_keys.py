"""Which words the command line understands about keys, seals and successors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.options import add
from desktop.cli.options import add_json
from desktop.cli.options import add_ledger
from desktop.cli.options import add_switch
from desktop.cli.options import command
from desktop.cli.passwords import add_key_password
from desktop.cli.passwords import add_password

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop.cli.parser import Parser
    from desktop.core.words import Words


def understand_keys(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang keys`."""
    keys = command(commands, "keys", say, say("keys that sign what is handed in"))
    add_ledger(keys)
    add_switch(keys, "--make", say("make a key for this ledger"))
    add_switch(keys, "--anew", say("make another key in place of the one there"))
    add_switch(keys, "--lock", say("put the key under a password"))
    add_switch(keys, "--unlock", say("take the password off the key"))
    pairs = (
        ("--check", "UNIT=FINGERPRINT", say("the key was compared with the unit")),
        ("--replace", "UNIT=FINGERPRINT", say("the unit has another key now")),
        ("--revoke", "UNIT", say("believe the unit's key no longer")),
    )
    for name, shape, text in pairs:
        keys.options.add_argument(
            name, action="append", default=[], metavar=shape, help=text
        )
    add_password(keys)
    add_json(keys)


def understand_handing(commands: _SubParsersAction[Parser], say: Words) -> None:
    """Understand `taizhang handover`, `archive`, `unpack` and `unseal`."""
    for name, does in (
        ("handover", say("hand a ledger over to a successor")),
        ("archive", say("put a ledger away for keeping")),
    ):
        made = command(commands, name, say, does)
        add_ledger(made)
        made.arguments.add_argument(
            "out", metavar="FOLDER", help=say("folder for the package")
        )
        if name == "handover":
            add(made, "--to", "NAME", say("who takes the ledger over"), needed=True)
        add(made, "--note", "TEXT", say("a word to whoever opens it"))
        add_switch(made, "--seal", say("seal it with a password"))
        add_password(made)
        add_key_password(made)
        add_json(made)
    unpack = command(commands, "unpack", say, say("open such a package"))
    unpack.arguments.add_argument(
        "file", metavar="FILE", help=say("a package for a successor or the archive")
    )
    unpack.arguments.add_argument(
        "ledger",
        nargs="?",
        metavar="LEDGER",
        help=say("where its ledger is put; without it, it is only looked at"),
    )
    add_password(unpack)
    add_json(unpack)
    unseal = command(
        commands, "unseal", say, say("write the readable copy of a sealed file")
    )
    unseal.arguments.add_argument(
        "files", nargs="+", metavar="FILE", help=say("files that are sealed (.tzx)")
    )
    add(unseal, "--to", "FOLDER", say("where to; without it beside the sealed file"))
    add_password(unseal)
    add_json(unseal)
