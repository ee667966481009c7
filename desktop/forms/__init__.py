"""The pack: its model, how it is read, checked and typed into."""
