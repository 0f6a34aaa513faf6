"""What is done with expertise."""
