"""The reports of many units, written into a folder."""
