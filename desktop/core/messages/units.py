"""What is said of units: why one cannot be renamed, merged or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "units.unknown": "There is no unit {code} in this ledger. Nothing was changed.",
    "units.there": "The code already belongs to {name}. Nothing was changed.",
    "units.bad_code": (
        "{code} is no code of a unit: it has 2, 4, 6, 9 or 12 digits. "
        "Nothing was changed."
    ),
    "units.bad_name": (
        "A unit's name has 1 to {limit} characters and no blanks. Nothing was changed."
    ),
    "units.twin": (
        "There is a unit named {name} in the same place already. Nothing was changed."
    ),
    "units.circle": (
        "{name} cannot be put there: it is the topmost unit, or the other one belongs "
        "to it. Nothing was changed."
    ),
    "units.same_parent": "{name} belongs there already. Nothing was changed.",
    "units.ended": (
        "{name} exists only until {period}; it cannot end twice. Nothing was changed."
    ),
    "units.nowhere": (
        "It is not clear which unit {code} belongs to: give the code of the unit "
        "above. Nothing was made of this row."
    ),
    "units.no_list": (
        "{file} has no table with the columns code and name. Nothing was changed."
    ),
    "units.action.add": "Add the unit {name}",
    "units.action.rename": "Rename {before} to {name}",
    "units.action.transfer": "Move {name} to {parent}",
    "units.action.merge": "Merge {names} into {name}",
    "units.action.describe": "Change what is noted of {name}",
    "units.action.list": "Take over a list of units",
}
