"""The demo as one process that starts and stops database, web server and worker."""

import base64
import http.client
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import click

from app.demo.children import Child, KeepsDying
from app.demo.database import DATABASE, prepare
from app.demo.extent import Extent
from app.demo.folder import CannotRun, DemoFolder, Secrets
from tenants.embedded import EmbeddedServer
from tenants.provision import APP, MIGRATE

PORT_SECONDS = 3
"""So long the processes of a killed run may need to let go of the port."""
WEB_SECONDS = 120
LOOK_SECONDS = 0.1
OF_OTHERS = (
    "SMTP_URL",
    "PROXY_HOPS",
    "SESSION_IDLE_MINUTES",
    "SESSION_ABSOLUTE_HOURS",
    "MAIL_FROM",
    "BOUNCE_ADDRESS",
)
"""Settings of a real installation, which the demo leaves alone."""


def build_demo(folder: DemoFolder, extent: Extent) -> None:
    """Make the database, and stop there. Raises CannotRun, CannotStart."""
    with folder.locked(f"--build-only (process {os.getpid()})"), _ends_on_signal():
        folder.secrets()
        with EmbeddedServer(folder.database) as server:
            prepare(server, folder, extent)


def run_demo(folder: DemoFolder, port: int, extent: Extent) -> None:
    """Run until Ctrl-C or SIGTERM. Raises CannotRun, CannotStart."""
    with folder.locked(f"http://localhost:{port} (process {os.getpid()})"), _ends_on_signal():
        _await_free_port(port)
        secrets = folder.secrets()
        with ExitStack() as running:
            server = EmbeddedServer(folder.database)
            running.push(server)  # first: also a start that is broken off is stopped
            server.__enter__()
            prepare(server, folder, extent)
            children = [
                running.enter_context(
                    Child(name, arguments, _environment(server, secrets, port, extent), folder.log(name))
                )
                for name, arguments in (("worker", ["worker"]), ("web", ["serve", "--port", str(port)]))
            ]
            _watch(server, children, folder, port)
    click.echo("Gestopt · Stopped. Tot de volgende keer · Until next time: make run")


def reset_demo(folder: DemoFolder) -> None:
    """Throw all data away. Raises AlreadyRunning."""
    with folder.locked("make reset"):
        EmbeddedServer(folder.database).throw_away()
        folder.forget()
    click.echo("De gegevens van de demo zijn weg · The demo's data are gone.")


@contextmanager
def _ends_on_signal() -> Iterator[None]:
    """The first signal ends the block, from wherever it is; more of them change nothing."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(_number: int, _frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    earlier = [signal.signal(each, end) for each in signals]
    try:
        yield
    except KeyboardInterrupt:
        click.echo()
    finally:
        for each, handler in zip(signals, earlier, strict=True):
            signal.signal(each, handler)


def _await_free_port(port: int) -> None:
    deadline = time.monotonic() + PORT_SECONDS
    while not is_free(port):
        if time.monotonic() > deadline:
            raise CannotRun(
                f"Poort {port} is bezet door een ander programma. Kies een andere: make run PORT=8123\n"
                f"Another program has port {port}. Choose another: make run PORT=8123"
            )
        time.sleep(0.1)


def is_free(port: int) -> bool:
    """Whether a web server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotRun(
                f"Voor poort {port} zijn rechten van de beheerder nodig. Kies een andere: make run PORT=8123\n"
                f"Port {port} is for the system's administrator. Choose another: make run PORT=8123"
            ) from None
        except OSError:
            return False
    return True


def _environment(server: EmbeddedServer, secrets: Secrets, port: int, extent: Extent) -> dict[str, str]:
    """The settings of web server and worker."""
    others = {name: value for name, value in os.environ.items() if name not in OF_OTHERS}
    return others | {
        "DATABASE_URL": server.url(DATABASE, APP),
        "DATABASE_MIGRATE_URL": server.url(DATABASE, MIGRATE),
        "SECRET_KEY": secrets.secret_key,
        "MASTER_KEY": base64.b64encode(secrets.master_key).decode(),
        "BASE_URL": f"http://localhost:{port}",
        "DEMO": "true",
        "DEMO_NETWORKS": ",".join(extent.codes) if extent.is_nation else "",
    }


def _watch(server: EmbeddedServer, children: list[Child], folder: DemoFolder, port: int) -> None:
    """Keep everything alive, and greet as soon as the web server answers."""
    started, greeted = time.monotonic(), False
    while True:
        if server.has_stopped:
            server.__enter__()
        for child in children:
            _keep_alive(child, folder)
        if not greeted and _answers(port):
            _greet(folder, port)
            greeted = True
        elif not greeted and time.monotonic() - started > WEB_SECONDS:
            raise CannotRun(_does_not_run("web", folder, ""))
        time.sleep(LOOK_SECONDS)


def _keep_alive(child: Child, folder: DemoFolder) -> None:
    try:
        child.keep_alive()
    except KeepsDying as dying:
        raise CannotRun(_does_not_run(child.name, folder, str(dying))) from dying


def _answers(port: int) -> bool:
    web = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        web.request("GET", "/gezond/gereed")
        return web.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


def _greet(folder: DemoFolder, port: int) -> None:
    click.echo(
        f"""
  Vreemde Ogen draait · is running

      http://localhost:{port}

  Kies op de eerste pagina wie je wilt zijn · On the first page, choose who you want to be.
  Stoppen · stop: Ctrl-C    Opnieuw beginnen · start over: make reset
  Wat de server meldt · what the server reports: {folder.log("web")}
"""
    )


def _does_not_run(name: str, folder: DemoFolder, lines: str) -> str:
    return (
        f"Dit onderdeel blijft niet draaien: {name}. Alles is gestopt; er is niets verloren. Zie {folder.log(name)}\n"
        f"This part does not keep running: {name}. Everything is stopped; nothing is lost. See {folder.log(name)}\n"
        f"{lines}"
    )
