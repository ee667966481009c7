"""The names a ledger file uses for what every form's table carries besides its fields.

A form's table is named like the form and a column like the field, so that any SQLite
tool can read a ledger; whatever begins with `_` is ours. `desktop.expr` writes SQL over
these names and `desktop.store` creates them; this is the one place that knows them.
"""

from __future__ import annotations

from typing import Final

RECORD: Final = "_id"
"""Integer primary key of a record."""
UNIT: Final = "_unit"
"""Code of the unit a record belongs to."""
PERIOD: Final = "_period"
FACILITY: Final = "_facility"
"""Identity over all periods: a facility's id, or the unit's code in a unit form."""
STATES: Final = "_states"
"""JSON text of the cells that are 不适用 or 不详: `{"beds_total":"unknown"}`."""

UNITS: Final = "_units"
"""Table of units: `code, name, parent, level, class, virtual`."""
UNIT_TREE: Final = "_unit_tree"
"""Every pair `(ancestor, descendant)`, a unit being its own ancestor."""
NIL: Final = "_nil"
"""Table of nil returns (零报告): `form, period, unit`."""
