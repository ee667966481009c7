"""Who sits at the program, and what the outside world lends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Who works, by which clock, and where new identities come from."""

    who: str
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
