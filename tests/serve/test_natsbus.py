"""The bus over a real nats-server; without one, or without nats-py, these tests skip."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket

import pytest

from bbsterm import limits
from bbsterm.errors import UsageError
from bbsterm.serve import natsbus
from bbsterm.serve.board import Board
from bbsterm.serve.bus import LocalBus
from bbsterm.serve.natsbus import NatsBus, check_bus, make_bus
from tests.serve.memory import PATIENCE, calling

SERVER = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin:/usr/local/sbin")
real = pytest.mark.skipif(SERVER is None, reason="nats-server is not installed")


def test_no_bus_is_the_process_itself():
    assert type(make_bus("")) is LocalBus


@pytest.mark.parametrize("url", ["nats", "http://host:4222", "nats://", "nats://host:99999", "nats://h,x"])
def test_what_is_no_url_is_refused(url):
    pytest.importorskip("nats")
    with pytest.raises(UsageError, match="--bus takes nats://HOST:PORT"):
        check_bus(url)


def test_a_password_is_not_repeated():
    with pytest.raises(UsageError) as caught:
        check_bus("http://me:secret@host")
    assert "secret" not in str(caught.value)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """NATS is called again at once."""
    monkeypatch.setattr(natsbus, "_AGAIN", 0.05)


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.asynccontextmanager
async def nats_server(port):
    process = await asyncio.create_subprocess_exec(
        SERVER, "-a", "127.0.0.1", "-p", str(port), stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(PATIENCE * 2):
            while b"Server is ready" not in await process.stderr.readline():
                assert process.returncode is None
        reading = asyncio.create_task(process.stderr.read())
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await reading


@contextlib.asynccontextmanager
async def bus_on(port):
    bus = NatsBus([f"nats://127.0.0.1:{port}"])
    await bus.open()
    try:
        yield bus
    finally:
        await bus.close()


@pytest.fixture
async def nats():
    pytest.importorskip("nats")
    port = free_port()
    async with nats_server(port):
        yield port


async def soon(holds):
    """Wait until it holds: something happens in another process."""
    async with asyncio.timeout(PATIENCE * 2):
        while not holds():  # noqa: ASYNC110  # another process tells nobody when it is done
            await asyncio.sleep(0.01)


async def connected(*buses):
    async with asyncio.timeout(PATIENCE * 2):
        for bus in buses:
            await bus.connected.wait()


@real
async def test_what_one_says_all_hear_and_once(nats):
    async with bus_on(nats) as one, bus_on(nats) as other:
        await connected(one, other)
        here, there = [], []
        with one.subscribed("chat", here.append), other.subscribed("chat", there.append):
            await one.publish("chat", {"text": "hi"})
            await one.publish("news", {"text": "elsewhere"})
            await other.publish("chat", {"text": "ho"})
            await soon(lambda: len(here) == len(there) == 2)
        assert {each["text"] for each in here} == {each["text"] for each in there} == {"hi", "ho"}


@real
async def test_who_is_there_is_known_and_who_leaves_is_gone(nats):
    async with bus_on(nats) as one, bus_on(nats) as other:
        one.announce("1", {"name": "Ann"})
        await connected(one, other)
        one.announce("2", {"name": "Bob"})
        await soon(lambda: len(other.others()) == 2 or one._say_all())
        assert {each["name"] for each in other.others()} == {"Ann", "Bob"}
        assert {each["worker"] for each in other.others()} == {one.worker}
        one.withdraw("1")
        await soon(lambda: [each["name"] for each in other.others()] == ["Bob"])
        await one.close()
        await soon(lambda: other.others() == [])


@real
async def test_words_wait_until_nats_is_there_and_nobody_here_waits_for_them(nats):
    async with bus_on(nats) as other:
        await connected(other)
        one, here, there = NatsBus([f"nats://127.0.0.1:{nats}"]), [], []
        with one.subscribed("chat", here.append), other.subscribed("chat", there.append):
            await one.publish("chat", {"text": "early"})
            assert here == [{"text": "early"}]
            await one.open()
            await soon(lambda: there == [{"text": "early"}])
        await one.close()


@real
async def test_they_find_each_other_again_when_nats_was_away(caplog):
    pytest.importorskip("nats")
    port, heard = free_port(), []
    async with bus_on(port) as one, bus_on(port) as other:
        with other.subscribed("chat", heard.append):
            for server in range(2):
                async with nats_server(port):
                    await connected(one, other)
                    await one.publish("chat", {"text": str(server)})
                    await soon(lambda server=server: {"text": str(server)} in heard)
                await soon(lambda: not one.connected.is_set() and not other.connected.is_set())
    assert "NATS is away" in caplog.text


@real
async def test_strangers_messages_are_passed_over(nats):
    from nats.aio.client import Client

    async with bus_on(nats) as bus:
        await connected(bus)
        heard = []
        stranger = Client()
        await stranger.connect(f"nats://127.0.0.1:{nats}")
        with bus.subscribed("chat", heard.append):
            for data in (b"", b"\xff", b"{}", b"[" * 5000, b"x" * limits.MAX_BUS_MESSAGE * 2):
                await stranger.publish("bbsterm.board", data)
            await stranger.publish(
                "bbsterm.board", b'{"v":1,"from":"w","topic":"chat","message":{"text":"good"}}'
            )
            await stranger.flush()
            await soon(lambda: heard)
        await stranger.close()
        assert heard == [{"text": "good"}]


async def test_a_queue_without_nats_has_an_end():
    pytest.importorskip("nats")
    bus = NatsBus(["nats://127.0.0.1:1"])
    for number in range(limits.MAX_BUS_QUEUE + 10):
        await bus.publish("chat", {"text": str(number)})
    await bus.publish("chat", {"text": "x" * limits.MAX_BUS_MESSAGE})

    assert len(bus._outgoing) == limits.MAX_BUS_QUEUE
    assert b'"10"' in bus._outgoing[0]
    await bus.close()


@real
async def test_callers_of_two_workers_chat_page_and_see_each_other(nats):
    boards = [Board(bus=NatsBus([f"nats://127.0.0.1:{nats}"])) for _ in range(2)]
    for board in boards:
        await board.open()
    await connected(*(board.bus for board in boards))
    try:
        async with calling(boards[0], name="Ann") as ann:
            await soon(lambda: [each["name"] for each in boards[1].bus.others()] == ["Ann"])
            async with calling(boards[1]) as bob:
                await bob.shows("Node 2", "1 more on")
                bob.type("Ann\r")  # there is one already, elsewhere
                await bob.shows("Ann 2, node 2; 2 on", "Your choice")
                bob.type("w")
                await bob.shows("Who is online", "2 on", "Ann", "main menu", "Ann 2", "Press a key")
                bob.type(" c")
                await bob.shows("has come in", "> ")
                ann.type("c")
                await bob.shows("Ann", "has come in")
                ann.type("hello, other worker\r")
                await bob.shows("<Ann>", "hello, other worker")
                bob.type("/msg Ann psst\r")
                await ann.shows("Ann 2 pages you", "psst")
            await ann.shows("Ann 2", "has left")
            await soon(lambda: boards[0].bus.others() == [])
    finally:
        for board in boards:
            await board.close()
