"""What is done with schools, people, roles and invitations: one module for each."""
