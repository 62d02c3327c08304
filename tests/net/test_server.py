"""`create_server` over loopback sockets: coming, going, limits, faults."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
import socket
import struct
import tracemalloc

import pytest

from bbsterm.net import Admission, BaseServer, TelnetServer, create_server, open_connection
from bbsterm.telopt import DO, IAC, TTYPE, WONT

CALLS = int(os.environ.get("BBSTERM_CALLS", "300"))
"""Clients that come and go in the memory test; 10,000 is the figure to reach."""


def port_of(server):
    return server.sockets[0].getsockname()[1]


async def call(server):
    return await asyncio.open_connection("127.0.0.1", port_of(server))


async def hang_up(writer):
    writer.close()
    await writer.wait_closed()


async def refuse_everything(reader, writer):
    """Answer no to whatever the server asks; return what it said at the end."""
    seen = b""
    while data := await reader.read(1024):
        seen += data
        *asked, seen = re.split(rb"\xff([\xfb\xfd].)", seen, flags=re.DOTALL)
        for verb, option in asked[1::2]:
            writer.write(bytes((0xFF, {0xFB: 0xFE, 0xFD: 0xFC}[verb], option)))
    return seen


async def until(condition):
    """Let the loop turn until something is true."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  # any condition at all, not one that somebody could set
            await asyncio.sleep(0)


