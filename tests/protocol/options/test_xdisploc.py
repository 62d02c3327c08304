from __future__ import annotations

import pytest

from bbsterm.limits import MAX_LOCATION
from bbsterm.protocol import (
    Connection,
    DisplayLocation,
    DisplayReceived,
    OptionCode,
    ProtocolViolation,
    ReportRequested,
    Role,
)

SEND = b"\xff\xfa\x23\x01\xff\xf0"


def test_a_server_asks_and_is_told():
    server = Connection(Role.SERVER, [DisplayLocation()])
    server.receive_data(b"\xff\xfb\x23")  # IAC WILL XDISPLOC

    assert server.data_to_send() == b"\xff\xfd\x23" + SEND
    assert not server.settled
    assert server.receive_data(b"\xff\xfa\x23\x00bbs.example:0\xff\xf0") == [DisplayReceived("bbs.example:0")]
    assert server.settled


@pytest.mark.parametrize("display", ["", "bbs.example:0"])
def test_a_client_answers(display):
    client = Connection(Role.CLIENT, [DisplayLocation(display)])

    client.receive_data(b"\xff\xfd\x23" + SEND)

    assert client.data_to_send() == b"\xff\xfb\x23\xff\xfa\x23\x00" + display.encode() + b"\xff\xf0"


def test_a_server_may_ask_again():
    server = Connection(Role.SERVER, [DisplayLocation()])
    server.receive_data(b"\xff\xfb\x23")
    server.data_to_send()

    assert server.send(ReportRequested(OptionCode.XDISPLOC))
    assert server.data_to_send() == SEND


@pytest.mark.parametrize("payload", [b"", b"\x01", b"\x00" + b"x" * (MAX_LOCATION + 1), b"\x00a\x1bb"])
def test_what_is_no_display_is_a_violation(payload):
    server = Connection(Role.SERVER, [DisplayLocation()])
    server.receive_data(b"\xff\xfb\x23")

    (event,) = server.receive_data(b"\xff\xfa\x23" + payload + b"\xff\xf0")

    assert isinstance(event, ProtocolViolation)
