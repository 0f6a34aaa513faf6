"""Work outside the request: the queue, the worker, and long work with progress and cancel.

A job is put in the queue by name, on the session's own connection: it exists when, and only when, the change
that asked for it was committed. It is done at least once.
"""
