"""What stands on one project, for its page: the way, what is missing, health, meters, clocks, acts, history. Reads only."""
