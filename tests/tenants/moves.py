"""Move a network from one installation to another, in tests."""

import io

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.cli.archives import upstairs_of
from config.settings import MasterKey
from tenants.archive.export import export_network
from tenants.archive.packed import PackedArchive
from tenants.archive.restore import restore_network
from tenants.provision import MIGRATE
from tenants.session import Database, open_engine
from tests.conftest import address, application, clone

ELSEWHERE = MasterKey(bytes(range(100, 132)))
"""The master key of the other installation."""


def silent(done):
    assert 0 <= done <= 1


def export(app, network, *, readable=False):
    """The archive's bytes, its list of contents, and its key."""
    target = io.BytesIO()
    with app.database.unit_of_work(network, read_only=True, with_identities=True, snapshot=True) as unit:
        manifest, key = export_network(
            unit, target, upstairs_of(app.settings, app.database), readable=readable, report=silent
        )
    return target.getvalue(), manifest, key


def restore(app, content, key):
    """The restored network, opened."""
    with PackedArchive(io.BytesIO(content), key) as archive:
        upstairs = upstairs_of(app.settings, app.database)
        tenant = restore_network(app.restoring, app.master_key, archive, upstairs, silent)
    return tenant.opened(app.master_key)


def installation(name, **changes):
    """An empty installation, with the way in of whoever runs it."""
    clone(name)
    app = application(name, **changes)
    app.restoring = Database(open_engine(address(name, MIGRATE), pool_size=1))
    return app


def rows_everywhere(database_name):
    with create_engine(address(database_name, MIGRATE), poolclass=NullPool).connect() as connection:
        names = connection.scalars(
            text("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        )
        return {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in names.all()}
