"""What reading a foreign file has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Final[Mapping[str, str]] = {
    # Why a file is refused as a whole.
    "intake.unreadable": (
        "{file} cannot be opened. Nothing was imported. Check that it is still there "
        "and not open in another program."
    ),
    "intake.file_too_large": (
        "{file} is larger than {limit} MB. Nothing was imported and the file was not "
        "changed. Copy the table alone into a new workbook."
    ),
    "intake.empty_file": (
        "{file} is empty. Nothing was imported and the file was not changed."
    ),
    "intake.password": (
        "{file} is protected by a password. Nothing was imported and the file was not "
        "changed. Open it, remove the password, save it and import it again."
    ),
    "intake.old_excel": (
        "{file} has the old Excel format (.xls) or another old office format. Nothing "
        "was imported and the file was not changed. Open it and save it as .xlsx."
    ),
    "intake.web_page": (
        "{file} is a web page, not a workbook, whatever its name says. Nothing was "
        "imported and the file was not changed. Open it in Excel or WPS and save it "
        "as .xlsx."
    ),
    "intake.text_file": (
        "{file} is a text table (CSV), not a workbook. Nothing was imported and the "
        "file was not changed. Rename it so that it ends in .csv and import it again."
    ),
    "intake.no_workbook": (
        "{file} is not an Excel workbook. Nothing was imported and the file was not "
        "changed. Open it in Excel or WPS and save it as .xlsx."
    ),
    "intake.other_office_format": (
        "{file} has another office format ({part}). Nothing was imported and the file "
        "was not changed. Open it in Excel or WPS and save it as .xlsx."
    ),
    "intake.strict_format": (
        "{file} was saved as “Strict Open XML”. Nothing was imported and the file was "
        "not changed. Save it as an ordinary Excel workbook (.xlsx)."
    ),
    "intake.damaged": (
        "{file} is damaged or was not copied completely ({part}). Nothing was "
        "imported and the file was not changed. Ask for the file once more."
    ),
    "intake.too_many_parts": (
        "{file} consists of {count} parts; {limit} are allowed. Nothing was imported "
        "and the file was not changed."
    ),
    "intake.unpacks_too_large": (
        "{file} would become far too large when unpacked ({part}). Nothing was "
        "imported and the file was not changed."
    ),
    "intake.odd_part_name": (
        "{file} contains a part with a forbidden name ({part}). Nothing was imported "
        "and the file was not changed."
    ),
    "intake.part_twice": (
        "{file} contains the part {part} twice, so two programs could read different "
        "figures from it. Nothing was imported and the file was not changed."
    ),
    "intake.parts_overlap": (
        "In {file} the part {part} lies inside another. Nothing was imported and the "
        "file was not changed."
    ),
    "intake.encrypted": (
        "In {file} the part {part} is encrypted. Nothing was imported and the file "
        "was not changed."
    ),
    "intake.odd_packing": (
        "In {file} the part {part} is packed in an unusual way. Nothing was imported "
        "and the file was not changed. Open it in Excel or WPS and save it again."
    ),
    "intake.odd_encoding": (
        "In {file} the part {part} is not written in UTF-8 or UTF-16. Nothing was "
        "imported and the file was not changed. Open it in Excel or WPS and save it "
        "again."
    ),
    "intake.dtd": (
        "{file} contains a document type ({part}), which no workbook needs and "
        "attackers use. Nothing was imported and the file was not changed."
    ),
    "intake.broken_xml": (
        "In {file} the part {part} is not sound. Nothing was imported and the file "
        "was not changed. Ask for the file once more."
    ),
    "intake.nested_too_deep": (
        "In {file} the part {part} is nested deeper than {limit} levels. Nothing was "
        "imported and the file was not changed."
    ),
    "intake.token_too_long": (
        "In {file} the part {part} contains an overlong element. Nothing was imported "
        "and the file was not changed."
    ),
    "intake.too_many_elements": (
        "{file} has more than {limit} elements ({part}). Nothing was imported and the "
        "file was not changed. Copy the table alone into a new workbook."
    ),
    "intake.macros": (
        "{file} contains macros ({part}). Nothing was imported and the file was not "
        "changed. Save it as a workbook without macros (.xlsx)."
    ),
    "intake.links_to_other_files": (
        "{file} takes values from other files ({part}). Nothing was imported and the "
        "file was not changed. Paste the table into a new workbook as values."
    ),
    "intake.embedded_files": (
        "{file} contains embedded files ({part}). Nothing was imported and the file "
        "was not changed. Paste the table into a new workbook as values."
    ),
    "intake.controls": (
        "{file} contains buttons or other controls ({part}). Nothing was imported and "
        "the file was not changed. Paste the table into a new workbook as values."
    ),
    "intake.connections": (
        "{file} is connected to a database or query ({part}). Nothing was imported "
        "and the file was not changed. Paste the table into a new workbook as values."
    ),
    "intake.outside_target": (
        "{file} refers to something outside itself: {target} ({part}). Nothing was "
        "imported and the file was not changed. Paste the table into a new workbook "
        "as values."
    ),
    "intake.target_missing": (
        "{file} lacks a part it refers to: {target}. Nothing was imported and the "
        "file was not changed. Ask for the file once more."
    ),
    "intake.no_sheets": (
        "{file} has no sheet that could be read. Nothing was imported and the file "
        "was not changed."
    ),
    "intake.too_many_sheets": (
        "{file} has more than {limit} sheets. Nothing was imported and the file was "
        "not changed."
    ),
    "intake.too_many_styles": (
        "{file} has more than {limit} cell styles. Nothing was imported and the file "
        "was not changed. Copy the table alone into a new workbook."
    ),
    "intake.too_many_names": (
        "{file} has more than {limit} defined names. Nothing was imported and the "
        "file was not changed. Copy the table alone into a new workbook."
    ),
    "intake.too_many_merges": (
        "Sheet {sheet} of {file} has more than {limit} merged areas. Nothing was "
        "imported and the file was not changed."
    ),
    "intake.odd_merge": (
        "Sheet {sheet} of {file} has a senseless merged area: {cell}. Nothing was "
        "imported and the file was not changed. Undo the merge and import the file "
        "again."
    ),
    "intake.too_many_cells": (
        "{file} has more than {limit} filled cells. Nothing was imported and the file "
        "was not changed. Import it in parts."
    ),
    "intake.cell_too_far": (
        "Sheet {sheet} of {file} has something far away from its table, at {cell}. "
        "Nothing was imported and the file was not changed. Delete it and import the "
        "file again."
    ),
    "intake.cells_out_of_order": (
        "In sheet {sheet} of {file} a cell stands twice or out of order ({cell}), so "
        "two programs could read different figures. Nothing was imported and the file "
        "was not changed. Open it in Excel or WPS and save it again."
    ),
    "intake.string_missing": (
        "In sheet {sheet} of {file} the text of cell {cell} is missing. Nothing was "
        "imported and the file was not changed. Ask for the file once more."
    ),
    "intake.odd_number": (
        "In sheet {sheet} of {file} the cell {cell} holds a number that is none: "
        "{text}. Nothing was imported and the file was not changed."
    ),
    "intake.text_too_long": (
        "{file} has a cell with more than {limit} characters ({part}). Nothing was "
        "imported and the file was not changed."
    ),
    "intake.reader_failed": (
        "{file} could not be read: the reading program gave up or took too long. "
        "Nothing was imported and the file was not changed. Copy the table into a new "
        "workbook."
    ),
    "intake.readers_disagree": (
        "Two programs read different contents from cell {cell} of sheet {sheet} in "
        "{file}, so neither is believed. Nothing was imported and the file was not "
        "changed. Open it in Excel or WPS, look at that cell and save the file again."
    ),
    "intake.readers_disagree_on_sheets": (
        "Two programs find different sheets in {file}, so neither is believed. "
        "Nothing was imported and the file was not changed. Open it in Excel or WPS "
        "and save it again."
    ),
    "intake.text_with_nul": (
        "{file} contains characters no text has. Nothing was imported and the file "
        "was not changed."
    ),
    "intake.text_encoding": (
        "{file} is written neither in UTF-8 nor in GB18030. Nothing was imported and "
        "the file was not changed. Save it as “CSV UTF-8”."
    ),
    "intake.text_quotes": (
        "In {file} the quotation marks do not match near line {line}. Nothing was "
        "imported and the file was not changed. Correct that line and import the file "
        "again."
    ),
    # What a person should know of a file that was read.
    "intake.epoch_1904": "{file} counts its days from 1904; they were read so.",
    "intake.hyperlinks": "{file} contains {count} links; none was followed.",
    "intake.chart_sheet": "Sheet {sheet} of {file} is a chart; it was left out.",
    "intake.hidden_sheet": (
        "Sheet {sheet} of {file} is hidden. It is offered all the same: please look "
        "before you import it."
    ),
    "intake.hidden_rows": "Sheet {sheet} of {file} has {count} hidden rows.",
    "intake.hidden_columns": "Sheet {sheet} of {file} has hidden columns ({count}).",
    "intake.cell_pictures": (
        "Sheet {sheet} of {file} has {count} cells that hold a picture and no value; "
        "the pictures are not imported."
    ),
    "intake.text_read_as": "{file} was read as {encoding}, separated by {separator}.",
    "intake.ragged": (
        "In {file}, {count} rows have more or fewer columns than the others; the "
        "first is row {row}. Please check them."
    ),
    # Why there is no plan.
    "intake.no_header": (
        "No row of {sheet} has the heads of {form}. Nothing was imported. Say which "
        "column is which, or choose another sheet."
    ),
    "intake.no_name_column": (
        "No column names the records of {form}. Nothing was imported. Say which "
        "column it is."
    ),
    "intake.no_such_column": (
        "The table has no column {name}, or several. Nothing was imported."
    ),
    "intake.no_such_field": (
        "{form} has no field {name} that can be filled. Nothing was imported."
    ),
    "intake.no_such_unit": "This ledger has no unit {unit}. Nothing was imported.",
    # What a person should know of a plan.
    "intake.merged": (
        "Merged cells among the records ({sheet}, {cells}): only the first cell has "
        "the value, the others count as blank."
    ),
    "intake.hidden_among": (
        "{count} hidden rows of {sheet} are among the records; they are in the list "
        "like all others."
    ),
    # Why a cell stays as it is.
    "intake.cell.error_value": "The cell holds an error value.",
    "intake.cell.picture": "The cell holds a picture.",
    "intake.cell.no_result": (
        "The cell holds a formula whose result was not saved. Open the file in Excel "
        "or WPS and save it."
    ),
    "intake.cell.digits_lost": (
        "The number is so long that Excel has lost digits. Format the column as text "
        "and enter it again."
    ),
    "intake.cell.yes_or_no": "The cell holds TRUE or FALSE.",
    "intake.cell.day": "The cell holds a day; Excel may have made it from a number.",
    "intake.cell.early_day": "Excel cannot tell days before March 1900 apart.",
    "intake.cell.no_number": "This is not a number that can be read for certain.",
    "intake.cell.other_measure": (
        "The number has another unit of measurement than the form asks for."
    ),
    "intake.cell.unit_unsure": (
        "The ledger has no unit of exactly this name; perhaps {candidates} is meant."
    ),
    # Why a row waits.
    "intake.row.no_name": "The row names no record.",
    "intake.row.no_unit": "The row names no unit of this ledger.",
    "intake.row.unknown_unit": (
        "The ledger has no unit {text}. The row may belong to another ledger."
    ),
    "intake.row.several_alike": "{count} records of the ledger could be meant.",
    "intake.row.known_elsewhere": "A record of this name is known in {unit}.",
    "intake.row.twice": "Row {row} is the same record.",
    # What is kept beside a field, and the name of the action.
    "intake.remark": "In the imported table: {text}",
    "intake.remark_unit": "Unit in the imported table: {text}",
    "intake.action": "Import {count} rows into {form}",
}
