"""What handing a submission over has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # Sticks.
    "carrying.read_only": "The stick {stick} is write-protected. Slide its switch, or "
    "take another stick. Nothing was written.",
    "carrying.no_room": "The stick {stick} has {free} free; {needed} are needed. Make "
    "room on it, or take another stick. Nothing was written.",
    "carrying.too_large": "{file} is larger than 4 GB, which this stick (FAT) cannot "
    "hold. Take a stick formatted as exFAT or NTFS. Nothing was written.",
    "carrying.unfit_name": "A stick cannot hold a file named {file}. Choose another "
    "name. Nothing was written.",
    "carrying.same_name": "{file} and {other} are one and the same name on a stick. "
    "Nothing was written.",
    "carrying.gone": "{place} is not there any more: it was pulled out, or failed. "
    "What was being written does not count as handed in; your ledger is untouched. "
    "Plug it in again and write once more.",
    "carrying.no_stick": "No USB stick is plugged in. Plug one in and try again, or "
    "name a folder.",
    "carrying.many_sticks": "Several USB sticks are plugged in: {sticks}. Leave only "
    "one, or name its folder.",
    "carrying.nowhere": "Say where the submission is to go: --to FOLDER, --to stick, "
    "or --mail FILE.eml.",
    "carrying.copying": "Writing to {place} and reading back",
    # Mail.
    "carrying.form_too_large": "By itself the form {form} makes a mail of {size}, and "
    "{limit} is the most. Hand it in on a USB stick, or allow larger mails.",
    "carrying.pdf_left_out": "The PDF is too large for a mail ({size}) and is not "
    "attached. It can be made again from the workbook's ledger at any time.",
    "carrying.unfit_size": "{text} is no size: write for example 20MB or 500KB; the "
    "least is {least}.",
    "carrying.draft_damaged": "The mail {file} could not be read back after it was "
    "written and was not kept. Try again on another disk.",
    "carrying.mailing": "Writing the mail",
    # Making.
    "carrying.no_pdf_sealed": "The files are sealed with a password. The PDF is not "
    "written beside them, because anybody could read it.",
    "carrying.slip": "Writing the delivery note",
    # What was handed in.
    "carrying.action": "Handed in: revision {revision}",
    "carrying.damaged_fact": "What the ledger noted about the last hand-in cannot be "
    "read. The figures are not touched; hand in again to renew the note.",
    "carrying.not_noted": "The files are written. That they were handed in could not "
    "be noted in the ledger: {why}",
}
"""English templates by code."""
