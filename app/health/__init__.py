"""Whether the house is well: for whoever watches over it, and for the machines that start and stop its parts."""
