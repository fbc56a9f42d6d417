"""The only room that writes: perform, preview, the clock."""
