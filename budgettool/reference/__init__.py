"""Facts with their sources: findings, regions, rates, vocabulary."""
