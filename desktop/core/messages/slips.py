"""What 退回单 and 回执 have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # Files that travel back.
    "slips.too_large": "The file is far larger than any return slip or receipt. "
    "Nothing of it was taken.",
    "slips.newer": "A later version of this program wrote the file. Install that "
    "version, then open the file again; nothing is lost.",
    "slips.damaged": "The file is no return slip and no receipt, or it was cut short "
    "or altered on the way. Nothing of it was taken; ask for it again.",
    "slips.unreadable": "The file {file} cannot be read ({detail}). Look whether the "
    "stick is still in, then try again.",
    "slips.own": "This ledger made the file itself. It is for {unit}: send it there.",
    "slips.other_ledger": "The file is for another ledger: that of {unit}, {period}. "
    "Open that ledger, then take the file in there.",
    "slips.other_unit": "The file is for {unit}, and this ledger is for {here}.",
    "slips.other_period": "The file is about {period}, which this ledger does not "
    "have. Look whether it is an old copy of the ledger.",
    "slips.other_line": "The file is about revision {revision} of this ledger, and "
    "this file does not have it: it is a copy, or a backup was restored. Take the "
    "file in at the computer where the submission was made.",
    "slips.again": "This file was taken in already. Nothing needs to be done.",
    "slips.other_sender": "A slip with this number came from {sender} already. Ask "
    "whoever sent this one to make it anew; nothing was changed.",
    "slips.older": "A later one was taken in already; this one is out of date. "
    "Nothing was changed.",
    # Sending back.
    "slips.not_counting": "Package {package} does not count at present; there is "
    "nothing to send back or to accept.",
    "slips.unknown_form": "There is no form {form} in the package.",
    "slips.unknown_record": "There is no record {record} in the package; only what "
    "came from the unit can be sent back to it.",
    "slips.not_received": "This record did not come in a submission; there is nobody "
    "to send it back to.",
    "slips.unknown_field": "There is no field {field} in the form {form}.",
    "slips.not_typed": "{field} is computed or filled in by the program. Send back "
    "the cells that it comes from.",
    "slips.no_finding": "The audit finds nothing by rule {rule} in this record.",
    "slips.no_reason": "Say what is to be corrected, and why: the people at the unit "
    "only see what is written here.",
    "slips.bad_day": "{day} is no day; write it as 2026-01-31.",
    "slips.unknown_slip": "There is no return slip {slip} in this period.",
    "slips.unknown_item": "There is no item {item} in the return slips of this period.",
    "slips.bad_item": "{text} names no place: write FORM/RECORD/FIELD=reason, and for "
    "a finding FORM/RECORD/RULE=reason.",
    "slips.no_package": "Say with --package which package it is of; `taizhang receipt "
    "LEDGER` lists them.",
    "slips.which_package": "Name one package, and either --accept or --unaccept; "
    "`taizhang receipt LEDGER` lists the packages.",
    "slips.which_slip": "There are several return slips, or none. Say with --slip "
    "which one is meant.",
    "slips.nothing": "There is nothing in the return slip {slip} to send.",
    "slips.still_open": "{count} items of {unit} are still to be corrected. Wait for "
    "its next submission, or take the items back; then accept.",
    "slips.not_changed": "Nothing has changed at item {item} yet; there is nothing to "
    "agree to. Wait for the unit's next submission.",
    "slips.not_out": "Item {item} has not gone out yet. Change its reason instead.",
    "slips.already_accepted": "The package was accepted already on {day}.",
    "slips.not_accepted": "The package is not accepted; there is nothing to take back.",
    "slips.not_ours": "Item {item} came from {sender}; only they can change it.",
    "slips.not_theirs": "Item {item} was sent back from here; only {unit} can answer "
    "it.",
    "slips.record_gone": "The record of item {item} is not there any more, so it "
    "counts as corrected. There is nothing to answer.",
    "slips.writing": "Writing {file}",
    # Titles of actions.
    "slips.action.return": "Send back {form}, {name}",
    "slips.action.return_all": "Send back {count} places",
    "slips.action.drop": "Take item {item} off the return slip",
    "slips.action.due": "Set the day by which {unit} is to answer",
    "slips.action.issue": "Make the return slip for {unit}",
    "slips.action.agree": "Agree to {count} corrected items",
    "slips.action.again": "Send item {item} back once more",
    "slips.action.accept": "Accept the submission of {unit}",
    "slips.action.unaccept": "Accept the submission of {unit} no longer",
    "slips.action.take_slip": "Take in a return slip with {count} items",
    "slips.action.take_receipt": "Take in the receipt for revision {revision}",
    "slips.action.answer": "Answer item {item}",
}
"""English templates by code."""
