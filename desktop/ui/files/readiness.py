"""What stands in the way of handing a period in, said before it is written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.app.audit.form_states import Progressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.app.audit.form_states import FormState
    from desktop.core.words import Words


def readiness(say: Words, states: Sequence[FormState]) -> str:
    """Say what is still open; a period nobody has begun is not called clean."""
    if not any(state.begun for state in states):
        return say(
            "Nothing has been filled in yet: the files would be blank forms, to be "
            "printed and filled in by hand."
        )
    if not all(state.audited for state in states):
        return say("Checking the figures against the rules…")
    empty = [state for state in states if state.progressed is Progressed.EMPTY]
    said = [_open(say, states)]
    if empty:
        said.append(say("{count} forms have not been begun.", count=len(empty)))
    return "\n".join(said)


def _open(say: Words, states: Sequence[FormState]) -> str:
    errors = sum(state.errors for state in states)
    warnings = sum(state.unexplained for state in states)
    if errors or warnings:
        return say(
            "{errors} errors and {warnings} points to explain are still open. "
            "You can export all the same; the files list them.",
            errors=errors,
            warnings=warnings,
        )
    return say("The audit has found nothing: ready to hand in.")
