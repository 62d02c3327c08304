from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import INFLATE_GUARD_FROM, MAX_INFLATED_AT_ONCE
from bbsterm.protocol import (
    CloseAdvised,
    CompressionChanged,
    Connection,
    Echo,
    Mccp2,
    OptionChanged,
    OptionCode,
    ProtocolViolation,
    RequestOption,
    Role,
    Side,
    TextReceived,
)
from bbsterm.testing import one_by_one, pair

START = b"\xff\xfa\x56\xff\xf0"  # IAC SB MCCP2 IAC SE


def agreed() -> Connection:
    client = Connection(Role.CLIENT, [Mccp2(), Echo()])
    client.receive_data(b"\xff\xfb\x56")  # IAC WILL MCCP2
    assert client.data_to_send() == b"\xff\xfd\x56"
    return client


def text(events) -> bytes:
    return b"".join(event.data for event in events if isinstance(event, TextReceived))


def raw(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


@pytest.mark.parametrize("compress", [zlib.compress, gzip.compress, raw])
@pytest.mark.parametrize("size", [1, 3, 10_000])
def test_the_stream_begins_and_ends_in_the_middle_of_a_segment(compress, size):
    client = agreed()
    wire = b"before" + START + compress(b"inside \xff\xff\xff\xfb\x01") + b"after"

    events = [
        event for at in range(0, len(wire), size) for event in client.receive_data(wire[at : at + size])
    ]

    assert text(events) == b"beforeinside \xffafter"
    assert CompressionChanged(Side.REMOTE, enabled=True) in events
    assert events.index(CompressionChanged(Side.REMOTE, enabled=False)) > events.index(
        OptionChanged(OptionCode.ECHO, Side.REMOTE, enabled=True)
    )


def test_another_stream_may_follow():
    client = agreed()

    events = client.receive_data(START + zlib.compress(b"one") + b"two" + START + zlib.compress(b"three"))

    assert text(events) == b"onetwothree"


def test_a_stream_inside_a_stream_is_a_violation():
    client = agreed()

    events = client.receive_data(START + zlib.compress(b"a" + START + b"b"))

    assert text(events) == b"ab"
    assert any(isinstance(event, ProtocolViolation) for event in events)


def test_a_stream_that_was_not_agreed_on_does_not_begin():
    client = Connection(Role.CLIENT, [Mccp2()])

    events = client.receive_data(START + b"plain")

    assert text(events) == b"plain"


def test_damage_ends_the_call_and_shows_nothing():
    client = agreed()

    events = client.receive_data(START + zlib.compress(b"hello" * 99)[:9] + b"\xff" * 50)

    assert events[-1] == CloseAdvised("the compressed data is damaged")
    assert text(events) == b""
    assert client.receive_data(b"more") == []


def test_one_call_inflates_so_much_and_the_next_goes_on():
    client = agreed()
    wire = START + zlib.compress(bytes(5 * MAX_INFLATED_AT_ONCE // 2))

    sizes = [len(text(client.receive_data(wire)))]
    while client.backlog:
        sizes.append(len(text(client.receive_data(b""))))

    assert sizes == [MAX_INFLATED_AT_ONCE, MAX_INFLATED_AT_ONCE, MAX_INFLATED_AT_ONCE // 2]


def test_what_waits_is_not_lost_when_the_peer_hangs_up():
    client = agreed()
    first = text(client.receive_data(START + zlib.compress(bytes(3 * MAX_INFLATED_AT_ONCE))))

    assert len(first) + len(text(client.receive_eof())) == 3 * MAX_INFLATED_AT_ONCE


def test_a_bomb_ends_the_call_after_eight_megabytes():
    client = agreed()
    bomb = START + zlib.compress(bytes(64 * 1024 * 1024), 9)

    events = client.receive_data(bomb)
    size = len(text(events))
    while client.backlog:
        events = client.receive_data(b"")
        size += len(text(events))

    assert events[-1] == CloseAdvised("the compressed data grows without end")
    assert size <= INFLATE_GUARD_FROM + MAX_INFLATED_AT_ONCE


def test_a_server_compresses_once_it_is_agreed_on():
    server = Connection(Role.SERVER, [Mccp2()])
    server.send(RequestOption(OptionCode.MCCP2, Side.LOCAL))
    server.send_text(b"plain")
    assert server.data_to_send() == b"\xff\xfb\x56plain"

    events = server.receive_data(b"\xff\xfd\x56")  # IAC DO MCCP2
    server.send_text(b"hello")
    wire = server.data_to_send()

    assert CompressionChanged(Side.LOCAL, enabled=True) in events
    assert wire.startswith(START)
    assert zlib.decompressobj().decompress(wire[len(START) :]) == b"hello"


def test_a_client_that_stops_it_gets_the_end_of_the_stream():
    server = Connection(Role.SERVER, [Mccp2()])
    server.receive_data(b"\xff\xfd\x56")
    server.data_to_send()
    server.send_text(b"hello")

    server.receive_data(b"\xff\xfe\x56")  # IAC DONT MCCP2
    server.send_text(b"plain")
    wire = server.data_to_send()

    stream = zlib.decompressobj()
    assert stream.decompress(wire) == b"hello\xff\xfc\x56"  # IAC WONT MCCP2
    assert stream.unused_data == b"plain"


def test_a_server_may_end_its_stream_and_begin_another():
    both = pair(client=[Mccp2()], server=[Mccp2()], cut=one_by_one)
    both.server.send(RequestOption(OptionCode.MCCP2, Side.LOCAL))
    both.settle()
    for number in range(3):
        both.server.send_text(b"compressed %d " % number)
        both.server.send(CompressionChanged(Side.LOCAL, enabled=False))
        both.server.send_text(b"plain %d " % number)
        both.server.send(CompressionChanged(Side.LOCAL, enabled=True))
    both.settle()

    assert text(both.client_events) == b"".join(b"compressed %d plain %d " % (n, n) for n in range(3))
    assert both.down.carried.count(START) == 4


def test_what_is_on_already_is_not_begun_again():
    server = Connection(Role.SERVER, [Mccp2()])
    server.receive_data(b"\xff\xfd\x56")
    server.data_to_send()

    assert not server.send(CompressionChanged(Side.LOCAL, enabled=True))


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_everything_arrives_through_the_stream(pieces):
    both = pair(client=[Mccp2()], server=[Mccp2()], cut=one_by_one)
    both.server.send(RequestOption(OptionCode.MCCP2, Side.LOCAL))
    for piece in pieces:
        both.server.send_text(piece)
        both.settle()

    assert text(both.client_events) == b"".join(pieces)


@given(st.binary(max_size=60))
def test_no_stream_raises(stream):
    client = agreed()
    client.receive_data(START + stream)
    client.receive_eof()
