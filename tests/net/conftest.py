from __future__ import annotations

import asyncio

import pytest


class Transport(asyncio.Transport):
    """A line that goes nowhere: it keeps what was written, and what was asked of it."""

    def __init__(self, **info):
        super().__init__()
        self.sent = bytearray()
        self.info = {"peername": ("192.0.2.1", 5023), **info}
        self.paused = self.closing = self.aborted = False
        self.protocol = None

    def write(self, data):
        self.sent += data

    def take(self):
        data, self.sent = bytes(self.sent), bytearray()
        return data

    def get_extra_info(self, name, default=None):
        return self.info.get(name, default)

    def is_closing(self):
        return self.closing

    def close(self):
        self.closing = True
        if self.protocol is not None:
            protocol, self.protocol = self.protocol, None
            asyncio.get_running_loop().call_soon(protocol.connection_lost, None)

    def abort(self):
        self.aborted = True
        self.close()

    def pause_reading(self):
        self.paused = True

    def resume_reading(self):
        self.paused = False

    def get_write_buffer_size(self):
        return len(self.sent)

    def set_write_buffer_limits(self, high=None, low=None):
        self.limits = (high, low)

    def can_write_eof(self):
        return True

    def write_eof(self):
        self.ended = True


@pytest.fixture
def transport():
    return Transport()


@pytest.fixture
def connect(transport):
    """Connect a protocol to a line that goes nowhere."""

    def connect(protocol, line=transport):
        line.protocol = protocol
        protocol.connection_made(line)
        return protocol

    return connect
