"""Findings and explanations: asking, listing, walking, explaining."""
