"""The authority's own workbooks: proposed, matched, filled."""
