"""民生台账: county ledgers of beds, slots and staff, kept and handed in offline."""

from __future__ import annotations

import os

# pikepdf brings lxml, and openpyxl takes lxml where it is. It must go on parsing
# foreign XML with defusedxml, and writing as without: said before it is imported.
os.environ["OPENPYXL_LXML"] = "False"
