"""What use cases say: names of actions and of long work."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "app.auditing": "Checking the figures against the rules…",
    "app.computing": "Computing the indicators…",
    "app.rolling": "Adding the units up…",
    "app.reading": "Reading the ledger…",
    "app.writing-xlsx": "Writing the workbook…",
    "app.writing-pdf": "Writing the PDF…",
    "app.pack-unread": "The file cannot be read: {detail}.",
    "app.backup": "Automatic backup",
    "app.edit": "Change {field}",
    "app.edit-block": "Change {count} cells",
    "app.add": "Add a record to {form}",
    "app.remove": "Remove {count} records from {form}",
    "app.explain": "Explain a finding",
    "app.choose": "Choose: {title}",
    "app.nil": "Nil return for {form}",
    "app.nil-undone": "Withdraw the nil return for {form}",
    "app.unknown-form": "There is no form {form}; this ledger has: {known}.",
    "app.which-sheet": (
        "{file} has several sheets ({sheets}); say which one to import. "
        "Nothing was changed."
    ),
    "app.no-form-here": "This ledger has no form {form}.",
    "app.no-field-here": "The form {form} of this ledger has no field {field}.",
    "app.no-choice-here": (
        "The field {field} of the form {form} in this ledger has no choice {choice}."
    ),
    "app.no-such-head": "No column is headed {head}; there are: {heads}.",
    "app.no-such-field": "{form} has no field {field}.",
    "app.no-such-sheet": "There is no sheet {sheet}; the file has: {sheets}.",
    "app.upgrade.copying": "Trying it out on a copy",
    "app.upgrade.words": (
        "Earlier periods keep the words {words}. Figures that add several "
        "periods up count, under the new words, only the periods from here on. "
        "Upgrade from the first period on to have them counted throughout."
    ),
}
