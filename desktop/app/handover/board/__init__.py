"""上报率: who has handed in, and how well."""
