"""People from a file: take it in, judge it, apply it as a whole or not at all, undo it, and forget it.

The table is read where the file comes in. Judging, applying and undoing are long work, a step at a time: the database
lets one step of an import run at once. Applying judges again, and does only what was shown.
"""
