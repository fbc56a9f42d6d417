"""Full-text search and "most similar": an index beside the database, derived from it, that narrows and never decides."""
