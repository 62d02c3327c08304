from __future__ import annotations

import pytest

from bbsterm.limits import MAX_LOCATION
from bbsterm.protocol import Connection, LocationReceived, ProtocolViolation, Role, SendLocation


def test_a_client_with_a_location_tells_it():
    client = Connection(Role.CLIENT, [SendLocation("Machine room")])

    client.receive_data(b"\xff\xfd\x17")  # IAC DO SEND-LOCATION

    assert client.data_to_send() == b"\xff\xfb\x17\xff\xfa\x17Machine room\xff\xf0"


def test_a_client_without_one_refuses():
    client = Connection(Role.CLIENT, [SendLocation()])

    client.receive_data(b"\xff\xfd\x17")

    assert client.data_to_send() == b"\xff\xfc\x17"


def test_a_server_is_told():
    server = Connection(Role.SERVER, [SendLocation()])

    events = server.receive_data(b"\xff\xfb\x17\xff\xfa\x17Machine room\xff\xf0")

    assert server.data_to_send() == b"\xff\xfd\x17"
    assert events[-1] == LocationReceived("Machine room")


def test_a_client_that_moves_says_so():
    client = Connection(Role.CLIENT, [SendLocation("here")])
    client.receive_data(b"\xff\xfd\x17")
    client.data_to_send()

    assert client.send(LocationReceived("there"))
    assert client.data_to_send() == b"\xff\xfa\x17there\xff\xf0"


@pytest.mark.parametrize("location", [b"x" * (MAX_LOCATION + 1), b"\x1b[2J", b"a\nb"])
def test_what_cannot_be_shown_is_a_violation(location):
    server = Connection(Role.SERVER, [SendLocation()])

    events = server.receive_data(b"\xff\xfb\x17\xff\xfa\x17" + location + b"\xff\xf0")

    assert isinstance(events[-1], ProtocolViolation)
