"""Indicators: computed, compared, traced to records, over periods and units."""
