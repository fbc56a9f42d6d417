"""Portfolios of any size for measuring: some lives go through the door, the others are stamped out after their pattern."""
