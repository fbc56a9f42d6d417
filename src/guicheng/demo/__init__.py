"""The demonstration bureau: a cast, a portfolio, and the act lines of every life, all through the door."""
