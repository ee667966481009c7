"""What a person does with records: which ones, in what order, and how cells change."""
