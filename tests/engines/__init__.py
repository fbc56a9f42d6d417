"""The rules on column engines: the same findings as the database, whatever the portfolio."""
