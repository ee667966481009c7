"""The ledger file."""
