"""What is said of 分发采集表: workbooks that facilities fill in and send back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "collection.unit": (
        "This ledger has no unit “{unit}” in the period. Nothing was written. Choose "
        "one of the ledger's units."
    ),
    "collection.nobody": (
        "No facility of {form} is known yet, so there is nobody to make a file for. "
        "Nothing was written. Make one file with empty rows instead."
    ),
    "collection.making": "Writing the collection workbooks…",
    "collection.rows": (
        "“{text}” is no count of empty rows. Nothing was written. Give a whole number "
        "up to {most}."
    ),
    # What came back.
    "collection.reading": "Reading the files that came back…",
    "collection.planning": "Looking through the files that came back…",
    "collection.trying": "Asking the audit, on a copy…",
    "collection.annotating": "Writing the annotated copies…",
    "collection.not_ours": (
        "{file} is no collection workbook of this program. Nothing was taken in and "
        "the file was not changed. Use “Import a table” for other files."
    ),
    "collection.newer": (
        "{file} was made by a newer version of this program. Nothing was taken in and "
        "the file was not changed. Read it there, or make the workbook anew here."
    ),
    "collection.other_pack": (
        "{file} was made for another reporting system ({theirs}; this ledger has "
        "{ours}). Nothing was taken in. Open the ledger it belongs to."
    ),
    "collection.other_period": (
        "{file} is about {theirs}, and this ledger shows {ours}. Nothing was taken in. "
        "Turn to that period and read it again."
    ),
    "collection.no_sheet": (
        "{file} has no sheet “{sheet}” any more. Nothing was taken in. Give the sheet "
        "its name back, or ask for the file once more."
    ),
    "collection.no_record": (
        "The row looks like a line of totals or a note and is left aside. If it is a "
        "facility, give it another name."
    ),
    "collection.no_unit": "The unit is not filled in.",
    "collection.other_name": (
        "The row was sent for “{name}”, but name or code are those of another one. If "
        "the name has changed, change it in the ledger first."
    ),
    "collection.in_both": "The same one is in {file}, too; that file is taken.",
    "collection.finding": "The audit says: {text}",
    "collection.action": "Took in collection workbooks: {count} rows of {files} files",
    # Annotated copies.
    "collection.changed_since": (
        "{file} has changed since it was read. No copy was written. Read it again."
    ),
    "collection.not_annotated": (
        "{file} is built in a way that comments cannot be added to. No copy was "
        "written, and the file was not changed. Send the list of faults instead."
    ),
}
