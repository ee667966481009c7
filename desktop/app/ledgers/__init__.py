"""Making ledgers and keeping them: units, periods, choices, backups, new packs."""
