"""A real browser on a real server: its own database with the cast, on a port of this machine alone."""

import os
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from app.identity.services import open_sign_in
from app.pipeline import Application
from tests.browser import ensure
from tests.conftest import MASTER_KEY, application, clone
from tests.walls.resources import Place
from tests.world import Cast, Member, build_world

AXE = (Path(__file__).parent / "axe.min.js").read_text()
DESK, PHONE, SMALL_PHONE = 1280, 390, 320
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@dataclass(frozen=True)
class LiveServer:
    """The application as browsers reach it."""

    app: Application
    cast: Cast
    url: str

    def cookie_for(self, member: Member | None, language: str = "nl") -> str:
        """The session cookie of somebody who is signed in, under a session row of her own."""
        values: dict[str, str] = {"language": language}
        if member:
            with self.app.database.global_unit():
                values["_user_id"] = open_sign_in(member.identity_id, "journey")
        serializer = self.app.session_interface.get_signing_serializer(self.app)
        return serializer.dumps(values)


class _Quiet(WSGIRequestHandler):
    def log(self, *_arguments: object) -> None:
        """A journey needs no log of its requests."""


@pytest.fixture(scope="session")
def live(worker_id: str) -> Generator[LiveServer]:
    """The server, with a database of its own."""
    server = make_server(
        "127.0.0.1", 0, lambda *call: app(*call), threaded=True, request_handler=_Quiet  # noqa: PLW0108 - the app is made below
    )  # fmt: skip
    url = f"http://127.0.0.1:{server.port}"
    app = application(clone(f"journeys_{worker_id}"), base_url=url)
    cast = build_world(app.database, MASTER_KEY)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield LiveServer(app, cast, url)
    server.shutdown()
    thread.join()
    server.server_close()
    app.database.engine.dispose()


@pytest.fixture(autouse=True)
def inside_app(live: LiveServer) -> Generator[None]:
    """The context of the application, for what a journey does beside the browser."""
    with live.app.app_context():
        yield


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """The Chromium that `tests/browser.py` found."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=ensure(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def place(live: LiveServer) -> Place:
    """Our network, with all that the pages show, each made once."""
    return Place(live.cast.network, live.cast["ib"], live.cast)


@dataclass
class Visit:
    """A tab, and what went wrong in it: script errors, refusals of the CSP, files that did not come."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("requestfailed", self._no_answer)
        self.page.on("response", self._response)

    def _no_answer(self, request: Request) -> None:
        # A page that is left stops what it still asked for in the background.
        if not (request.resource_type in {"fetch", "xhr"} and request.failure == "net::ERR_ABORTED"):
            self.faults.append(f"no answer: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def open_visit(live: LiveServer, browser: Browser) -> Generator[Callable[..., Visit]]:
    """Open a tab with a session cookie, in a browser context of its own."""
    contexts: list[BrowserContext] = []

    def open_tab(cookie: str, width: int = DESK) -> Visit:
        context = browser.new_context(
            base_url=live.url, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        contexts.append(context)
        name = live.app.config["SESSION_COOKIE_NAME"]
        context.add_cookies([{"name": name, "value": cookie, "url": live.url}])
        return Visit(context.new_page())

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture
def visit_as(live: LiveServer, open_visit: Callable[..., Visit]) -> Generator[Callable[..., Visit]]:
    """Open a tab in which a member of the cast (or nobody) is signed in."""
    visits: list[Visit] = []

    def open_tab(member: Member | None, width: int = DESK, language: str = "nl") -> Visit:
        visits.append(open_visit(live.cookie_for(member, language), width))
        return visits[-1]

    yield open_tab
    for visit in visits:
        visit.page.close()


@pytest.fixture
def page_as(visit_as: Callable[..., Visit]) -> Callable[..., Page]:
    """As `visit_as`, for who wants the page alone."""
    return lambda member, width=DESK, language="nl": visit_as(member, width, language).page


def axe_findings(page: Page) -> list[str]:
    """What axe says is wrong with the page, a line for each kind."""
    page.wait_for_load_state()
    # Once for each document; and what axe would load beforehand serves only audio, of which we have none.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(
        """async () => {
            const found = await axe.run(document, {resultTypes: ['violations'], preload: false});
            return found.violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html).join(' … ')}`);
        }"""
    )


def no_axe_findings(page: Page) -> None:
    """Fail when axe finds something."""
    assert axe_findings(page) == []


def sideways(page: Page) -> list[str]:
    """What sticks out of the page at the right, if the page can be scrolled sideways."""
    page.wait_for_load_state()
    return page.evaluate("""() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return [];
        return [...document.querySelectorAll('body *')]
            .filter(node => node.getBoundingClientRect().right > room + 1)
            .map(node => node.outerHTML.slice(0, 80)).slice(-3).concat('scrolls sideways');
    }""")


def no_sideways_scroll(page: Page, *widths: int) -> None:
    """Fail when the page can be scrolled sideways at one of the widths."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) == [], f"at {width} pixels"
