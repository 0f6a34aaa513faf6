"""Tests stay on this machine."""

import socket

import pytest

from tests.loopback import Elsewhere


def test_a_connection_to_elsewhere_is_refused():
    with socket.socket() as planted, pytest.raises(Elsewhere):
        planted.connect(("192.0.2.1", 80))


def test_a_connection_to_this_machine_is_made():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
