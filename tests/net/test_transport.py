from __future__ import annotations

import asyncio
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import INBOX_HIGH, INBOX_LOW
from bbsterm.net.transport import Wire, prepare_socket


class FakeTransport(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.reading = True
        self.written = bytearray()
        self.closing = False
        self.aborted = False

    def set_write_buffer_limits(self, high=None, low=None):
        self.limits = (low, high)

    def get_write_buffer_size(self):
        return 0

    def pause_reading(self):
        self.reading = False

    def resume_reading(self):
        self.reading = True

    def write(self, data):
        self.written += data

    def can_write_eof(self):
        return True

    def write_eof(self):
        self.wrote_eof = True

    def is_closing(self):
        return self.closing

    def close(self):
        self.closing = True

    def abort(self):
        self.closing = self.aborted = True


@pytest.fixture
def wire():
    return make_wire()


def make_wire(wake=lambda: None) -> Wire:
    wire = Wire(wake)
    wire.connection_made(FakeTransport())
    return wire


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=20), st.lists(st.integers(1, 30), max_size=60))
def test_what_is_taken_is_what_was_received_in_slices_no_longer_than_asked(chunks, limits):
    wire = make_wire()
    for chunk in chunks:
        wire.data_received(chunk)

    taken = [wire.take(limit) for limit in limits]

    assert all(len(data) <= limit for data, limit in zip(taken, limits, strict=True))
    rest = b"".join(iter(lambda: wire.take(1 << 20), b""))
    assert b"".join(taken) + rest == b"".join(chunks)
    assert wire.queued == 0


def test_a_full_inbox_stops_the_socket_until_it_is_nearly_empty(wire):
    wire.data_received(bytes(INBOX_HIGH))
    assert wire._transport.reading

    wire.data_received(b"!")
    assert not wire._transport.reading

    while wire.queued > INBOX_LOW:
        assert not wire._transport.reading
        wire.take(4096)
    wire.take(4096)
    assert wire._transport.reading


def test_a_peer_that_does_not_take_our_answers_is_not_read(wire):
    wire.pause_writing()
    assert not wire._transport.reading
    assert wire.congested

    wire.resume_writing()
    assert wire._transport.reading


def test_every_happening_wakes_the_call():
    woken = []
    wire = make_wire(lambda: woken.append(1))

    wire.data_received(b"a")
    wire.resume_writing()
    wire.eof_received()
    wire.connection_lost(None)

    assert len(woken) == 4


def test_a_lost_line_keeps_what_it_delivered(wire):
    wire.data_received(b"last words")
    wire.connection_lost(ConnectionResetError("gone"))

    assert wire.ended
    assert isinstance(wire.error, ConnectionResetError)
    assert wire.take(100) == b"last words"


def test_writing_to_a_closed_line_is_nothing(wire):
    wire.write(b"a")
    wire._transport.closing = True
    wire.write(b"b")

    assert bytes(wire._transport.written) == b"a"
    assert wire.sent == 1


def test_nothing_is_written_after_the_end(wire):
    wire.write(b"a")
    wire.write_eof()
    wire.write(b"b")

    assert wire._transport.wrote_eof
    assert bytes(wire._transport.written) == b"a"


async def test_closing_a_line_that_takes_nothing_ends_in_an_abort(wire):
    await wire.close(patience=0)

    assert wire._transport.aborted


def test_the_system_watches_the_line():
    with socket.socket() as sock:
        prepare_socket(sock)

        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 60
