"""Receiving: what came in, what it would do, and taking it."""
