"""What the writers of workbooks and PDFs have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    "export.folder_missing": (
        "The folder {folder} does not exist. Nothing was written and your ledger is "
        "untouched. Choose another folder."
    ),
    "export.is_folder": (
        "{name} is a folder, not a file. Nothing was written. Choose another file name."
    ),
    "export.read_only": (
        "{name} is write-protected. The old file was left as it is and your ledger is "
        "untouched. Choose another file name or remove the protection."
    ),
    "export.disk_full": (
        "There is no room left where {name} should go. The old file, if there was "
        "one, is intact and your ledger is untouched. Free some space or choose "
        "another disk."
    ),
    "export.not_allowed": (
        "You may not write {name} there. Nothing was changed and your ledger is "
        "untouched. Choose a folder of your own."
    ),
    "export.in_use": (
        "{name} is open in another program. It was left as it is and your ledger is "
        "untouched. Close it there and export again."
    ),
    "export.failed": (
        "{name} could not be written: {reason}. The old file, if there was one, is "
        "intact and your ledger is untouched. Try again or choose another disk."
    ),
    "export.differs": (
        "What was read back from {name} is not what was written: {place}. The file "
        "was not kept and your ledger is untouched. Try again on another disk."
    ),
    "export.medium_gone": (
        "The disk or stick failed, or was pulled out, while {name} was being written. "
        "There is no half-written file that could be taken for a whole one, a file "
        "that had this name before is as it was, and your ledger is untouched. Plug "
        "it in again, or take another one, and try once more."
    ),
    "export.damaged": (
        "{name} could not be read back after it was written. The file was not kept "
        "and your ledger is untouched. Try again on another disk."
    ),
    "export.missing_glyphs": (
        "No font here can draw these characters, so the PDF shows their numbers "
        "instead: {characters}."
    ),
    "export.escaped_text": (
        "A character that workbooks cannot hold was replaced by its number: {place}."
    ),
    "export.cut_text": (
        "A text was longer than a workbook's cell can be and was cut there: {place}. "
        "The ledger has all of it."
    ),
    "export.font_missing": (
        "The font file {name} is missing or damaged. Nothing was written and your "
        "ledger is untouched. Install the program again."
    ),
}
