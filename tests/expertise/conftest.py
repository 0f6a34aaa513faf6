"""Who acts in the tests of expertise."""

from collections.abc import Callable

import pytest

from app.kernel.actor import Actor
from app.organisation.queries import actor_of


@pytest.fixture
def actor(unit, cast) -> Callable[[str], Actor]:
    """Somebody of the cast, as she acts today."""

    def find(key: str) -> Actor:
        found = actor_of(cast[key].identity_id)
        assert found
        return found

    return find
