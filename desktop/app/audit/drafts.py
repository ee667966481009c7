"""Explanations begun and not saved; they outlive the boxes they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeAlias

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from desktop.core.findings import RecordId


@frozen
class Topic:
    """What a reason is about."""

    form: str
    record: RecordId
    rule: str


@frozen
class Draft:
    """A reason begun over what was written before, and where typing goes on."""

    before: str
    text: str
    place: int
    focused: bool


Drafts: TypeAlias = dict[Topic, Draft]
"""One for a window: whichever view shows a finding goes on with its draft."""
