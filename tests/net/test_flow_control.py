"""Who is slow is waited for: peers that do not read, shells that do not, and shells that never wait."""

from __future__ import annotations

import asyncio
import socket

from bbsterm.net import TelnetServer, create_server


def port_of(server):
    return server.sockets[0].getsockname()[1]


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  # any condition at all, not one that somebody could set
            await asyncio.sleep(0)


async def test_drain_waits_for_a_peer_that_does_not_read_and_memory_stays_bounded():
    written = 0
    stuck = asyncio.Event()

    async def flood(reader, writer):
        nonlocal written
        while True:
            writer.write("x" * 65_536)
            written += 65_536
            if writer.protocol.congested:
                stuck.set()
            await writer.drain()

    async with await create_server("127.0.0.1", 0, shell=flood, raw_silence=0) as server:
        sock = socket.create_connection(("127.0.0.1", port_of(server)))
        async with asyncio.timeout(20):
            await stuck.wait()
        client = server.clients[0]
        for _ in range(50):
            await asyncio.sleep(0)

        assert client._transport.get_write_buffer_size() <= 2 * 65_536 + 1024
        before = written
        for _ in range(50):
            await asyncio.sleep(0)
        assert written == before
        sock.close()
        await until(lambda: not server.clients and not server._shells)


async def test_a_peer_that_takes_nothing_for_long_is_hung_up_on(monkeypatch, caplog):
    monkeypatch.setattr("bbsterm.net.flow_control.STALLED_PEER_SECONDS", 0.001)

    async def flood(reader, writer):
        while True:
            writer.write("x" * 65_536)
            await writer.drain()

    async with await create_server("127.0.0.1", 0, shell=flood, raw_silence=0) as server:
        sock = socket.create_connection(("127.0.0.1", port_of(server)))
        await until(lambda: server.clients)
        await until(lambda: not server.clients and not server._shells)
        sock.close()

    assert "does not read what we send" in caplog.text


async def test_a_shell_that_does_not_read_slows_its_peer_down():
    async with await create_server("127.0.0.1", 0, limit=1000) as server:  # no shell: nobody reads
        sock = socket.create_connection(("127.0.0.1", port_of(server)))
        sock.setblocking(False)
        await until(lambda: server.clients)
        client = server.clients[0]
        sent = 0
        for _ in range(2000):
            try:
                sent += sock.send(b"x" * 65_536)
            except BlockingIOError:
                break
            await asyncio.sleep(0)

        assert client._reader_full
        assert client.reader._held() <= 2 * 1000 + 65_536
        sock.close()


async def test_drain_after_the_end_says_so():
    ended = asyncio.Event()

    async def talk(reader, writer):
        try:
            while True:
                writer.write("anybody there?\r\n")
                await writer.drain()
        finally:
            ended.set()

    async with await create_server("127.0.0.1", 0, shell=talk, raw_silence=0) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        await until(lambda: server._shells)
        writer.close()
        await writer.wait_closed()
        async with asyncio.timeout(10):
            await ended.wait()


async def turns_of_others(shell):
    """How often another task had its turn until `shell` ended, with a peer that takes everything at once."""
    turns = 0
    ended = asyncio.Event()

    async def other():
        nonlocal turns
        while not ended.is_set():
            turns += 1
            await asyncio.sleep(0)

    async def measured(reader, writer):
        nonlocal turns
        turns = 0
        await shell(writer)
        ended.set()

    async with await create_server("127.0.0.1", 0, shell=measured, encoding=False, raw_silence=0) as server:
        sock = socket.create_connection(("127.0.0.1", port_of(server)))
        await asyncio.gather(other(), until(ended.is_set))
        sock.close()
    return turns


async def test_who_writes_a_little_again_and_again_lets_others_have_their_turn():
    async def chatter(writer):
        for _ in range(640):
            writer.write(b"x")
            await writer.drain()

    assert 5 <= await turns_of_others(chatter) <= 40


async def test_a_few_answers_are_not_held_up_by_others():
    async def answer(writer):
        for _ in range(20):
            writer.write(b"x")
            await writer.drain()

    assert await turns_of_others(answer) <= 1


async def test_who_writes_much_lets_others_have_their_turn(connect, transport):
    """On a line that takes everything: on a real one it depends on the system's buffers."""
    server = connect(TelnetServer(encoding=False))
    turns = 0

    async def other():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    for _ in range(8):
        server.writer.write(b"x" * 600_000)
        await server.writer.drain()
    task.cancel()

    assert 3 <= turns <= 8


async def test_what_is_written_reaches_the_line_without_a_copy(connect, transport):
    server = connect(TelnetServer(encoding=False))
    transport.take()
    written = []
    transport.write = written.append
    data = b"a page of text\r\n" * 4096

    server.writer.write(data)
    server.writer.write(b"\xff")

    assert written[0] is data
    assert written[1] == b"\xff\xff"  # IAC is doubled all the same
