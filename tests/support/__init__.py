"""What tests share: the reader of case files, and builders of rows."""
