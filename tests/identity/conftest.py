"""A browser that came in through the door."""

import pytest
from flask.testing import FlaskClient

from app.pipeline import Application
from tests.identity.accounts import sign_in, with_password
from tests.world import Cast


@pytest.fixture
def signed_in_browser(app: Application, cast: Cast) -> FlaskClient:
    """A browser of the IB'er, signed in with her password."""
    with_password(app, cast["ib"])
    client = app.test_client()
    sign_in(client, cast["ib"].email)
    return client
