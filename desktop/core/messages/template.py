"""What official templates and their layouts have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # Layouts in a pack.
    "forms.layout_file": "The form must be the same as the name of the file: {form}.",
    "template.two_layouts": "The form {name} has a layout already; a form has one.",
    "template.no_rows": (
        "The sheet {sheet} has no rows for the records of this form. Say first, count "
        "and columns under rows."
    ),
    "template.sheet_twice": (
        "The sheet {name} stands twice; further pages are sheets of their own."
    ),
    "template.roster_fields": (
        "A form with many records has no cell for a field; name its column under rows."
    ),
    "template.no_sum": "{field} is no number, so there is no sum of it.",
    "template.field_misspelt": (
        "the form has no field {word}; did you mean {nearest}? There are: {allowed}"
    ),
    "template.field_unknown": "the form has no field {word}; there are: {allowed}",
    "template.no_item": (
        "This sentence names no item of the header in braces. There are: {items}."
    ),
    "template.item_misspelt": (
        "there is no item {word}; did you mean {nearest}? There are: {allowed}"
    ),
    "template.item_unknown": "there is no item {word}; there are: {allowed}",
    "template.cell_twice": "Two things are to stand in {cell}.",
    "template.column_twice": "Two things are to stand in one column.",
    "template.no_such_cell": "No sheet has a cell or column {cell}.",
    # Opening a template.
    "template.unreadable": (
        "The template {file} cannot be opened. Nothing was written. Check that it is "
        "still there and not open in another program."
    ),
    "template.refused": (
        "The template {file} was not used. Nothing was written and your ledger is "
        "untouched. The reason:"
    ),
    "template.macros": (
        "The template {file} contains macros ({part}). Nothing was written and the "
        "template was not changed. Open it, save it as a workbook without macros "
        "(.xlsx), and use that."
    ),
    "template.odd_part": (
        "In the template {file} the part {part} is written in an unusual way. Nothing "
        "was written. Open it in Excel or WPS, save it again as .xlsx, and use that."
    ),
    "template.not_found": (
        "The template {file} was not found; looked in: {folders}. Nothing was written. "
        "Put it there, or say where it is with --template."
    ),
    "template.no_layout": (
        "The pack says nothing of where the figures of {form} stand in a template. "
        "Nothing was written. taizhang template inspect proposes a layout."
    ),
    "template.no_form": "The pack has no form {form}; it has: {forms}.",
    # A template that is not as the layout says.
    "template.no_sheet": (
        "The template {file} has no sheet {sheet}; it has: {sheets}. Nothing was "
        "written."
    ),
    "template.moved": "{sheet}: “{text}” was expected in {cell}, now it is in {found}.",
    "template.replaced": (
        "{sheet}: “{text}” was expected in {cell}, where “{found}” stands now."
    ),
    "template.gone": "{sheet}: “{text}” was expected in {cell}, which is empty now.",
    "template.changed": (
        "The template {file} is not as the layout of {form} expects it. Nothing was "
        "written. What is otherwise ({count}):"
    ),
    "template.no_name": "{sheet}: the template has no single cell named {name}.",
    "template.in_merge": (
        "{sheet}: {cell} lies hidden inside the merged cells {area}; the layout should "
        "say {first}."
    ),
    "template.formula_block": (
        "{sheet}: the formula in {cell} stands for several cells, so the total over "
        "added sheets cannot take its place. Add further pages under continued."
    ),
    # Filling it.
    "template.other_digest": (
        "{file} is not the very file the layout was made for. All {count} anchors "
        "stand where they should, so it was filled; look through it before you hand "
        "it in."
    ),
    "template.no_room": (
        "There are {count} records, and the template has room for {room}. Nothing was "
        "written. Name a further sheet under continued in the layout."
    ),
    "template.cannot_copy": (
        "There are more records than the sheet {sheet} and those before it hold, and "
        "it cannot be copied because of what it contains ({part}). Nothing was "
        "written. Name further sheets under continued in the layout."
    ),
    "template.copied": "Sheets added as copies of {sheet}: {count}.",
    "template.total_written": (
        "{sheet}: the total in {cell} was written as a number, because its formula "
        "knows nothing of the added sheets."
    ),
    "template.nil": "{form}: a nil return; the template was left without figures.",
    "template.not_started": (
        "{form} has no records in {period}; the template was left without figures."
    ),
    # The command line.
    "template.both_or_none": "--pack and --form go together. Nothing was done.",
    "template.no_day": (
        "{text} is no day; write it as 2026-01-31. Nothing was written."
    ),
    "template.no_signer": (
        "The layout has no place for {label}; it has: {labels}. Nothing was written."
    ),
    "template.faulty_layout": "The layout {file} has faults. Nothing was written:",
    "template.unit_has_no_record": "{form} has no record of {unit} in {period}.",
}
