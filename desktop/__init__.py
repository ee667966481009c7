"""民生台账: county ledgers of beds, slots and staff, kept and handed in offline."""

from __future__ import annotations

import os

# pikepdf brings lxml, and openpyxl takes lxml where it is: it must go on parsing foreign
# XML with defusedxml, and writing as it does without. Said before anything imports it.
os.environ["OPENPYXL_LXML"] = "False"
