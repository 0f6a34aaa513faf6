"""Passwords for members of the cast, and what tests do with a browser at the door.

The cast has no passwords, because a real one takes time to make.
"""

import re
from functools import cache

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.identity.models import Login
from app.identity.secrets import hash_password
from app.pipeline import Application
from tests.world import Member

PASSWORD = "wie goed kijkt ziet meer"
SESSION = "vreemdeogen"


@cache
def _hash() -> str:
    return hash_password(PASSWORD)


def with_password(app: Application, *members: Member) -> None:
    """Let these members sign in with `PASSWORD`."""
    with app.database.global_unit() as unit:
        for member in members:
            unit.get_one(Login, member.identity_id).password_hash = _hash()


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Send the form of the sign-in page."""
    return client.post("/inloggen", data={"email": email, "password": password, **more})


def is_inside(client: FlaskClient) -> bool:
    """Whether the browser still opens the network's first page."""
    return client.get("/waterland/").status_code == 200


def holding(app: Application, cookie: str) -> FlaskClient:
    """A browser with a cookie from before."""
    client = app.test_client()
    client.set_cookie(SESSION, cookie)
    return client


def plain(page: TestResponse) -> str:
    """A page without its CSRF token."""
    return re.sub(r'name="csrf_token" value="[^"]+"|X-CSRFToken[^}]+', "", page.text)
