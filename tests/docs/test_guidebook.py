"""Programs as they are written for telnetlib3, with nothing but the import changed, in both libraries' words.

Each is run by bbsterm, and by telnetlib3 where it can: the answers are the same.
"""

from __future__ import annotations

import asyncio
import importlib

import pytest

LIBRARIES = ("bbsterm", "telnetlib3")
PATIENCE = 20


@pytest.fixture(params=LIBRARIES)
def lib(request):
    return importlib.import_module(request.param)


@pytest.fixture
async def listen(lib):
    servers = []

    async def listen(**options):
        server = await lib.create_server(host="127.0.0.1", port=0, **{"connect_maxwait": 1.0, **options})
        servers.append(server)
        return server, server.sockets[0].getsockname()[:2]

    yield listen
    for server in servers:
        server.close()
        await server.wait_closed()


async def soon(work):
    async with asyncio.timeout(PATIENCE):
        return await work


async def test_wait_for_client(lib, listen):
    server, address = await listen()
    calling = asyncio.create_task(lib.open_connection(*address))

    client = await soon(server.wait_for_client())

    client.writer.write("hello\r\n")
    await client.writer.drain()
    reader, writer = await calling
    assert await soon(reader.readline()) == "hello\r\n"
    assert list(server.clients) == [client]
    assert min(client.idle, client.duration) >= 0
    assert min(client.rx_bytes, client.tx_bytes) > 0
    writer.close()


async def test_a_client_shell_and_waiter_closed(lib, listen):
    heard = []

    async def question(reader, writer):
        writer.write("game? ")
        writer.echo(await reader.read(1))
        writer.write("\r\nbye\r\n")
        await writer.drain()
        writer.close()

    async def answer(reader, writer):
        while text := await reader.read(1024):
            heard.append(text)
            if "?" in text:
                writer.write("y")

    _, address = await listen(shell=question)
    _, writer = await lib.open_connection(*address, shell=answer)

    await soon(writer.protocol.waiter_closed)

    assert "".join(heard).endswith("\r\nbye\r\n")


async def test_a_protocol_of_ones_own(lib, listen):
    telopt = importlib.import_module(f"{lib.__name__}.telopt")
    seen = set()

    class Server(lib.TelnetServer):
        def begin_negotiation(self):
            super().begin_negotiation()
            self.writer.iac(telopt.DO, telopt.TSPEED)

        def on_ttype(self, ttype):
            super().on_ttype(ttype)
            seen.add(ttype)

        def on_naws(self, rows, cols):
            super().on_naws(rows, cols)
            seen.add((rows, cols))

        def on_tspeed(self, rx, tx):
            super().on_tspeed(rx, tx)
            seen.add((int(rx), int(tx)))

        def on_request_environ(self):
            return ["HOME", "LANG"]

    server, address = await listen(protocol_factory=Server)
    _, writer = await lib.open_connection(*address, term="vt220", cols=100, rows=30, tspeed=(9600, 19200))
    client = await soon(server.wait_for_client())

    assert seen == {"vt220", (30, 100), (9600, 19200)}
    assert client.get_extra_info("TERM") == "vt220"
    assert (client.get_extra_info("cols"), client.get_extra_info("rows")) == (100, 30)
    assert client.get_extra_info("tspeed") == "9600,19200"
    assert client.get_extra_info("LANG").lower().replace("-", "") == "en_us.utf8"
    writer.close()


async def test_waiting_for_negotiation(lib, listen):
    telopt = importlib.import_module(f"{lib.__name__}.telopt")

    async def shell(reader, writer):
        await soon(writer.wait_for_condition(lambda w: w.mode == "kludge"))
        await soon(
            writer.wait_for(
                remote={"NAWS": True, "BINARY": True}, local={"echo": True}, pending={"TTYPE": False}
            )
        )
        with pytest.raises(KeyError):
            await writer.wait_for(remote={"NOPE": True})
        writer.write(f"{writer.mode} {writer.remote_option.enabled(telopt.NAWS)}\r\n")
        await writer.drain()
        writer.close()

    _, address = await listen(shell=shell)
    reader, _ = await lib.open_connection(*address)

    assert await soon(reader.readline()) == "kludge True\r\n"


async def test_a_binary_echo(lib, listen):
    async def shell(reader, writer):
        while data := await reader.read(1024):
            writer.write(data)
            await writer.drain()
        writer.close()

    _, address = await listen(shell=shell, encoding=False)
    reader, writer = await lib.open_connection(*address, encoding=False)
    writer.write(b"abc\xff\x00\r\n")

    assert await soon(reader.readexactly(7)) == b"abc\xff\x00\r\n"
    writer.close()


async def test_gmcp_by_callback(lib, listen):
    telopt = importlib.import_module(f"{lib.__name__}.telopt")
    here, there = [], []

    async def shell(reader, writer):
        writer.set_ext_callback(telopt.GMCP, lambda package, data: there.append((package, data)))
        writer.iac(telopt.WILL, telopt.GMCP)
        await soon(writer.wait_for(local={"GMCP": True}))
        writer.send_gmcp("Char.Vitals", {"hp": 1})
        writer.write("ok\r\n")
        await reader.readline()
        writer.write("bye\r\n")
        await writer.drain()
        writer.close()

    _, address = await listen(shell=shell)
    reader, writer = await lib.open_connection(*address)
    writer.set_ext_callback(telopt.GMCP, lambda package, data: here.append((package, data)))
    await soon(reader.readline())
    writer.send_gmcp("Char.Name", "Ann")
    writer.write("\r\n")
    await soon(reader.readline())

    assert here == [("Char.Vitals", {"hp": 1})]
    assert there[-1] == ("Char.Name", "Ann")
    assert there[0][0] == "Core.Hello"


async def test_a_line_is_edited_by_readline_async(lib, listen):
    async def shell(reader, writer):
        writer.write("name? ")
        name = await lib.readline_async(reader, writer)
        writer.write(f"\r\nhello {name}\r\n")
        await writer.drain()
        writer.close()

    _, address = await listen(shell=shell)
    reader, writer = await lib.open_connection(*address)
    writer.write("bobx\x7f\r")

    assert (await soon(reader.read())).endswith("\r\nhello bob\r\n")


async def test_linemode(lib, listen):
    server, address = await listen(protocol_factory=lib.LinemodeServer)
    _, writer = await lib.open_connection(*address)
    client = await soon(server.wait_for_client())

    await soon(client.writer.wait_for(remote={"LINEMODE": True}))

    assert (client.writer.mode, writer.mode) == ("local", "local")
    writer.close()


async def test_a_plain_function_as_shell(lib, listen):
    def shell(reader, writer):
        writer.write("hello\r\n")
        writer.close()

    _, address = await listen(shell=shell)
    reader, _ = await lib.open_connection(*address)

    assert await soon(reader.readline()) == "hello\r\n"
