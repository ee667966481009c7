"""工作台: how far the period is, and what to do next."""
