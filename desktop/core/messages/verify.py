"""What is said of files of ours that are held against their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "manifest.damaged": (
        "What this file says about itself is damaged or has been altered, so that "
        "nothing can be proved by it."
    ),
    "manifest.newer": (
        "This file was made by a newer version of the program; check it with that one."
    ),
    "manifest.too_large": "What this file says about itself is too large to be ours.",
    # Files by themselves.
    "verify.reading": "Reading {file}",
    "verify.log": "Reading the change log",
    "verify.shows": "{unit}, {period}, revision {revision} of the ledger ({made}).",
    "verify.unreadable": (
        "{file} cannot be opened. Check that it is still there and not open in "
        "another program."
    ),
    "verify.not-read": "The file could not be verified; it was not changed.",
    "verify.foreign": (
        "{file} is neither a workbook nor a PDF of this program; there is nothing to "
        "verify it by."
    ),
    "verify.locked": (
        "{file} is protected by a password and cannot be verified. Remove the password "
        "in the program that set it, or ask for the file without one."
    ),
    "verify.carried": (
        "It is {file} that was altered: what, is said of that file by itself. The data "
        "it was written from are held against the ledger here."
    ),
    "verify.no-manifest": (
        "This workbook carries nothing to verify it by: the program did not make it, "
        "or the hidden sheet 核验 was deleted."
    ),
    "verify.pdf-whole": "Data and pages are as they were written.",
    "verify.cells-agree": "Every cell is as it was written.",
    "verify.cells-differ": "Not as it was written: {count} places.",
    # Files against each other.
    "verify.same-data": "Both carry the same data.",
    "verify.same-origin": "Both were written from the same data.",
    "verify.one-altered": (
        "It is {altered} that was altered afterwards: what, is said of that file by "
        "itself. {whole} is as it was written; go by that."
    ),
    "verify.was-altered": (
        "{file} was altered after it was written: what, is said of that file by itself."
    ),
    "verify.both-altered": (
        "Both were altered afterwards: what, is said of each by itself. Ask for the "
        "files as they were written, or verify them with the ledger."
    ),
    "verify.data-differ": "The data differ in {count} places.",
    "verify.other-stamp": (
        "The values are the same, but the files name different states of the ledger."
    ),
    "verify.two-lines": (
        "The files come from two copies of one ledger that went on apart; their data "
        "differ in {count} places."
    ),
    "verify.older-file": (
        "{older} is an older version (revision {revision}) of {newer} (revision "
        "{newest}); {count} places differ."
    ),
    "verify.other-report": (
        "These files show different units, periods or ledgers and are not compared."
    ),
    # Against a ledger.
    "verify.other-ledger": "The file comes from another ledger than this one ({unit}).",
    "verify.not-in-ledger": (
        "The ledger does not have the period or the unit ({unit}) of the file."
    ),
    "verify.ledger-behind": (
        "The file was made at revision {revision}, the ledger ends at revision "
        "{there}: it is an older copy."
    ),
    "verify.forked": (
        "The ledger's history is not the one the file was made from: one of them went "
        "on from a copy."
    ),
    "verify.ledger-agrees": (
        "All values, figures and findings are those of the ledger at revision "
        "{revision}."
    ),
    "verify.records-agree": (
        "All records are those of the ledger at revision {revision}."
    ),
    "verify.not-figures": (
        "Figures and findings were not computed again, because the ledger has gone on."
    ),
    "verify.no-rollups": "Tables by unit were not computed again.",
    "verify.ledger-differs": (
        "In {count} places the file does not say what the ledger held."
    ),
    "verify.gone-on-elsewhere": (
        "The ledger has gone on (revision {revision}); none of the values in the file "
        "has changed."
    ),
    "verify.changed-since": (
        "The ledger has gone on (revision {revision}): {count} places of the file "
        "have changed since."
    ),
    "verify.no-files": (
        "A ledger alone proves nothing here: add the workbook or PDF to be verified."
    ),
    # How a check ended, and what is different.
    "verify.verdict-agrees": "agrees",
    "verify.verdict-differs": "differs",
    "verify.verdict-older": "out of date",
    "verify.verdict-unknown": "could not be verified",
    "verify.kind-altered": "altered",
    "verify.kind-row-gone": "line missing",
    "verify.kind-row-added": "line added",
    "verify.kind-column-gone": "column missing",
    "verify.kind-head-gone": "head of the table missing; its cells were not compared",
    "verify.kind-table-gone": "table missing",
    "verify.kind-table-added": "table added",
    "verify.kind-nil": "nil return differs",
    "verify.mark-name": "name",
    "verify.mark-unit": "unit code",
    "verify.mark-unit-name": "reporting unit",
    "verify.blank": "(empty cell)",
    # What stands in the columns of the list.
    "verify.head-about": "Files",
    "verify.head-verdict": "Result",
    "verify.head-says": "Result in words",
    "verify.head-what": "What",
    "verify.head-form": "Form",
    "verify.head-record": "Whose line",
    "verify.head-field": "Field",
    "verify.head-was": "Was",
    "verify.head-now": "Is",
    "verify.head-where": "Where it stands",
    "verify.side-written": "as written",
    "verify.side-found": "now in the file",
    "verify.side-in-file": "in the file",
    "verify.side-file": "in {file}",
    "verify.side-ledger": "in {ledger}, revision {revision}",
}
