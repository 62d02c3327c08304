"""`open_connection` over loopback sockets."""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import suppress

import pytest

from bbsterm.net import (
    TelnetClient,
    TelnetReader,
    TelnetReaderUnicode,
    TelnetWriter,
    create_server,
    open_connection,
)
from bbsterm.telopt import DO, IAC, NAWS, TTYPE, WILL


def port_of(server):
    return server.sockets[0].getsockname()[1]


async def hang_up(writer):
    writer.close()
    await writer.wait_closed()


async def echo(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()


async def listen(talk):
    """A server of plain bytes."""

    async def serve(reader, writer):
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    return await asyncio.start_server(serve, "127.0.0.1", 0)


@pytest.mark.parametrize("encoding", ["utf8", "latin-1", "cp437", False])
async def test_every_character_gets_there_and_back(encoding):
    text = bytes(range(256)) * 2 if encoding is False else bytes(range(256)).decode("latin-1") * 2
    if encoding == "cp437":
        text = bytes(range(256)).decode("cp437") * 2
    async with await create_server(
        "127.0.0.1", 0, shell=echo, encoding=encoding, force_binary=True, raw_silence=0
    ) as server:
        reader, writer = await open_connection(
            "127.0.0.1", port_of(server), encoding=encoding, force_binary=True
        )
        assert isinstance(reader, TelnetReader)
        assert isinstance(writer, TelnetWriter)
        assert isinstance(reader, TelnetReaderUnicode) is bool(encoding)
        await writer.wait_for(remote={"BINARY": True}, local={"BINARY": True})
        writer.write(text)

        assert await reader.readexactly(len(text)) == text
        await hang_up(writer)


async def test_what_a_raw_server_says_is_read_and_nothing_is_said_to_it():
    heard = asyncio.get_running_loop().create_future()

    async def talk(reader, writer):
        writer.write(b"no telnet here\r\n")
        writer.write_eof()
        heard.set_result(await reader.read())

    async with await listen(talk) as server:
        reader, writer = await open_connection("127.0.0.1", port_of(server))
        assert await reader.readline() == "no telnet here\r\n"
        assert await reader.read() == ""
        await hang_up(writer)
        async with asyncio.timeout(5):
            assert await heard == b""


async def test_minwait_listens_to_the_first_questions():
    async def talk(reader, writer):
        writer.write(IAC + DO + TTYPE + IAC + DO + NAWS)
        await reader.read()

    async with await listen(talk) as server:
        _, writer = await open_connection(
            "127.0.0.1", port_of(server), connect_minwait=0.05, connect_maxwait=5
        )
        assert writer.local_option.enabled(NAWS)
        assert writer.local_option.enabled(TTYPE)
        await hang_up(writer)


async def test_maxwait_bounds_a_server_that_leaves_us_waiting():
    async def talk(reader, writer):
        await reader.read()

    class Asking(TelnetClient):
        def begin_negotiation(self):
            super().begin_negotiation()
            self.writer.iac(WILL, TTYPE)

    async with await listen(talk) as server:
        async with asyncio.timeout(5):
            _, writer = await open_connection(
                "127.0.0.1", port_of(server), client_factory=Asking, connect_maxwait=0.01
            )
        assert writer.pending_option.enabled(WILL + TTYPE)
        assert "failed-reply:WILL TTYPE" in repr(writer)
        await hang_up(writer)


async def test_a_shell_runs_beside_and_hangs_up_when_it_ends():
    said = []

    async def shell(reader, writer):
        writer.write("hello\r\n")
        said.append(await reader.readline())

    async with await create_server("127.0.0.1", 0, shell=echo, raw_silence=0) as server:
        _, writer = await open_connection("127.0.0.1", port_of(server), shell=shell)
        async with asyncio.timeout(5):
            await writer.protocol.waiter_closed

    assert said == ["hello\r\n"]


async def test_the_end_can_be_waited_for_by_ones_own_future():
    closed = asyncio.get_running_loop().create_future()
    async with await create_server("127.0.0.1", 0, shell=echo, raw_silence=0) as server:
        _, writer = await open_connection("127.0.0.1", port_of(server), waiter_closed=closed)
        assert not closed.done()
        writer.close()
        async with asyncio.timeout(5):
            await closed


async def test_a_refused_port_is_an_error():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ConnectionError):
        await open_connection("127.0.0.1", port, connect_timeout=5)


async def test_nobody_answers(monkeypatch):
    loop = asyncio.get_running_loop()

    async def never(*arguments, **options):
        await loop.create_future()

    monkeypatch.setattr(loop, "create_connection", never)
    with pytest.raises(ConnectionError, match=r"no answer from 192.0.2.1:23 in 0.01 s"):
        await open_connection("192.0.2.1", connect_timeout=0.01)


