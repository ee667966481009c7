"""Every state of a key has words of its own."""

from __future__ import annotations

from desktop.app.handover.keeping.key_words import state_in_words
from desktop.core.catalogue import CATALOGUE
from desktop.core.words import Words
from desktop.exchange.keys_known import Past
from desktop.exchange.keys_known import Trust


def test_state__each_is_said_differently() -> None:
    say = Words(CATALOGUE)
    states = (None, *Trust, *Past)
    assert len({state_in_words(state, say) for state in states}) == len(states)
