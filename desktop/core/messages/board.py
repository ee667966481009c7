"""What the board of who has handed in has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # Titles of actions.
    "board.action.ask": "{unit} is to hand in",
    "board.action.excuse": "{unit} need not hand in",
    "board.action.usual": "{unit} hands in as usual",
    "board.action.grace": "{unit} may hand in late",
    "board.action.no_grace": "{unit} may no longer hand in late",
    "board.action.instead": "Mark what was handed in for {unit} as made by others",
    "board.action.not_instead": "Mark what was handed in for {unit} as its own",
    "board.action.form": "{form} is asked for again",
    "board.action.no_form": "{form} is not asked of the units below",
    "board.action.lock": "Lock the period",
    "board.action.unlock": "Unlock the period",
    # Why not.
    "board.damaged_fact": "What was recorded as {name} cannot be read; it counts as "
    "not recorded. Please record it again.",
    "board.locked": "{unit} is late: the last day was {deadline}, and the period is "
    "locked. Nothing was received and the file is as it was. To receive it, first "
    "record an exception with its reason, on the page 上报率 or with taizhang board "
    "--grace.",
    "board.lock_early": "The last day, {day}, is not over yet. Lock the period "
    "afterwards; until then everything is on time.",
    "board.no_deadline": "No deadline is set for this period, so there is nothing to "
    "lock. Set the last day first.",
    "board.reason_wanted": "Please give the reason: it is recorded with your name and "
    "others will read it. Nothing was recorded.",
    "board.unknown_unit": "This ledger has no unit {unit}.",
    "board.unknown_form": "The units below hand in no form {form}.",
    "board.unknown_day": "{text} is no day. Write it like 2026-01-15.",
    "board.lock_and_unlock": "--lock and --unlock were given together. Nothing was "
    "recorded; please give one of them.",
    # Progress.
    "board.reading": "Looking into what was handed in",
}
