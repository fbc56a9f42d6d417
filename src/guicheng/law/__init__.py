"""The words a regulation is written with: text, periods, figures, terms, rules, acts and duties."""
