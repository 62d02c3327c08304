from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading

import pytest
import trustme

from bbsterm.errors import BusyError, DialError, InsecureError, NoAnswerError, UnknownHostError
from bbsterm.limits import OUTBOX_LOW
from bbsterm.net import race as racing
from bbsterm.net.address import Address, Family
from bbsterm.net.dial import dial, resolve
from bbsterm.net.tls import TlsSettings
from bbsterm.net.transport import Wire


class Listener(asyncio.Protocol):
    """A server that says its greeting and nothing else."""

    def __init__(self, greeting, lines):
        self.greeting, self.lines = greeting, lines

    def connection_made(self, transport):
        self.transport, self.gone = transport, asyncio.Event()
        self.lines.append(self)
        transport.write(self.greeting)

    def connection_lost(self, exc):
        self.gone.set()


@contextlib.asynccontextmanager
async def listening(context=None, *, greeting=b"hello"):
    lines = []
    server = await asyncio.get_running_loop().create_server(
        lambda: Listener(greeting, lines), "127.0.0.1", 0, ssl=context
    )
    async with server:
        yield server.sockets[0].getsockname()[1]
        for line in lines:
            line.transport.abort()
            await line.gone.wait()


def wire() -> Wire:
    return Wire(lambda: None)


async def refused_port() -> int:
    """A port where nobody listens, and nobody else will come to."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def server_context(*names: str) -> tuple[trustme.CA, ssl.SSLContext]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return authority, context


@pytest.fixture
def ca(tmp_path):
    """Where a CA is kept for the caller to trust."""

    def keep(authority: trustme.CA) -> TlsSettings:
        path = tmp_path / "ca.pem"
        authority.cert_pem.write_to_path(path)
        return TlsSettings(ca=path)

    return keep


async def received(line: Wire, size: int) -> bytes:
    data = b""
    while len(data) < size and not line.ended:
        data += line.take(size)
        await asyncio.sleep(0)  # once round the loop
    return data


async def test_a_board_that_answers_is_heard():
    async with listening() as port:
        line = await dial(Address("127.0.0.1", port), wire)

        assert await received(line, 5) == b"hello"
        await line.close()


async def test_a_refused_port_is_busy():
    with pytest.raises(BusyError, match="connection refused"):
        await dial(Address("127.0.0.1", await refused_port()), wire)


async def test_an_unknown_name_is_an_unknown_host():
    with pytest.raises((UnknownHostError, DialError), match=r"no such host|name server"):
        await dial(Address("no-such-board.invalid"), wire)


async def test_a_name_that_idna_refuses_is_an_unknown_host():
    with pytest.raises(UnknownHostError):
        await resolve(Address("xn--" + "é" * 60))


async def test_silence_is_no_answer(monkeypatch):
    async def never(info):
        await asyncio.Event().wait()

    monkeypatch.setattr(racing, "connect", never)

    with pytest.raises(NoAnswerError, match=r"no answer in 0\.01 s"):
        await dial(Address("127.0.0.1"), wire, connect_timeout=0.01)


async def test_a_name_server_that_is_silent_keeps_nobody_waiting(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: release.wait(30) and [])

    with pytest.raises(NoAnswerError):
        await dial(Address("bbs.example.org"), wire, connect_timeout=0.01)
    release.set()


async def test_the_families_take_turns(monkeypatch):
    six = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 23, 0, 0))
    four = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 23))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: [six, six, six, four])

    assert await resolve(Address("bbs.example.org")) == [six, four, six, six]


async def test_a_dead_first_address_does_not_hide_the_second(monkeypatch):
    port = await refused_port()
    async with listening() as good:
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", good)),
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)

        line = await dial(Address("bbs.example.org"), wire)

        assert await received(line, 5) == b"hello"
        await line.close()


async def test_an_ipv4_host_has_no_ipv6_address():
    with pytest.raises(DialError):
        await dial(Address("127.0.0.1"), wire, family=Family.IPV6)


async def test_a_dial_can_be_cancelled_while_the_name_is_looked_up(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: release.wait(30) and [])
    task = asyncio.create_task(dial(Address("bbs.example.org"), wire))
    await asyncio.sleep(0)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    release.set()


async def test_tls_with_the_right_name_and_ca(ca):
    authority, context = server_context("localhost", "127.0.0.1")
    async with listening(context) as port:
        line = await dial(Address("127.0.0.1", port, "telnets"), wire, tls=ca(authority))

        assert await received(line, 5) == b"hello"
        assert line.info("ssl_object").version() in ("TLSv1.2", "TLSv1.3")
        await line.close()


async def test_a_certificate_for_another_name_is_a_named_mismatch(ca):
    authority, context = server_context("other.example")
    async with listening(context) as port:
        with pytest.raises(InsecureError, match=r"name mismatch.*'127\.0\.0\.1'") as refused:
            await dial(Address("127.0.0.1", port, "telnets"), wire, tls=ca(authority))

    assert "by the name in its certificate" in refused.value.hint


async def test_a_certificate_nobody_vouches_for_is_refused():
    _, context = server_context("127.0.0.1")
    async with listening(context) as port:
        with pytest.raises(InsecureError, match="vouch"):
            await dial(Address("127.0.0.1", port, "telnets"), wire)


async def test_any_certificate_will_do_without_verification():
    _, context = server_context("other.example")
    async with listening(context) as port:
        line = await dial(Address("127.0.0.1", port, "telnets"), wire, tls=TlsSettings(verify=False))

        assert await received(line, 5) == b"hello"
        await line.close()


async def test_a_board_without_tls_is_told_apart():
    async with listening(greeting=b"\xff\xfb\x01\xff\xfb\x03Welcome to the board\r\n") as port:
        with pytest.raises(InsecureError, match="does not speak TLS"):
            await dial(Address("127.0.0.1", port, "telnets"), wire)


async def test_a_board_that_never_shakes_hands():
    async with listening(greeting=b"") as port:
        with pytest.raises(InsecureError, match="does not finish"):
            await dial(Address("127.0.0.1", port, "telnets"), wire, handshake_timeout=0.05)


async def test_an_urgent_synch_stays_in_the_stream():
    """What BSD's telnetd does when it flushes: the IAC of IAC DM is the urgent byte."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        line = await dial(Address("127.0.0.1", listener.getsockname()[1]), wire)
        peer, _ = listener.accept()
        with peer:
            peer.send(b"a")
            peer.send(b"\xff", socket.MSG_OOB)
            peer.send(b"\xf2b")

            assert await received(line, 4) == b"a\xff\xf2b"
        await line.close()


async def test_a_peer_that_takes_nothing_is_not_read_either():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        line = await dial(Address("127.0.0.1", listener.getsockname()[1]), wire)
        peer, _ = listener.accept()
        with peer:
            while not line.congested:
                line.write(bytes(65536))
            assert line.unsent > OUTBOX_LOW
            peer.send(b"x" * 1000)
            await asyncio.sleep(0)
            assert line.received == 0

            peer.setblocking(False)
            loop = asyncio.get_running_loop()
            while line.congested:
                await loop.sock_recv(peer, 1 << 20)
            assert await received(line, 1000) == b"x" * 1000
        line.abort()
