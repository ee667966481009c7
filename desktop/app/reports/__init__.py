"""The report of a ledger or of one unit of it: gathered, stamped, written."""
