"""Two installations: one with a network that has rows in every table, and an empty one."""

import pytest

from tests.tenants.full_network import fill
from tests.tenants.moves import ELSEWHERE, export, installation
from tests.world import build_world


@pytest.fixture(scope="module")
def source(worker_id):
    """An installation in which the cast's network has rows in every table."""
    app = installation(f"archive_from_{worker_id}")
    cast = build_world(app.database, app.master_key)
    fill(app, cast)
    yield app, cast
    app.restoring.engine.dispose()
    app.database.engine.dispose()


@pytest.fixture(scope="module")
def exported(source):
    app, cast = source
    return export(app, cast.network)


@pytest.fixture
def target(worker_id):
    """Another installation, with another master key, and nothing in it."""
    app = installation(f"archive_to_{worker_id}", master_key=ELSEWHERE)
    yield app
    app.restoring.engine.dispose()
    app.database.engine.dispose()
