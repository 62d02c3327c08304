from __future__ import annotations

import pytest

from bbsterm.protocol import Aardwolf, AardwolfReceived, Connection, ProtocolViolation, Role


def agreed() -> Connection:
    client = Connection(Role.CLIENT, [Aardwolf()])
    client.receive_data(b"\xff\xfb\x66")  # IAC WILL 102
    client.data_to_send()
    return client


@pytest.mark.parametrize(
    ("wire", "event"),
    [(b"\x64\x03", AardwolfReceived(100, b"\x03")), (b"\x01", AardwolfReceived(1, b""))],
)
def test_a_channel_and_its_data_both_ways(wire, event):
    client = agreed()

    assert client.receive_data(b"\xff\xfa\x66" + wire + b"\xff\xf0") == [event]
    assert client.send(event)
    assert client.data_to_send() == b"\xff\xfa\x66" + wire + b"\xff\xf0"


def test_no_channel_is_a_violation():
    (event,) = agreed().receive_data(b"\xff\xfa\x66\xff\xf0")

    assert isinstance(event, ProtocolViolation)
