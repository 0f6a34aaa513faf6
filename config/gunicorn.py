"""gunicorn: two processes with threads; docs/operations.md tells when to change these."""

import gc
import os
import shutil
from typing import Any

from gunicorn.glogging import Logger
from prometheus_client import multiprocess

worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
accesslog = None
loglevel = "info"
graceful_timeout = 20
control_socket_disable = True


class OurLog(Logger):
    """What gunicorn tells goes the way of our own lines, and without what it quotes of requests."""

    def setup(self, cfg: Any) -> None:
        """Let the root logger write."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """A request that is no HTTP is quoted, with the address that it came from: that is left out."""
        super().warning(str(msg).split(" from ip=")[0], *args, **kwargs)

    def exception(self, msg: Any, *_args: Any, **kwargs: Any) -> None:
        """The URI of the request may hold a token; the place of the fault says enough."""
        super().exception(str(msg).split(" %s")[0] if isinstance(msg, str) else type(msg).__name__, **kwargs)


logger_class = OurLog


def when_ready(_server: object) -> None:
    """What lives as long as the process need not be looked at by each garbage collection."""
    gc.collect()
    gc.freeze()


def post_fork(_server: object, _worker: object) -> None:
    """A process that has shown many pages keeps much that lives on: looking through all of it stops an answer for 60 ms or more."""
    gc.set_threshold(5_000, 20, 1_000)


def child_exit(_server: object, worker: Any) -> None:
    """The gauges of a process that ended no longer count; what it counted does."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)


def on_exit(_server: object) -> None:
    """Remove the folder in which the processes added up."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(folder, ignore_errors=True)
