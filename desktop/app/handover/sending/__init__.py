"""Handing in: what goes to the level above, and how it gets there."""
