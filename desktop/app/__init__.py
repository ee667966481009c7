"""Use cases: what windows and commands do, without either."""
