from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_MUD_SUBNEGOTIATION, MAX_SUBNEGOTIATION
from bbsterm.protocol import (
    Connection,
    Gmcp,
    GmcpReceived,
    OptionCode,
    ProtocolViolation,
    RequestOption,
    Role,
    Side,
)
from bbsterm.testing import pair


def agreed() -> Connection:
    client = Connection(Role.CLIENT, [Gmcp()])
    client.receive_data(b"\xff\xfb\xc9")  # IAC WILL GMCP
    client.data_to_send()
    return client


def sb(payload: bytes) -> bytes:
    return b"\xff\xfa\xc9" + payload + b"\xff\xf0"


@pytest.mark.parametrize(
    ("wire", "event"),
    [
        (b'Char.Vitals {"hp": 99}', GmcpReceived("Char.Vitals", b'{"hp": 99}')),
        (b"Core.Ping", GmcpReceived("Core.Ping", b"")),
        (b"Comm.Say  two spaces", GmcpReceived("Comm.Say", b" two spaces")),
    ],
)
def test_a_message_is_a_package_and_a_document(wire, event):
    assert agreed().receive_data(sb(wire)) == [event]


@pytest.mark.parametrize("wire", [b"", b" {}", "Schön {}".encode()])
def test_a_message_without_a_package_is_a_violation(wire):
    (event,) = agreed().receive_data(sb(wire))

    assert isinstance(event, ProtocolViolation)


def test_a_document_may_be_longer_than_other_subnegotiations():
    document = b"x" * (MAX_MUD_SUBNEGOTIATION - 2)

    assert len(document) > MAX_SUBNEGOTIATION
    assert agreed().receive_data(sb(b"A " + document)) == [GmcpReceived("A", document)]
    (event,) = agreed().receive_data(sb(b"A x" + document))
    assert isinstance(event, ProtocolViolation)


def test_a_client_does_not_perform_it_but_a_server_may_let_it():
    client = Connection(Role.CLIENT, [Gmcp()])
    client.receive_data(b"\xff\xfd\xc9")  # IAC DO GMCP
    assert client.data_to_send() == b"\xff\xfc\xc9"

    server = Connection(Role.SERVER, [Gmcp()])
    server.receive_data(b"\xff\xfb\xc9")  # IAC WILL GMCP
    assert server.data_to_send() == b"\xff\xfd\xc9"


@given(st.text("abcXYZ.0", min_size=1, max_size=10), st.binary(max_size=80))
def test_messages_arrive_both_ways(package, document):
    both = pair(client=[Gmcp()], server=[Gmcp()])
    both.server.send(RequestOption(OptionCode.GMCP, Side.LOCAL))
    both.settle()
    message = GmcpReceived(package, document)

    both.server.send(message)
    both.client.send(message)
    both.settle()

    assert both.client_events[-1] == message
    assert both.server_events[-1] == message
