"""核验: holding files of ours against their own words and a ledger."""
