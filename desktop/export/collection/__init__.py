"""Workbooks that facilities fill in."""
