"""What is said of many files that are written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "batch.pattern.empty": "The pattern of the names is empty.",
    "batch.pattern.brace": "A brace of the pattern is open or alone.",
    "batch.pattern.word": "{word} is not known. What can stand there: {known}.",
    "batch.pattern.character": "File names cannot have {character} in them.",
    "batch.pattern.unit": (
        "The pattern needs the unit or its code, or all files would have one name."
    ),
    "batch.clash": (
        "{units} would all write {name}. Put the code into the pattern of the names."
    ),
    "batch.no-level": "There is no level {level}. Known are: {levels}.",
    "batch.no-units": "No unit is chosen.",
    "batch.no-forms": "No form is chosen.",
    "batch.no-kind": "Choose workbooks, PDFs, or one PDF of all.",
    "batch.merged-by-form": (
        "One PDF of all units cannot have a file for each form: take the form out of "
        "the pattern, or do without the joined PDF."
    ),
    "batch.unit": "{unit} ({place} of {count})",
    "batch.merging": "Joining the PDFs…",
    "batch.unexpected": (
        "Something went wrong that the program did not expect ({detail}). Nothing of "
        "this unit was half written. Run the batch again; if it fails again, tell "
        "those who look after the program."
    ),
    "batch.changing": (
        "The ledger was changed again and again while this unit was read. Run the "
        "batch again when nobody is entering figures."
    ),
    "batch.changed": (
        "The ledger was changed while files were being written: some show it before, "
        "some after. Run the batch again; only the older ones are made anew."
    ),
    "batch.template.no-label": (
        "On {file} no label was found that a form of this reporting system knows. Is "
        "it the right file? If it is, somebody who writes packs has to make a layout "
        "for it."
    ),
    "batch.template.no-layout": (
        "The labels of {form} stand in the template in a way from which no layout can "
        "be made. Somebody who writes packs has to make one for it."
    ),
    "batch.not-merged": (
        "The joined PDF was not made: it would lack units. Run the batch again when "
        "what stands in the way has been cleared; what is there is not made again."
    ),
}
