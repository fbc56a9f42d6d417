"""The house on a terminal: each command turns words into a call of a room below, and its answer into words or JSON."""
