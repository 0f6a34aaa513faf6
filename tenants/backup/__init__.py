"""Backups of a whole installation, and the drill that shows that they can be restored.

A dump is made by PostgreSQL's own pg_dump, as the role that bypasses row level security (for any other it would be
empty). Beside it stands a list of contents: rows and a digest of every table at the very moment of the dump.
"""


class BackupFailed(Exception):
    """A dump could not be made or restored; the message says why, and what helps."""