async def test_cancelling_it_leaves_nothing(monkeypatch):
    async def talk(reader, writer):
        await reader.read()

    async with await listen(talk) as server:
        opening = asyncio.ensure_future(
            open_connection("127.0.0.1", port_of(server), connect_minwait=50, connect_maxwait=50)
        )
        for _ in range(20):
            await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening


async def test_tls_with_a_name_that_is_vouched_for(tls):
    async def shell(reader, writer):
        cipher = writer.get_extra_info("ssl_object").version()
        writer.write(f"{cipher}\r\n")

    async with await create_server("127.0.0.1", 0, shell=shell, ssl=tls.server, raw_silence=0) as server:
        reader, writer = await open_connection("localhost", port_of(server), ssl=tls.client)
        assert (await reader.readline()).startswith("TLSv1.")
        assert writer.get_extra_info("ssl_object") is not None
        await hang_up(writer)


@pytest.mark.parametrize("trust", [True, ssl.create_default_context()])
async def test_tls_with_a_stranger_is_refused(tls, trust):
    async with await create_server("127.0.0.1", 0, ssl=tls.server) as server:
        with pytest.raises(ssl.SSLCertVerificationError):
            await open_connection("localhost", port_of(server), ssl=trust)


@pytest.mark.parametrize("patience", [5.0, 0.01])
async def test_one_port_for_tls_and_plain(tls, patience):
    async def shell(reader, writer):
        secure = writer.get_extra_info("ssl_object") is not None
        writer.write(f"{'secure' if secure else 'plain'} {await reader.readline()}")

    async with await create_server(
        "127.0.0.1", 0, shell=shell, ssl=tls.server, tls_auto=patience, raw_silence=0
    ) as server:
        reader, writer = await open_connection(
            "localhost", port_of(server), ssl=tls.client, server_hostname="localhost"
        )
        writer.write("hello\r\n")
        assert await reader.readline() == "secure hello\r\n"
        await hang_up(writer)

        reader, writer = await open_connection("127.0.0.1", port_of(server))
        writer.write("hello\r\n")
        assert await reader.readline() == "plain hello\r\n"
        await hang_up(writer)


async def test_a_silent_plain_client_is_greeted_and_a_tls_client_never_sees_a_plain_byte(tls):
    async with await create_server("127.0.0.1", 0, ssl=tls.server, tls_auto=0.01) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        assert await reader.readexactly(3) == IAC + DO + TTYPE
        await hang_up(writer)


async def test_a_broken_tls_hello_is_hung_up_on_and_the_next_is_served(tls):
    async with await create_server("127.0.0.1", 0, shell=echo, ssl=tls.server, tls_auto=True) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        writer.write(b"\x16\x03\x01\x00\x05nonsense")
        with suppress(ConnectionError):
            await reader.read()  # an alert, perhaps
        await hang_up(writer)

        reader, writer = await open_connection("localhost", port_of(server), ssl=tls.client)
        writer.write("x")
        assert await reader.read(1) == "x"
        await hang_up(writer)
        assert all(client.encrypted for client in server.clients)


async def test_a_client_that_hangs_up_before_it_says_what_it_is(tls):
    async with await create_server("127.0.0.1", 0, ssl=tls.server, tls_auto=50) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        await hang_up(writer)
        for _ in range(50):
            await asyncio.sleep(0)
        assert server.clients == []


async def test_bytes_that_come_with_the_end_of_the_handshake_are_not_lost(tls):
    got = asyncio.get_running_loop().create_future()

    async def shell(reader, writer):
        got.set_result(await reader.readexactly(60_000))

    async with await create_server(
        "127.0.0.1", 0, shell=shell, encoding=False, ssl=tls.server, tls_auto=True, raw_silence=0
    ) as server:
        _, writer = await open_connection("localhost", port_of(server), ssl=tls.client, encoding=False)
        writer.write(b"x" * 60_000)
        async with asyncio.timeout(5):
            assert await got == b"x" * 60_000
        await hang_up(writer)


async def test_who_has_said_all_hears_questions_and_does_not_answer():
    heard = []

    async def board(reader, writer):
        heard.append(await reader.read())
        writer.write(b"\xff\xfd\x18still here\xff\xfd\x1f\r\n")  # IAC DO TTYPE, IAC DO NAWS
        writer.close()

    server = await asyncio.start_server(board, "127.0.0.1", 0)
    async with server, asyncio.timeout(20):
        reader, writer = await open_connection(*server.sockets[0].getsockname(), force_binary=True)
        writer.write("bye")
        writer.write_eof()

        assert await reader.read() == "still here\r\n"
        assert heard == [b"bye"]
        writer.close()
        await writer.wait_closed()
