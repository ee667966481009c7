"""What use cases say: names of actions and of long work."""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {
    "app.auditing": "Checking the figures against the rules…",
    "app.computing": "Computing the indicators…",
    "app.reading": "Reading the ledger…",
    "app.writing-xlsx": "Writing the workbook…",
    "app.writing-pdf": "Writing the PDF…",
    "app.edit": "Change {field}",
    "app.edit-block": "Change {count} cells",
    "app.add": "Add a record to {form}",
    "app.remove": "Remove {count} records from {form}",
    "app.explain": "Explain a finding",
    "app.nil": "Nil return for {form}",
    "app.nil-undone": "Withdraw the nil return for {form}",
    "app.import": "Import {count} rows into {form}",
}
