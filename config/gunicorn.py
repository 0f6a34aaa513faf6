"""gunicorn: two processes with threads; see the README for larger machines."""

import gc

worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
accesslog = None
loglevel = "warning"
graceful_timeout = 20
control_socket_disable = True


def when_ready(_server: object) -> None:
    """What lives as long as the process need not be looked at by each garbage collection."""
    gc.collect()
    gc.freeze()
