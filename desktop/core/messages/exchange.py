"""What handing over by file has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # What an arriving file is.
    "exchange.new": "New: nothing of this unit and period has been received yet.",
    "exchange.new_forms": "New: none of the forms in this file has been received yet "
    "for this unit and period. The forms received before are not touched.",
    "exchange.update": "An update: the unit went on from what was received before "
    "(revision {before}, now {revision}).",
    "exchange.same": "The same again: this very file has been received already. "
    "Nothing needs to be done.",
    "exchange.same_not_taken": "This file was seen before but does not count at "
    "present. It can be taken now.",
    "exchange.older": "Older than what is here: its revision is {revision}, and "
    "revision {newest} has been received. Taking it changes nothing of what is newer.",
    "exchange.same_state": "The same state again: revision {revision} of this unit has "
    "been received already. Nothing needs to be done.",
    "exchange.fork_copy": "Two computers: what was received and this file have a "
    "common state (revision {revision}), and from there on both were worked on "
    "apart. Somebody has to look at the cells on which they differ.",
    "exchange.fork_backup": "A backup was restored: this unit went on twice from the "
    "same state (revision {revision}), once before and once after a backup was put "
    "back. Somebody has to look at the cells on which they differ.",
    "exchange.fork_ledger": "Another ledger: what was received for this unit and "
    "period came from a different ledger file. Somebody has to say which one holds.",
    "exchange.own": "This file was made from this very ledger. There is nothing to "
    "receive.",
    "exchange.other_unit": "{unit} is not a unit below the one this ledger is for.",
    "exchange.other_period": "This ledger has no period {period}. Add it first, then "
    "receive the file again.",
    "exchange.other_pack": "The file follows another reporting system ({theirs}); "
    "this ledger follows {ours}.",
    "exchange.other_version": "The file follows another edition of the reporting "
    "system ({theirs}); this ledger follows {ours}. Upgrade whichever is older, then "
    "make the submission again.",
    "exchange.no_submission": "A report of {unit}, {period}, and no submission: it "
    "shows figures but cannot be merged. Ask the unit for a submission.",
    "exchange.no_manifest": "There is nothing in the file by which this program could "
    "know it again, and no form here has the heads of its columns. If it is a table "
    "of another kind, bring it in with import, where you can say what each column is.",
    "exchange.typed": "Typed by hand: {count} rows can be taken in as this ledger's "
    "own work, {waiting} wait until something is mended.",
    "exchange.typed_whose": "Typed by hand, and the file does not tell which unit it "
    "is of. Say whose it is, then it can be taken in.",
    "exchange.edited": "Changed outside the program since it was written, in {count} "
    "cells. It can be taken as it was written; each changed cell can be accepted or "
    "refused. Or send it back.",
    "exchange.edited_same": "Changed outside the program since it was written, in "
    "{count} cells. As it was written it has been received already; each changed cell "
    "can still be accepted or refused.",
    "exchange.edit_line": "Not a cell: a line or a column was added or taken away. "
    "Enter it in this ledger, or ask the unit for a new submission.",
    "exchange.edit_computed": "The program works this out by itself, so what was typed "
    "here is not taken over.",
    "exchange.edit_unit": "To which unit a record belongs is changed in the program.",
    "exchange.unfit": "The file holds something that this program never writes "
    "({detail}). Nothing of it was taken.",
    "exchange.unreadable": "The file cannot be read ({detail}).",
    # What is left out.
    "exchange.part": "The file speaks of {count} of {total} forms; what was received "
    "of the others stays as it is.",
    "exchange.left_form": "{form}: {count} records are not taken; each level answers "
    "this form by itself.",
    "exchange.left_unknown_form": "The form {form} is not in this ledger; {count} "
    "records of it are not taken.",
    "exchange.left_unit": "{form}: {count} records of units that this ledger does not "
    "have are not taken. Add those units, then receive the file again.",
    "exchange.lifted": "{count} records of units below {unit} that this ledger does "
    "not have are put down to {unit}.",
    # Decisions and actions.
    "exchange.conflicts": "{count} places are not decided yet: {unit}. Nothing was "
    "taken.",
    "exchange.unknown_package": "No package {package} has been received.",
    "exchange.not_taken": "Package {package} does not count at present; there is "
    "nothing to take back.",
    "exchange.already_taken": "Package {package} counts already.",
    "exchange.unknown_decision": "{text} decides nothing here: write FILE=skip, "
    "FILE=replace or FILE=merge, and cells as FORM/RECORD/FIELD=theirs, ours or a "
    "number of the list.",
    "exchange.not_acceptable": "{file} cannot be taken: {why}",
    "exchange.action.receive": "Receive {count} packages",
    "exchange.action.receive_files": "Receive packages from files",
    "exchange.action.undo": "Take back the package of {unit}",
    "exchange.action.redo": "Take the package of {unit} again",
    "exchange.moved_on": "The ledger has changed since this was looked at; look again. "
    "Nothing was written.",
    "exchange.reading": "Reading {file}",
    "exchange.taking": "Writing what was decided",
    "exchange.comparing": "Comparing {unit}",
}
"""English templates by code."""
