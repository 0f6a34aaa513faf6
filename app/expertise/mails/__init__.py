"""What this room writes to people: one function for each mail."""
