"""The expression language of packs: SQL, checked, worded, written for engines."""
