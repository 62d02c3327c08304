from __future__ import annotations

import pytest

from bbsterm.protocol import (
    Connection,
    OptionCode,
    ProtocolViolation,
    ReportRequested,
    Role,
    TerminalSpeed,
    TerminalSpeedReceived,
)


def served() -> Connection:
    server = Connection(Role.SERVER, [TerminalSpeed()])
    server.receive_data(b"\xff\xfb\x20")  # IAC WILL TSPEED
    return server


def test_a_server_asks_at_once():
    server = served()

    assert server.data_to_send() == b"\xff\xfd\x20\xff\xfa\x20\x01\xff\xf0"  # DO TSPEED, SB TSPEED SEND
    assert not server.settled
    assert server.receive_data(b"\xff\xfa\x20\x0038400,9600\xff\xf0") == [TerminalSpeedReceived(38400, 9600)]
    assert server.settled


def test_a_client_answers():
    client = Connection(Role.CLIENT, [TerminalSpeed(57600, 1200)])

    client.receive_data(b"\xff\xfd\x20\xff\xfa\x20\x01\xff\xf0")

    assert client.data_to_send() == b"\xff\xfb\x20\xff\xfa\x20\x0057600,1200\xff\xf0"


def test_a_server_may_ask_again():
    server = served()
    server.data_to_send()

    assert server.send(ReportRequested(OptionCode.TSPEED))
    assert server.data_to_send() == b"\xff\xfa\x20\x01\xff\xf0"


@pytest.mark.parametrize("speeds", [b"", b"38400", b"a,b", b"1,2,3", b"9" * 40 + b",1", b"-1,2"])
def test_what_is_no_speed_is_a_violation(speeds):
    (event,) = served().receive_data(b"\xff\xfa\x20\x00" + speeds + b"\xff\xf0")

    assert isinstance(event, ProtocolViolation)
    assert event.source == "RFC 1079"


def test_a_client_is_told_no_speed():
    client = Connection(Role.CLIENT, [TerminalSpeed()])
    client.receive_data(b"\xff\xfd\x20")

    (event,) = client.receive_data(b"\xff\xfa\x20\x0038400,9600\xff\xf0")

    assert isinstance(event, ProtocolViolation)
