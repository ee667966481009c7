"""Who works here, and how they like their windows."""
