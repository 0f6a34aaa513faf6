"""The coordinator at her desk."""

import pytest


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])
