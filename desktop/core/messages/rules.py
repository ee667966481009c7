"""What the audit says besides the packs' own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "rules.broken": (
        "Rule {rule} could not run, so nothing was checked by it: {check}. "
        "Your figures are untouched; tell whoever made the pack."
    ),
}
