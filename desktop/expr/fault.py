"""What is wrong with an expression, as a value that points into its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.core.messages import Message


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an expression cannot be used; line and column count from 1 in its text."""

    message: Message
    line: int
    column: int


class Refusal(Exception):  # noqa: N818 - it carries a value, it reports no bug
    """A fault on its way out of the reader; it never leaves `parse`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message.code)
        self.fault = fault
