"""The expression language: the SQL that packs are written in."""
