"""Submissions, and receiving them."""
