"""What the audit says besides the packs' own sentences."""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {
    "rules.broken": (
        "Rule {rule} could not run, so nothing was checked by it: {check}. "
        "Your figures are untouched; tell whoever made the pack."
    ),
}
