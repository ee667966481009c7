"""How a scan deep inside a file ends it: with the message a person will read.

The exception stays inside this package; its public functions return the message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.messages import Message
from desktop.core.messages import message

if TYPE_CHECKING:
    from desktop.core.messages import Param


class RefusedError(Exception):
    """The file is refused."""

    def __init__(self, code: str, **params: Param) -> None:
        """Take the code of the catalogue without its package, and the values."""
        super().__init__(code)
        self.code = f"intake.{code}"
        self.params = params

    def about(self, **known: Param) -> Message:
        """Give the message, with what only the caller knows (file, part)."""
        return message(self.code, **{**known, **self.params})
