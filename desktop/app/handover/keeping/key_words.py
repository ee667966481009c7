"""How far a key is trusted, in a person's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.exchange.keys_known import Past
from desktop.exchange.keys_known import Trust

if TYPE_CHECKING:
    from desktop.core.words import Words


def state_in_words(state: Trust | Past | None, say: Words) -> str:
    """Say how far a key is trusted."""
    match state:
        case None:
            return say("no key seen yet")
        case Trust.SEEN:
            return say("not compared yet")
        case Trust.CHECKED:
            return say("compared")
        case Past.REPLACED:
            return say("replaced")
        case _:
            return say("revoked")
