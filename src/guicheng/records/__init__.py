"""What is true of each project: the tables that acts write and rules read."""
