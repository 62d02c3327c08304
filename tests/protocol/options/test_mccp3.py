from __future__ import annotations

import zlib

from bbsterm.protocol import (
    CompressionChanged,
    Connection,
    Mccp2,
    Mccp3,
    OptionCode,
    RequestOption,
    Role,
    Side,
    TextReceived,
)
from bbsterm.testing import one_by_one, pair

START = b"\xff\xfa\x57\xff\xf0"  # IAC SB MCCP3 IAC SE


def text(events) -> bytes:
    return b"".join(event.data for event in events if isinstance(event, TextReceived))


def test_a_client_that_agrees_compresses_at_once():
    client = Connection(Role.CLIENT, [Mccp3()])

    client.receive_data(b"\xff\xfb\x57")  # IAC WILL MCCP3
    client.send_text(b"look\r\n")
    wire = client.data_to_send()

    assert wire.startswith(b"\xff\xfd\x57" + START)
    assert zlib.decompressobj().decompress(wire[8:]) == b"look\r\n"


def test_a_server_inflates_in_the_same_segment():
    server = Connection(Role.SERVER, [Mccp3()])
    server.send(RequestOption(OptionCode.MCCP3, Side.LOCAL))

    events = server.receive_data(b"\xff\xfd\x57" + START + zlib.compress(b"look\r\n") + b"plain")

    assert text(events) == b"look\r\nplain"
    assert server.data_to_send() == b"\xff\xfb\x57"  # and no WONT after it


def test_a_stream_that_was_not_agreed_on_does_not_begin():
    server = Connection(Role.SERVER, [Mccp3()])

    assert text(server.receive_data(START + b"plain")) == b"plain"


def test_a_server_that_stops_it_gets_the_end_of_the_stream():
    client = Connection(Role.CLIENT, [Mccp3()])
    client.receive_data(b"\xff\xfb\x57")
    client.data_to_send()

    events = client.receive_data(b"\xff\xfc\x57")  # IAC WONT MCCP3
    client.send_text(b"plain")
    stream = zlib.decompressobj()

    assert CompressionChanged(Side.LOCAL, enabled=False) in events
    assert stream.decompress(client.data_to_send()) == b"\xff\xfe\x57"
    assert stream.unused_data == b"plain"


def test_both_directions_at_once():
    both = pair(client=[Mccp2(), Mccp3()], server=[Mccp2(), Mccp3()], cut=one_by_one, delay=2)
    both.server.send(RequestOption(OptionCode.MCCP2, Side.LOCAL))
    both.server.send(RequestOption(OptionCode.MCCP3, Side.LOCAL))
    both.settle()

    both.server.send_text(b"You see a dragon.\r\n" * 50)
    both.client.send_text(b"flee\r\n" * 50)
    both.settle()

    assert text(both.client_events) == b"You see a dragon.\r\n" * 50
    assert text(both.server_events) == b"flee\r\n" * 50
    assert len(both.down.carried) < 200
    assert len(both.up.carried) < 150
