"""The same rules on column engines: what they read is kept as Parquet beside the database, one row a project."""
