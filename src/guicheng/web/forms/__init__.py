"""From an act's declaration to a form and back: fields, what was typed, the data of the act, errors at their fields."""
