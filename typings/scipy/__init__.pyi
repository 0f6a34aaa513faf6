"""What this project uses of SciPy, which has no types of its own."""
