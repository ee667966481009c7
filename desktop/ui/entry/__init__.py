"""填报: forms, grid, card and the panel beside."""
