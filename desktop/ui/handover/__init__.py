"""报送: hand in, receive, see who is missing, and what came back."""
