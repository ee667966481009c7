"""Who sits at the program, and what the outside world lends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@frozen
class Person:
    """Who works, by which clock, and where new identities come from."""

    who: str
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
