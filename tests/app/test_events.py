from __future__ import annotations

from typing import get_args

from desktop.app.events import Event
from desktop.app.events import Saved
from desktop.core.messages import message


def test_events__are_values() -> None:
    assert Saved(1, message("app.explain")) == Saved(1, message("app.explain"))
    assert Saved in get_args(Event)
