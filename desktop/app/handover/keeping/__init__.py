"""Keys, passwords, and packages for a successor or the archive."""
