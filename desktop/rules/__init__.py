"""The rules of a pack as SQL, and what their rows say."""
