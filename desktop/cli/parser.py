"""argparse in the reader's language, and with errors as values instead of an exit."""

from __future__ import annotations

import re
from argparse import Action
from argparse import ArgumentParser
from argparse import HelpFormatter
from functools import partial
from typing import TYPE_CHECKING
from typing import Final
from typing import NoReturn

from desktop.core.messages import message

if TYPE_CHECKING:
    from argparse import Namespace
    from argparse import _MutuallyExclusiveGroup
    from collections.abc import Iterable
    from collections.abc import Sequence

    from desktop.core.messages import Message
    from desktop.core.words import Words

_SENTENCES: Final = (
    (r"the following arguments are required: (?P<what>.*)", "cli.usage-missing"),
    (r"unrecognized arguments: (?P<what>.*)", "cli.usage-unknown"),
    (r"argument (?P<what>.*): expected one argument", "cli.usage-no-value"),
    (r"argument (?P<what>.*): expected at least one argument", "cli.usage-no-value"),
    (r"argument (?P<what>.*): ignored explicit argument .*", "cli.usage-no-need"),
    (r"argument .*: invalid choice: (?P<what>.*) \(choose from .*", "cli.usage-choice"),
)
"""What argparse says in English, and the message that says it in any language."""


class BadUsageError(Exception):
    """The words of a command line are not understood."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.code)
        self.message = said


class HelpWantedError(Exception):
    """The person asked for help: the text is what to show."""


class _Help(Action):
    """Hands the help to whoever called, who knows where it is to be written."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: object,
        option_string: str | None = None,
    ) -> NoReturn:
        del namespace, values, option_string
        raise HelpWantedError(parser.format_help().rstrip())


class _Formatter(HelpFormatter):
    """Begins the usage with a word of the reader's language."""

    def __init__(self, prog: str, *, heading: str) -> None:
        super().__init__(prog, max_help_position=28)
        self._heading = heading

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Action],
        groups: Iterable[_MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add the usage; what argparse asks for without a heading gets none."""
        heading = self._heading if prefix is None else prefix
        super().add_usage(usage, actions, groups, heading)


class Parser(ArgumentParser):
    """A parser whose own words are translated and that never ends the process."""

    def __init__(
        self,
        *,
        say: Words,
        prog: str | None = None,
        description: str | None = None,
        epilog: str | None = None,
    ) -> None:
        """Take the words; `arguments` and `options` are the groups to add to."""
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=partial(_Formatter, heading=say("Usage: ")),
        )
        self.say = say
        self.arguments = self.add_argument_group(say("arguments"))
        self.options = self.add_argument_group(say("options"))
        self.options.add_argument(
            "-h", "--help", action=_Help, nargs=0, help=say("show this help")
        )

    def error(self, message: str) -> NoReturn:
        """Report words that are not understood."""
        raise BadUsageError(said_of(message, self.format_usage().strip()))


def said_of(english: str, usage: str) -> Message:
    """Put a complaint of argparse into a message."""
    for pattern, code in _SENTENCES:
        found = re.fullmatch(pattern, english, re.DOTALL)
        if found is not None:
            return message(code, what=found["what"], usage=usage)
    return message("cli.bad-usage", detail=english, usage=usage)


def read(parser: Parser, given: Sequence[str]) -> Namespace:
    """Read a command line.

    Raises:
        BadUsageError: It is not understood.
        HelpWantedError: It asks for help.
    """
    return parser.parse_args(given)
