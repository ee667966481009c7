"""Foreign workbooks and tables, read as if they were hostile."""
