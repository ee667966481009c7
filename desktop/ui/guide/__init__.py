"""Finding one's way: keys and words of help."""
