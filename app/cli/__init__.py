"""The `vreemdeogen` command: everything that is done to an installation from a shell.

Each command lives in a module that is imported only when it is called, so that `match` starts fast and needs neither
settings nor a database.
"""
