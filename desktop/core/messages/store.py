"""What the ledger file has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # Why a file cannot be used.
    "store.missing": "There is no ledger at {path}.",
    "store.exists": "{path} exists already; it was left as it is. "
    "Choose another name for the new ledger.",
    "store.empty": "{path} is empty: it has no content at all. It was left as it is. "
    "Open a backup instead.",
    "store.foreign": "{path} is not a ledger of this program. It was left as it is.",
    "store.newer": "{path} was written by a newer version of this program. "
    "It was left as it is. Update the program, then open it again.",
    "store.older": "{path} was written by an older version of this program. Open it "
    "for writing once, so that it can be brought up to date.",
    "store.locked": "{who} has this ledger open on the computer {host}. "
    "Ask them to close it, or open it for reading only.",
    "store.locked_unknown": "This ledger is open in another window or on another "
    "computer. Close it there, or open it for reading only.",
    "store.no_locks": "The place where {path} lies cannot lock files, so two people "
    "could overwrite each other. Copy the ledger to a disk of this computer.",
    "store.read_only": "Nothing can be written at {path}: the folder or the file is "
    "write-protected. Copy the ledger to a folder of your own.",
    "store.archived": "{path} was put away for keeping on {day} and can only be read. "
    "Go on in the ledger that is in use.",
    "store.opened_read_only": "This ledger was opened for reading only; "
    "nothing was changed.",
    "store.disk_full": "NOT saved: the disk is full. What was saved before is "
    "unharmed. Free some space and save again.",
    "store.disk_failed": "NOT saved: the disk did not do what it was asked to "
    "({detail}). What was saved before stands; make a copy of the ledger "
    "on another disk.",
    "store.busy": "NOT saved: another program is holding the file. Wait a moment "
    "and try again.",
    "store.damaged": "{path} is damaged ({detail}). Keep the file as it is and open "
    "the newest backup.",
    "store.migration_backup": "The ledger needs a newer form, but no verified backup "
    "could be made first, so it was left as it is.",
    # Why a change cannot be taken.
    "store.unfit_value": "The value of {field} in form {form} is of the wrong kind or "
    "has too many digits: {value}. Nothing was changed.",
    "store.pack_unfit": "The reporting system cannot be used: field {field} of form "
    "{form} is computed by an expression that is wrong. Check the pack.",
    "store.unfit_choice": "{name} cannot be chosen: the text holds what cannot be "
    "kept. Nothing was changed.",
    "store.unknown_form": "This ledger has no form {form}. Nothing was changed.",
    "store.unknown_field": "Form {form} has no field {field} that can be filled in. "
    "Nothing was changed.",
    "store.unknown_unit": "This ledger has no unit {unit}. Nothing was changed.",
    "store.unknown_period": "This ledger has no period {period}. Nothing was changed.",
    "store.units_unfit": "The units do not make one tree: {unit}. Nothing was changed.",
    "store.period_exists": "The period {period} is there already. Nothing was changed.",
    "store.period_kind": "The period {period} is not of the kind this ledger reports "
    "in. Nothing was changed.",
    "store.interrupted": "Stopped at your request; nothing was changed.",
    "store.query_failed": "A question to the ledger could not be answered: {detail}.",
    "store.not_a_query": "Only questions may be put to the ledger this way.",
    "store.upgrade_same": (
        "The ledger is kept under version {version} of this reporting system "
        "already. Nothing was changed."
    ),
    "store.upgrade_older": (
        "Version {new} is older than version {old}, under which the ledger is "
        "kept. Nothing was changed."
    ),
    # A change that does not meet what it was made from.
    "store.stale_cell": "{field} of this record was changed meanwhile.",
    "store.stale_gone": "This record was taken away meanwhile.",
    "store.stale_there": "This record was added meanwhile.",
    "store.stale_unit": "This record was given to another unit meanwhile.",
    "store.stale_note": "The note on {topic} was changed meanwhile.",
    "store.stale_tree": "The unit {unit} was changed meanwhile. Nothing was changed.",
    "store.stale_nil": "The nil return of unit {unit} for form {form} was changed "
    "meanwhile.",
    "store.stale_choice": "What is chosen for {name} was changed meanwhile.",
    # Titles of the actions the ledger takes by itself.
    "store.action.created": "Create the ledger",
    "store.action.period": "Add the period {period}",
    "store.action.restored": "Continue from a backup",
    "store.action.upgrade": "Go on under version {version} of the reporting system",
    # What the doctor finds.
    "store.doctor.file": "The file itself is damaged: {detail}.",
    "store.doctor.reference": "A row of {table} speaks of something that is not "
    "in {other}.",
    "store.doctor.chain": "The change log was altered at entry {entry}.",
    "store.doctor.record": "A record of {form}, {period}, {facility} is not what "
    "the change log says.",
    "store.doctor.lost": "A record of {form}, {period}, {facility} is missing, though "
    "the change log has it.",
    "store.doctor.states": "The record of {form}, {period}, {facility} holds a value "
    "and a mark of absence at once, or a mark nobody knows.",
    "store.doctor.tree": "The tree of units does not agree with the units.",
    "store.doctor.units": "The list of units is not what the change log says.",
    "store.doctor.pack": "The reporting system kept in the ledger was altered.",
    "store.doctor.note": "A note on {form}, {period}, {facility} is not what the "
    "change log says.",
    "store.doctor.nil": "The nil returns of {form}, {period} are not what the change "
    "log says.",
    "store.doctor.choice": "What is chosen for {name} in {period} is not what the "
    "change log says.",
    "store.doctor.package": "What was received as package {package} is not what the "
    "change log says.",
    "store.doctor.identity": "The ledger's own identity is not what the change log "
    "says.",
}
"""English templates by code."""
