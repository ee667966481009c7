"""Ledgers: the start page, new ones, units, definitions, periods."""
