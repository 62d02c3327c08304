"""Hanging up without a reset: the last words arrive although the client's own were never read."""

from __future__ import annotations

import asyncio

import pytest
import telnetlib3

from bbsterm.net import TelnetServer, create_server, lingering, server_base
from bbsterm.net.lingering import Lingering


def port_of(server):
    return server.sockets[0].getsockname()[1]


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  # any condition at all, not one that somebody could set
            await asyncio.sleep(0)


async def farewell(reader, writer):
    """Read one byte of the many that come, answer, and go."""
    await reader.read(1)
    writer.write("Goodbye.\r\n")


async def flood(writer):
    while True:
        writer.write(b"x" * 10_000)
        await writer.drain()
        await asyncio.sleep(0)


class Line:
    closed = False

    def close(self):
        self.closed = True


@pytest.mark.parametrize("pieces", [1, 4])
async def test_last_words_arrive_although_bytes_are_unread(pieces):
    async with await create_server("127.0.0.1", 0, shell=farewell, connect_maxwait=0.01) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        for _ in range(pieces):
            writer.write(b"x" * 100_000)
        said = await reader.read()
        writer.write(b"y" * 100_000)  # on the way while we hang up
        await writer.drain()
        writer.close()
        await writer.wait_closed()

        assert said.endswith(b"Goodbye.\r\n")
        await until(lambda: not server.clients)


async def test_the_line_closes_as_soon_as_the_client_has_hung_up(monkeypatch):
    monkeypatch.setattr(lingering, "LINGER_SECONDS", 1000.0)
    async with await create_server("127.0.0.1", 0, shell=farewell, connect_maxwait=0.01) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        writer.write(b"x")
        await reader.read()
        assert server.clients  # half closed: the client may still talk
        assert server.clients[0].writer.is_closing()
        writer.close()

        await until(lambda: not server.clients)


async def test_a_client_that_never_hangs_up_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(lingering, "LINGER_SECONDS", 0.01)
    monkeypatch.setattr(lingering, "_SWEEP_SECONDS", 0.01)
    async with await create_server("127.0.0.1", 0, shell=farewell, connect_maxwait=0.01) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        writer.write(b"x")
        assert (await reader.read()).endswith(b"Goodbye.\r\n")

        await until(lambda: not server.clients)
        writer.close()


async def test_a_client_that_goes_on_sending_is_not_listened_to_for_ever(monkeypatch):
    monkeypatch.setattr(server_base, "MAX_LINGERED", 300_000)
    monkeypatch.setattr(lingering, "LINGER_SECONDS", 1000.0)
    async with await create_server("127.0.0.1", 0, shell=farewell, connect_maxwait=0.01) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        with pytest.raises(ConnectionError):
            await flood(writer)
        writer.close()
        await until(lambda: not server.clients)


async def test_a_shell_that_reads_after_it_hung_up_is_at_the_end():
    seen = []

    async def shell(reader, writer):
        writer.close()
        seen.append(await reader.read())
        writer.write("unheard")

    async with await create_server("127.0.0.1", 0, shell=shell, connect_maxwait=0.01) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        said = await reader.read()
        await until(lambda: seen)
        writer.close()

    assert seen == [""]
    assert b"unheard" not in said


async def test_a_client_of_telnetlib3_reads_all_and_then_the_end():
    async with await create_server("127.0.0.1", 0, shell=farewell, protocol_factory=TelnetServer) as server:
        reader, writer = await telnetlib3.open_connection(
            "127.0.0.1", port_of(server), encoding="utf8", force_binary=True
        )
        writer.write("x" * 200_000)
        async with asyncio.timeout(10):
            said = await reader.read()
        writer.close()

    assert said.endswith("Goodbye.\r\n")
    assert reader.at_eof()


async def test_the_oldest_line_is_closed_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(lingering, "MAX_LINGERING", 2)
    lines, waiting = [Line() for _ in range(4)], Lingering()

    for line in lines:
        waiting.add(line)
    assert [line.closed for line in lines] == [True, True, False, False]
    waiting.discard(lines[3])
    waiting.cancel()

    assert [line.closed for line in lines] == [True, True, True, False]


async def test_a_line_that_is_lost_while_we_hang_up_is_closed(transport):
    def gone():
        raise OSError("Transport endpoint is not connected")

    transport.write_eof = gone
    protocol = server_base.BaseServer(None)
    protocol.server = None
    protocol.connection_made(transport)
    protocol.server = type("Server", (), {"_lingering": Lingering(), "_client_lost": lambda *_: None})()

    protocol.writer.close()

    assert transport.closing
    protocol.connection_lost(None)
