"""审核: findings and their explanations."""
