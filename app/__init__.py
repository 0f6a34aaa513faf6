"""Vreemde Ogen: rooms for every part of the work, on one ground floor."""
