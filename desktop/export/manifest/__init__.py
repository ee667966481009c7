"""What a file says of itself, so that it can be verified."""
