"""Finding the way: palette, handbook, the help of a field."""
