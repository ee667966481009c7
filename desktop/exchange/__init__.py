"""Handing over by file: lineage, merging, and what was received."""
