"""Filling the authority's own workbooks."""
