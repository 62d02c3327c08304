"""Whatever the event loop, and whenever a task is cancelled: nothing is left, nothing is complained about."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import ipaddress
import logging
import socket
import ssl

import pytest

from bbsterm.net import create_server, open_connection

PATIENCE = 20
LINES = 3


def uvloops():
    return pytest.importorskip("uvloop").new_event_loop()


LOOPS = [asyncio.new_event_loop, uvloops]


@pytest.fixture(params=LOOPS, ids=["asyncio", "uvloop"])
def run(request, caplog):
    """Runs a coroutine in debug mode; neither a task nor a complaint may be left."""

    def run(main, *, expecting=None):
        loop = request.param()
        complaints = []
        loop.set_exception_handler(lambda _, context: complaints.append(context))
        with (
            asyncio.Runner(loop_factory=lambda: loop, debug=True) as runner,
            caplog.at_level(logging.WARNING),
        ):

            async def whole():
                await asyncio.wait_for(main, PATIENCE)
                await until(lambda: asyncio.all_tasks() == {asyncio.current_task()})

            runner.run(whole())
            gc.collect()  # what was never awaited says so now
        assert complaints == []
        # "took 0.101 seconds" is about this machine
        said = [each.getMessage() for each in caplog.records if " took " not in each.getMessage()]
        assert [each for each in said if expecting is None or expecting not in each] == []

    return run


async def until(condition):
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  # nothing tells
            await asyncio.sleep(0)


async def echo(reader, writer):
    async for line in reader:
        writer.write(line)
        await writer.drain()


async def talk(port, **options):
    """Say some lines, hear them again, hang up."""
    reader, writer = await open_connection("127.0.0.1", port, force_binary=True, **options)
    try:
        for number in range(LINES):
            writer.write(f"hé {number}\r\n")
            await writer.drain()
            assert await reader.readline() == f"hé {number}\r\n"
    finally:
        writer.close()
        await writer.wait_closed()


def port_of(server):
    return server.sockets[0].getsockname()[1]


def test_a_conversation(run):
    async def main():
        async with await create_server("127.0.0.1", 0, shell=echo) as server:
            await asyncio.gather(*(talk(port_of(server)) for _ in range(5)))

    run(main())


def test_a_conversation_over_tls(run, tls):
    async def main():
        options = {"ssl": tls.client, "server_hostname": "localhost"}
        async with await create_server("127.0.0.1", 0, shell=echo, ssl=tls.server) as server:
            await talk(port_of(server), **options)

    run(main())


def test_the_first_byte_decides_between_tls_and_plain(run, tls):
    async def main():
        options = {"ssl": tls.client, "server_hostname": "localhost"}
        async with await create_server("127.0.0.1", 0, shell=echo, ssl=tls.server, tls_auto=0.1) as server:
            await asyncio.gather(
                *(talk(port_of(server), **options) for _ in range(3)),
                *(talk(port_of(server)) for _ in range(3)),
            )

    run(main())


def test_bytes_that_follow_the_first_one_at_once_are_not_lost(run, tls):
    async def secure(reader, writer):
        encrypted = writer.get_extra_info("ssl_object") is not None
        got.append((encrypted, await reader.readexactly(60_000)))

    async def main():
        async with await create_server(
            "127.0.0.1", 0, shell=secure, encoding=False, ssl=tls.server, tls_auto=True, raw_silence=0
        ) as server:
            for options in ({"ssl": tls.client, "server_hostname": "localhost"}, {}):
                _, writer = await open_connection("127.0.0.1", port_of(server), encoding=False, **options)
                writer.write(b"x" * 60_000)
                await until(lambda: got)
                taken.append(got.pop())
                writer.close()
                await writer.wait_closed()

    got, taken = [], []
    run(main())
    assert taken == [(True, b"x" * 60_000), (False, b"x" * 60_000)]


def test_who_hangs_up_breaks_the_handshake_or_is_silent_harms_nobody(run, tls):
    async def main():
        options = {"ssl": tls.client, "server_hostname": "localhost"}
        async with await create_server("127.0.0.1", 0, shell=echo, ssl=tls.server, tls_auto=50) as server:
            address = ("127.0.0.1", port_of(server))
            gone, broken, silent = (socket.create_connection(address) for _ in range(3))
            gone.close()
            broken.sendall(b"\x16\x03\x01\x00\x05nonsense")
            await talk(address[1], **options)
        assert not server.is_serving()
        assert server.sockets == ()
        broken.close()
        silent.close()

    run(main(), expecting="TLS handshake")


def test_hundreds_of_connections_in_a_moment(run):
    async def main():
        async with await create_server("127.0.0.1", 0, shell=echo) as server:
            address = ("127.0.0.1", port_of(server))
            for _ in range(5):
                callers = [socket.create_connection(address) for _ in range(40)]
                for caller in callers:
                    caller.close()
                await asyncio.sleep(0)
            await until(lambda: not server.clients and not server._shells)

    run(main())


def test_a_server_that_closes_while_everybody_talks(run):
    async def main():
        async def talk_on(port):
            with contextlib.suppress(ConnectionError, AssertionError, OSError):
                while True:
                    await talk(port)

        server = await create_server("127.0.0.1", 0, shell=echo)
        talking = [asyncio.ensure_future(talk_on(port_of(server))) for _ in range(5)]
        await until(lambda: len(server.clients) >= 3)
        server.close()
        await server.wait_closed()
        await asyncio.gather(*talking)

    run(main())


def test_a_reader_too_slow_for_its_peer(run):
    async def main():
        async def flood(reader, writer):
            for _ in range(64):
                writer.write("x" * 65536)
                await writer.drain()

        async with await create_server("127.0.0.1", 0, shell=flood) as server:
            reader, writer = await open_connection("127.0.0.1", port_of(server), limit=4096)
            total = 0
            while data := await reader.read(4096):
                total += len(data)
            assert total == 64 * 65536
            writer.close()
            await writer.wait_closed()

    run(main())


def test_cancelling_a_client_at_every_step_harms_nobody(run):
    async def main():
        async with await create_server("127.0.0.1", 0, shell=echo) as server:
            port, steps, done = port_of(server), 0, False
            while not done:
                steps += 1
                talking = asyncio.ensure_future(talk(port))
                for _ in range(steps):
                    await asyncio.sleep(0)
                done = talking.done()
                talking.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await talking
            await talk(port)
            await until(lambda: not server.clients and not server._shells)

    run(main())


def test_cancelling_a_shell_at_every_step_closes_its_line(run):
    async def main():
        shells = []

        async def shell(reader, writer):
            shells.append(asyncio.current_task())
            await echo(reader, writer)

        async with await create_server("127.0.0.1", 0, shell=shell, raw_silence=0) as server:
            for steps in range(30):
                reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
                writer.write(b"one\r\ntwo\r\n")
                await until(lambda: shells)
                for _ in range(steps):
                    await asyncio.sleep(0)
                shells.pop().cancel()
                with contextlib.suppress(ConnectionError):
                    await reader.read()
                writer.close()
                with contextlib.suppress(ConnectionError):
                    await writer.wait_closed()

    run(main())


@pytest.mark.parametrize("wait", ["drain", "wait_for", "wait_closed", "read", "readline"])
def test_cancelling_each_wait(run, wait):
    async def main():
        async def silent(reader, writer):
            await reader.read(1)

        async with await create_server("127.0.0.1", 0, shell=silent) as server:
            reader, writer = await open_connection("127.0.0.1", port_of(server))
            waits = {
                "drain": writer.drain,
                "wait_for": lambda: writer.wait_for(remote={"LINEMODE": True}),
                "wait_closed": writer.wait_closed,
                "read": reader.read,
                "readline": reader.readline,
            }
            if wait == "drain":
                writer.protocol.pause_writing()
            for _ in range(2):  # the second shows that the first has left nothing behind
                waiting = asyncio.ensure_future(waits[wait]())
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                waiting.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await waiting
            if wait == "drain":
                writer.protocol.resume_writing()
            writer.close()
            await writer.wait_closed()

    run(main())


# --- behind a proxy ----------------------------------------------------------------------------

HERE = (ipaddress.ip_network("127.0.0.0/8"),)
CALLER = b"PROXY TCP4 192.0.2.7 192.0.2.1 4711 23\r\n"


async def tell_who(reader, writer):
    writer.write(f"{writer.get_extra_info('peername')}\r\n")
    writer.write(await reader.readline())


async def through_a_proxy(port, header, *, step=None, **options):
    """What somebody hears whose connection begins with `header`, which may come in pieces."""
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setblocking(False)
    loop = asyncio.get_running_loop()
    for at in range(0, len(header), step or len(header)):
        await loop.sock_sendall(sock, header[at : at + (step or len(header))])
        await asyncio.sleep(0)
    reader, writer = await asyncio.open_connection(sock=sock, **options)
    try:
        writer.write(b"hello\r\n")
        return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@pytest.mark.parametrize("step", [None, 1])
@pytest.mark.parametrize(("secure", "tls_auto"), [(False, False), (True, False), (True, True)])
def test_a_caller_behind_a_proxy_is_known_by_name(run, tls, step, secure, tls_auto):
    async def main():
        encrypted = {"ssl": tls.server, "tls_auto": tls_auto} if secure else {}
        server = await create_server(
            "127.0.0.1", 0, shell=tell_who, force_binary=True, raw_silence=0.01, proxies=HERE, **encrypted
        )
        async with server:
            calling = {"ssl": tls.client, "server_hostname": "localhost"} if secure else {}
            heard = await through_a_proxy(port_of(server), CALLER, step=step, **calling)
            assert b"('192.0.2.7', 4711)\r\nhello\r\n" in heard
            if tls_auto:
                assert b"192.0.2.7" in await through_a_proxy(port_of(server), CALLER)

    run(main())


@pytest.mark.parametrize(
    ("header", "trusted", "complaint"),
    [
        (CALLER, (ipaddress.ip_network("198.51.100.0/24"),), "no proxy that we trust"),
        (b"GET / HTTP/1.1\r\n\r\n", HERE, "no PROXY header"),
    ],
)
def test_nobody_else_comes_in(run, header, trusted, complaint):
    async def main():
        async with await create_server("127.0.0.1", 0, shell=tell_who, proxies=trusted) as server:
            assert await through_a_proxy(port_of(server), header) == b""

    run(main(), expecting=complaint)


def test_who_says_nothing_ends_with_its_server(run):
    async def main():
        async with await create_server("127.0.0.1", 0, shell=tell_who, proxies=HERE) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
            writer.write(b"PROXY")
        with contextlib.suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    run(main())


# --- TLS in the middle of a conversation -----------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf8", False])
def test_both_ends_go_on_in_tls_where_they_agree_to(run, tls, encoding):
    def spelled(text):
        return text if encoding else text.encode()

    async def shell(reader, writer):
        assert await reader.readline() == spelled("STARTTLS\r\n")
        writer.write(spelled("go on\r\n"))
        await writer.start_tls(tls.server)
        writer.write(
            spelled(f"{await reader.readline()!r} {writer.get_extra_info('ssl_object') is not None}")
        )
        await writer.drain()

    async def main():
        async with await create_server("127.0.0.1", 0, shell=shell, encoding=encoding) as server:
            reader, writer = await open_connection("127.0.0.1", port_of(server), encoding=encoding)
            async with writer:
                writer.write(spelled("STARTTLS\r\n"))
                assert await reader.readline() == spelled("go on\r\n")
                await writer.start_tls(tls.client, server_hostname="localhost")
                writer.write(spelled("hello\r\n"))
                said = await reader.read()
                assert spelled("hello") in said
                assert spelled("True") in said
                with pytest.raises(ConnectionError):
                    await writer.start_tls(tls.client)
            assert writer.is_closing()

    run(main())


def test_a_line_is_in_tls_once(run, tls):
    async def main():
        server = await create_server("127.0.0.1", 0, shell=echo, ssl=tls.server)
        async with server:
            _, writer = await open_connection(
                "127.0.0.1", port_of(server), ssl=tls.client, server_hostname="localhost"
            )
            async with writer:
                with pytest.raises(RuntimeError, match="TLS already"):
                    await writer.start_tls(tls.client)

    run(main())


def test_a_handshake_that_fails_ends_the_line(run, tls):
    async def shell(reader, writer):
        await reader.readline()
        writer.write("go on\r\n")
        with contextlib.suppress(OSError):
            await writer.start_tls(tls.server)

    async def main():
        async with await create_server("127.0.0.1", 0, shell=shell) as server:
            reader, writer = await open_connection("127.0.0.1", port_of(server))
            async with writer:
                writer.write("STARTTLS\r\n")
                await reader.readline()
                with pytest.raises(ssl.SSLError):
                    await writer.start_tls(tls.client, server_hostname="elsewhere.example")

    run(main(), expecting="SSL")
