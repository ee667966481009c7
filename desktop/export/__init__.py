"""Workbooks and PDF: what to say first, then how each format says it."""
