from __future__ import annotations

import pytest

from bbsterm.protocol import Atcp, AtcpReceived, Connection, ProtocolViolation, Role


def agreed() -> Connection:
    client = Connection(Role.CLIENT, [Atcp()])
    client.receive_data(b"\xff\xfb\xc8")  # IAC WILL ATCP
    client.data_to_send()
    return client


@pytest.mark.parametrize(
    ("wire", "event"),
    [
        (b"Room.Num 12345", AtcpReceived("Room.Num", b"12345")),
        (b"Auth.Request", AtcpReceived("Auth.Request", b"")),
    ],
)
def test_a_message_is_a_package_and_a_text_both_ways(wire, event):
    client = agreed()

    assert client.receive_data(b"\xff\xfa\xc8" + wire + b"\xff\xf0") == [event]
    assert client.send(event)
    assert client.data_to_send() == b"\xff\xfa\xc8" + wire + b"\xff\xf0"


def test_a_message_without_a_package_is_a_violation():
    (event,) = agreed().receive_data(b"\xff\xfa\xc8 text\xff\xf0")

    assert isinstance(event, ProtocolViolation)
