"""telnetlib3's clients with our servers, and our clients with its servers."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import socket
import threading

import pytest
import telnetlib3

import bbsterm

SERVERS = {"ours": bbsterm, "theirs": telnetlib3}
PAIRS = [("ours", "theirs"), ("theirs", "ours"), ("ours", "ours")]


async def wargame(reader, writer):
    text = hasattr(writer, "encode")
    question, answer = "Would you like to play a game? ", "\r\nYou win: é\r\n"
    writer.write(question if text else question.encode())
    typed = await reader.read(1)
    writer.echo(typed)
    writer.write(answer if text else answer.encode())
    await writer.drain()
    await reader.read(1)  # telnetlib3's client loses what comes right before the end of a TLS connection


async def ready(server, library):
    """The protocol of the next client, negotiation done."""
    async with asyncio.timeout(10):
        return await server.wait_for_client()


@pytest.fixture(params=PAIRS, ids=lambda pair: f"server-{pair[0]}-client-{pair[1]}")
def pair(request):
    serving, calling = request.param
    return SERVERS[serving], SERVERS[calling]


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize("encoding", ["utf8", False], ids=["text", "bytes"])
async def test_a_game_is_played(pair, encoding, secure, tls):
    serving, calling = pair
    options = {"ssl": tls.server} if secure else {}
    server = await serving.create_server("127.0.0.1", 0, shell=wargame, encoding=encoding, **options)
    port = server.sockets[0].getsockname()[1]
    try:
        options = {"ssl": tls.client, "server_hostname": "localhost"} if secure else {}
        async with asyncio.timeout(15):
            reader, writer = await calling.open_connection("127.0.0.1", port, encoding=encoding, **options)
            seen = await reader.readuntil(b"? ")
            assert seen == b"Would you like to play a game? "
            writer.write("y" if encoding else b"y")
            rest = await reader.readuntil(b": ")
            assert rest == b"y\r\nYou win: "
            assert await reader.readline() == ("é\r\n" if encoding else "é\r\n".encode())
        assert writer.mode == "kludge"
        writer.close()
        await writer.wait_closed()
    finally:
        server.close()
        await server.wait_closed()


async def test_everything_is_told(pair):
    serving, calling = pair
    server = await serving.create_server("127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        async with asyncio.timeout(15):
            reader, writer = await calling.open_connection(
                "127.0.0.1", port, term="vt220", cols=99, rows=33, encoding="cp437"
            )
            client = await ready(server, serving)
            await client.writer.wait_for(remote={"NAWS": True, "BINARY": True}, local={"BINARY": True})
            while client.get_extra_info("LANG") is None:  # noqa: ASYNC110  # no event says so in telnetlib3
                await asyncio.sleep(0)
        told = [client.get_extra_info(name) for name in ("TERM", "cols", "rows", "LANG", "COLUMNS")]
        assert told == ["vt220", 99, 33, "en_US.cp437", "99"]
        assert client.encoding(incoming=True) == client.encoding(outgoing=True) == "cp437"

        client.writer.write("é")
        async with asyncio.timeout(5):
            assert await reader.read(1) == "é"
        writer.close()
        await writer.wait_closed()
    finally:
        server.close()
        await server.wait_closed()


async def test_gmcp_from_their_server_to_our_client():
    hellos = []

    class Server(telnetlib3.TelnetServer):
        def begin_negotiation(self):
            super().begin_negotiation()
            self.writer.set_ext_callback(telnetlib3.GMCP, lambda *message: hellos.append(message))
            self.writer.iac(telnetlib3.WILL, telnetlib3.GMCP)

    server = await telnetlib3.create_server("127.0.0.1", 0, protocol_factory=Server, connect_maxwait=0.5)
    port = server.sockets[0].getsockname()[1]
    try:
        async with asyncio.timeout(15):
            _, writer = await bbsterm.open_connection("127.0.0.1", port)
            await writer.wait_for(remote={"GMCP": True})
            client = await ready(server, telnetlib3)
            await client.writer.wait_for(local={"GMCP": True})
            client.writer.send_gmcp("Char.Vitals", {"hp": 5})
            while not writer.ctx.gmcp_data:  # noqa: ASYNC110
                await asyncio.sleep(0)
            while not hellos:  # noqa: ASYNC110
                await asyncio.sleep(0)
        assert writer.ctx.gmcp_data == {"Char.Vitals": {"hp": 5}}
        package, data = hellos[0]
        assert package == "Core.Hello"
        assert data["client"] == "bbsterm"
        writer.close()
        await writer.wait_closed()
    finally:
        server.close()
        await server.wait_closed()


async def test_compression_from_our_server_to_their_client():
    async def shell(reader, writer):
        await writer.wait_for(local={"MCCP2": True})
        writer.write("x" * 10_000 + "\r\n")
        await reader.read(1)

    async with await bbsterm.create_server("127.0.0.1", 0, shell=shell, compression=True) as server:
        port = server.sockets[0].getsockname()[1]
        async with asyncio.timeout(15):
            reader, writer = await telnetlib3.open_connection("127.0.0.1", port, compression=True)
            assert await reader.readline() == "x" * 10_000 + "\r\n"
        assert server.clients[0].tx_bytes < 1000
        writer.close()
        await writer.wait_closed()


async def test_compression_from_their_server_to_our_client():
    async def shell(reader, writer):
        await writer.wait_for(local={"MCCP2_COMPRESS": True})
        writer.write("x" * 10_000 + "\r\n")
        await reader.read(1)

    server = await telnetlib3.create_server(
        "127.0.0.1", 0, shell=shell, compression=True, connect_maxwait=0.2
    )
    port = server.sockets[0].getsockname()[1]
    try:
        async with asyncio.timeout(15):
            reader, writer = await bbsterm.open_connection("127.0.0.1", port)
            assert await reader.readline() == "x" * 10_000 + "\r\n"
        assert writer.protocol.rx_bytes < 1000
        writer.close()
        await writer.wait_closed()
    finally:
        server.close()
        await server.wait_closed()


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnhandledThreadExceptionWarning"
)  # of their server, closing
@pytest.mark.parametrize("encoding", ["utf8", False], ids=["text", "bytes"])
def test_blocking_ends_of_both(pair, encoding):
    serving, calling = pair
    question = "name? " if encoding else b"name? "
    answer = "Ann\r\n" if encoding else b"Ann\r\n"

    def ask(connection):
        connection.write(question)
        connection.write(connection.readline(timeout=10))
        connection.flush()
        connection.close()

    port = _free_port()
    server = importlib.import_module(f"{serving.__name__}.sync").BlockingTelnetServer(
        "127.0.0.1", port, handler=ask, encoding=encoding
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    assert server._started.wait(10)
    try:
        client = importlib.import_module(f"{calling.__name__}.sync").TelnetConnection
        with client("127.0.0.1", port, timeout=10, encoding=encoding) as connection:
            asked = connection.read_until(b"? ")
            assert asked in ("name? ", b"name? ")  # theirs gives bytes, whatever the encoding
            connection.write(answer)
            with contextlib.suppress(ConnectionResetError):  # it may have answered, and hung up, by now
                connection.flush()
            assert connection.readline() == answer
    finally:
        server.shutdown()
        thread.join(10)


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
