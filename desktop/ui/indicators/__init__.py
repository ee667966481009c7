"""指标: values, comparison and roll-up."""
