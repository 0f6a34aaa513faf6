"""Settings and logging: everything that differs between installations."""
