"""What can be done with an agenda: make, move and cancel appointments for rooms above; make and revoke a feed."""
