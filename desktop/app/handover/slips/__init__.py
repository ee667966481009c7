"""退回单 and 回执: what goes back to those who handed in."""
