"""What was done, by whom, when: append, read, verify. This room knows bytes, not law."""