async def echo(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()


async def idle(reader, writer):
    await reader.read()


async def hello(reader, writer):
    writer.write("hello\r\n")


# --- coming and going ---------------------------------------------------------------------


async def test_a_raw_peer_is_asked_one_question_and_greeted_after_a_short_silence():
    async with await create_server("127.0.0.1", 0, shell=hello, raw_silence=0.01) as server:
        reader, writer = await call(server)

        assert await reader.read() == IAC + DO + TTYPE + b"hello\r\n"
        await hang_up(writer)


async def test_a_peer_that_refuses_is_greeted_as_soon_as_nothing_is_pending():
    async with await create_server("127.0.0.1", 0, shell=hello, raw_silence=50, connect_maxwait=50) as server:
        reader, writer = await call(server)

        assert await refuse_everything(reader, writer) == b"hello\r\n"
        await hang_up(writer)


async def test_clients_are_those_who_are_there_and_wait_for_client_gives_them_in_turn():
    async with await create_server("127.0.0.1", 0) as server:
        assert server.clients == []
        lines = [await call(server) for _ in range(2)]
        for _, writer in lines:
            writer.write(IAC + WONT + TTYPE)

        first, second = [await server.wait_for_client() for _ in lines]
        assert {first, second} == set(server.clients)
        assert first is not second
        first.writer.write("you are first\r\n")

        for _, writer in lines:
            await hang_up(writer)
        await until(lambda: server.clients == [])


async def test_who_has_left_is_not_waited_for():
    async with await create_server("127.0.0.1", 0) as server:
        _, writer = await call(server)
        writer.write(IAC + WONT + TTYPE)
        await until(lambda: server._waiting)
        await hang_up(writer)
        await until(lambda: not server.clients)

        waiting = asyncio.ensure_future(server.wait_for_client())
        await asyncio.sleep(0)
        assert not waiting.done()

        _, writer = await call(server)
        writer.write(IAC + WONT + TTYPE)
        client = await waiting
        assert client.get_extra_info("peername")[1] == writer.get_extra_info("sockname")[1]
        await hang_up(writer)


async def test_clients_whom_nobody_asks_for_are_bounded(monkeypatch):
    monkeypatch.setattr("bbsterm.net.server.MAX_CLIENTS_WAITING", 2)
    async with await create_server("127.0.0.1", 0) as server:
        lines = [await call(server) for _ in range(4)]
        for _, writer in lines:
            writer.write(IAC + WONT + TTYPE)
        await until(lambda: all(client._ready for client in server.clients) and len(server.clients) == 4)

        assert list(server._waiting) == server.clients[2:]
        for _, writer in lines:
            await hang_up(writer)


async def test_closing_hangs_up_on_everybody_and_frees_the_port():
    server = await create_server("127.0.0.1", 0, shell=idle, raw_silence=0)
    port = port_of(server)
    reader, writer = await call(server)
    await until(lambda: server._shells)
    assert server.is_serving()

    server.close()
    await server.wait_closed()

    assert not server.is_serving()
    assert server.sockets == ()
    assert await reader.read() == IAC + DO + TTYPE
    assert not server.clients
    assert not server._shells
    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.1", port)
    await hang_up(writer)
    await (await create_server("127.0.0.1", port)).__aexit__(None, None, None)


async def test_closing_cancels_shells_that_linger(monkeypatch):
    monkeypatch.setattr("bbsterm.net.server._LINGER_SECONDS", 0.001)
    cancelled = asyncio.Event()

    async def stubborn(reader, writer):
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            cancelled.set()

    async with await create_server("127.0.0.1", 0, shell=stubborn, raw_silence=0) as server:
        _, writer = await call(server)
        await until(lambda: server._shells)

    assert cancelled.is_set()
    await hang_up(writer)


async def test_what_was_written_last_still_arrives_when_the_server_closes():
    async with await create_server("127.0.0.1", 0, shell=idle, raw_silence=0) as server:
        reader, writer = await call(server)
        await until(lambda: server._shells)
        server.clients[0].writer.write("x" * 500_000 + "goodbye\r\n")
        server.close()

        assert (await reader.read()).endswith(b"goodbye\r\n")
        await hang_up(writer)


async def test_serve_forever_ends_when_it_is_cancelled():
    server = await create_server("127.0.0.1", 0, shell=hello)
    serving = asyncio.ensure_future(server.serve_forever())
    await asyncio.sleep(0)
    assert server.is_serving()

    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    await server.wait_closed()
    with pytest.raises(RuntimeError, match="closed"):
        await server.serve_forever()


@pytest.mark.parametrize("way", ["cancelled", "closed"])
async def test_serve_forever_ends_with_clients_on_the_line(way):
    server = await create_server("127.0.0.1", 0, shell=echo, raw_silence=0, start_serving=False)
    serving = asyncio.ensure_future(server.serve_forever())
    await asyncio.sleep(0)
    reader, writer = await call(server)
    await until(lambda: server.clients)
    if way == "closed":
        server.close()
        await serving
    else:
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving

    await reader.read()  # to the end
    await hang_up(writer)
    await server.wait_closed()
    assert not server.clients


async def test_a_port_that_is_taken_is_an_error():
    async with await create_server("127.0.0.1", 0) as server:
        with pytest.raises(OSError):
            await create_server("127.0.0.1", port_of(server))


async def test_tls_auto_needs_a_certificate():
    with pytest.raises(ValueError, match=r"tls_auto= requires"):
        await create_server("127.0.0.1", 0, tls_auto=True)


async def test_an_encoding_that_nobody_knows_is_our_own_mistake():
    async with await create_server(
        "127.0.0.1", 0, encoding="petscii", shell=hello, force_binary=True
    ) as server:
        reader, writer = await call(server)
        writer.write(IAC + WONT + TTYPE)
        assert (await reader.read()).endswith(b"HELLO\r\n")
        await hang_up(writer)


async def test_any_protocol_may_be_served():
    class Loud(asyncio.Protocol):
        def connection_made(self, transport):
            transport.write(b"LOUD")
            transport.close()

    async with await create_server("127.0.0.1", 0, protocol_factory=Loud) as server:
        reader, writer = await call(server)
        assert await reader.read() == b"LOUD"
        await hang_up(writer)


@pytest.mark.parametrize("factory", [BaseServer, TelnetServer])
async def test_a_tap_sees_every_byte(factory):
    seen = []

    def tap(client):
        return lambda direction, data: seen.append((direction, data))

    async with await create_server("127.0.0.1", 0, factory, shell=hello, tap=tap) as server:
        reader, writer = await call(server)
        writer.write(IAC + WONT + TTYPE)
        data = await reader.read()
        await hang_up(writer)

    assert b"".join(part for direction, part in seen if direction == ">>") == data
    assert ("<<", IAC + WONT + TTYPE) in seen


async def test_ipv6():
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        server = await create_server("::1", 0, shell=hello, raw_silence=0)
    except OSError:
        pytest.skip("no IPv6 loopback here")
    async with server:
        reader, writer = await asyncio.open_connection("::1", port_of(server))
        assert (await reader.read()).endswith(b"hello\r\n")
        await hang_up(writer)


# --- limits ---------------------------------------------------------------------------------


async def test_more_than_may_come_are_told_that_the_lines_are_busy(caplog):
    admission = Admission(total=1, busy=b"busy\r\n")
    async with await create_server("127.0.0.1", 0, shell=idle, admission=admission) as server:
        first = await call(server)
        await until(lambda: server.clients)
        reader, writer = await call(server)

        assert await reader.read() == b"busy\r\n"
        assert "all 1 lines are busy" in caplog.text
        await hang_up(writer)
        await hang_up(first[1])
        await until(lambda: not server.clients)
        reader, writer = await call(server)
        assert await reader.readexactly(3) == IAC + DO + TTYPE
        await hang_up(writer)


# --- slow, rude and gone --------------------------------------------------------------------


async def test_half_close_is_answered():
    async def shell(reader, writer):
        writer.write("you said " + await reader.read())

    async with await create_server("127.0.0.1", 0, shell=shell, raw_silence=50) as server:
        reader, writer = await call(server)
        writer.write(b"x")
        writer.write_eof()

        assert await reader.read() == IAC + DO + TTYPE + b"you said x"
        await hang_up(writer)


@pytest.mark.parametrize("offset", [*range(12), 20, 33])
async def test_a_reset_at_any_moment_of_negotiation_is_no_error(offset, caplog):
    said = (
        IAC
        + b"\xfb\x18"
        + IAC
        + b"\xfa\x18\x00xterm"
        + IAC
        + b"\xf0"
        + IAC
        + b"\xfb\x1f"
        + IAC
        + b"\xfd\x03" * 4
    )
    async with await create_server("127.0.0.1", 0, shell=echo) as server:
        sock = socket.create_connection(("127.0.0.1", port_of(server)))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        await until(lambda: server.clients)
        sock.sendall(said[:offset])
        sock.close()  # with RST
        await until(lambda: not server.clients and not server._shells)

    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_thousand_lines_opened_and_dropped_leave_nothing_behind():
    async with await create_server("127.0.0.1", 0, shell=idle) as server:
        tasks = asyncio.all_tasks()
        for _ in range(10):
            socks = [socket.create_connection(("127.0.0.1", port_of(server))) for _ in range(CALLS // 10)]
            await until(lambda: len(server.clients) >= CALLS // 20)
            for sock in socks:
                sock.close()
            await until(lambda: not server.clients)
        await until(lambda: not server._shells)

        assert asyncio.all_tasks() == tasks
        assert not server._waiting


async def come_and_go(server):
    sock = socket.create_connection(("127.0.0.1", port_of(server)))
    sock.sendall(IAC + WONT + TTYPE + b"hello\r\n")
    await until(lambda: server.clients)
    sock.close()
    await until(lambda: not server.clients)


async def test_a_server_does_not_grow_with_the_number_of_its_calls():
    async with await create_server("127.0.0.1", 0, shell=echo) as server:
        for _ in range(20):
            await come_and_go(server)
        gc.collect()
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            for _ in range(CALLS):
                await come_and_go(server)
            gc.collect()
            grown = tracemalloc.get_traced_memory()[0] - before
        finally:
            tracemalloc.stop()

    assert grown < 64 * 1024, f"{grown} bytes more after {CALLS} calls"


async def test_a_shell_that_is_cancelled_closes_its_line():
    async with await create_server("127.0.0.1", 0, shell=idle, raw_silence=0) as server:
        reader, writer = await call(server)
        await until(lambda: server._shells)
        next(iter(server._shells)).cancel()

        assert await reader.read() == IAC + DO + TTYPE
        await hang_up(writer)


async def test_our_client_and_our_server_agree():
    async def shell(reader, writer):
        await writer.wait_for(remote={"NAWS": True, "BINARY": True}, local={"BINARY": True})
        line = f"{writer.mode} {writer.get_extra_info('cols')}x{writer.get_extra_info('rows')}"
        writer.write(f"{line} {writer.get_extra_info('TERM')} é\r\n")
        await reader.readline()

    async with await create_server("127.0.0.1", 0, shell=shell) as server:
        reader, writer = await open_connection("127.0.0.1", port_of(server), term="vt220", cols=99, rows=33)
        assert await reader.readline() == "kludge 99x33 vt220 é\r\n"
        assert writer.mode == "kludge"
        await hang_up(writer)


async def test_a_class_with_ideas_of_its_own_is_told_everything_the_others_only_what_is_unusual():
    told = []

    class Own(TelnetServer):
        def __init__(self, shell=None, **options):
            told.append(options)
            super().__init__(shell, **options)

    class Plain(TelnetServer):
        pass

    for kind in (Own, Plain, TelnetServer):
        options = {"protocol_factory": kind, "shell": None, "cols": 132, "encoding": False, "timeout": 0}
        async with await create_server("127.0.0.1", 0, **options) as server:
            sock = socket.create_connection(("127.0.0.1", port_of(server)))
            await until(lambda: server.clients)  # looked at before the next one
            client = server.clients[0]
            assert client.get_extra_info("cols") == 132
            assert client.get_extra_info("rows") == 25
            assert client.get_extra_info("timeout") == 0
            assert client.default_encoding is False
            sock.close()

    assert told[0]["rows"] == 25
    assert told[0]["encoding_errors"] == "replace"
