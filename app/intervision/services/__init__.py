"""What can be done with intervision, by what it is about."""
