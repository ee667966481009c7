"""Packs: which there are, what is known of them, and what they say in words."""
