"""What can be done with coaching, one module for each thing that is done something with."""
