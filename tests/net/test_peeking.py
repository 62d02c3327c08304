"""Our own accepting, which `tls_auto` needs under uvloop; here under asyncio's loop. See test_loops, too."""

from __future__ import annotations

import asyncio
import errno
import socket

import pytest

from bbsterm.net import peeking
from bbsterm.net.peeking import PeekingListener


class Greeter(asyncio.Protocol):
    def connection_made(self, transport):
        encrypted = transport.get_extra_info("ssl_object") is not None
        transport.write(b"secure" if encrypted else b"plain")
        transport.close()


class Full(socket.socket):
    """A listening socket of a process that has no descriptors left."""

    refusals = 0

    def accept(self):
        if not self.refusals:
            self.refusals += 1
            raise OSError(errno.EMFILE, "Too many open files")
        return super().accept()


@pytest.fixture
def listen(tls):
    def listen(kind=socket.socket, patience=0.01):
        listening = kind()
        listening.bind(("127.0.0.1", 0))
        listening.setblocking(False)
        listener = PeekingListener(
            [listening], Greeter, tls.server, patience=patience, handshake_timeout=5.0, backlog=10
        )
        return listener, listening.getsockname()

    return listen


async def said(address, **options):
    reader, writer = await asyncio.open_connection(*address, **options)
    try:
        return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


async def test_silence_is_plain_and_a_client_hello_is_not(listen, tls):
    listener, address = listen()
    await listener.start_serving()
    await listener.start_serving()  # a second time, nothing happens

    assert await said(address) == b"plain"
    assert await said(address, ssl=tls.client, server_hostname="localhost") == b"secure"
    listener.close()
    await listener.wait_closed()


async def test_no_descriptors_left_is_waited_out(listen, monkeypatch, caplog):
    monkeypatch.setattr(peeking, "_REST_SECONDS", 0.01)
    listener, address = listen(Full)
    await listener.start_serving()

    assert await said(address) == b"plain"
    assert "cannot accept: Too many open files" in caplog.text
    listener.close()
    await listener.wait_closed()


async def test_closing_hangs_up_on_who_has_not_spoken_and_ends_serving_for_ever(listen):
    listener, address = listen(patience=1000)
    serving = asyncio.create_task(listener.serve_forever())
    await started(listener)
    reader, writer = await asyncio.open_connection(*address)
    while not listener._looking:  # noqa: ASYNC110  # nothing tells
        await asyncio.sleep(0)
    listener.close()
    listener.close()

    await serving
    assert await reader.read() == b""
    assert (listener.is_serving(), listener.sockets) == (False, ())
    writer.close()
    await listener.wait_closed()


async def started(listener):
    while not listener.is_serving():  # noqa: ASYNC110  # nothing tells
        await asyncio.sleep(0)
