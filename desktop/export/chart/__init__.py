"""Charts: one drawing code for screen and paper."""
