from __future__ import annotations

import asyncio
import contextlib
import socket

import pytest

from bbsterm.limits import MAX_PROBE_BYTES, MAX_PROBES_AT_ONCE
from bbsterm.net.address import Address
from bbsterm.session import probe as module
from bbsterm.session.probe import Look, banner_hash, look, probe, probe_all, says


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Boards of these tests say at once what they have to say."""
    monkeypatch.setattr(module, "_GREETING", 0.3)
    monkeypatch.setattr(module, "_PAUSE", 0.02)


@contextlib.asynccontextmanager
async def board(greeting=b""):
    """A host on loopback that greets, and counts who is on line."""
    now, most, gone, tasks = set(), [0], [], []

    async def serve(reader, writer):
        tasks.append(asyncio.current_task())
        now.add(writer)
        most[0] = max(most[0], len(now))
        writer.write(greeting)
        with contextlib.suppress(OSError):
            heard = await reader.read()
            gone.append(heard)
        now.discard(writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield Address("127.0.0.1", server.sockets[0].getsockname()[1]), most, gone
        await asyncio.gather(*tasks)


async def test_a_board_that_greets_is_up_and_hears_nothing_from_us():
    async with board(b"\xff\xfd\x18\x1b[1;31mWelcome to Xibalba!\r\n") as (address, _most, gone):
        found = await look(address, now=lambda: 77.5)

    assert (found.probe.checked, found.probe.up, found.probe.tls, found.problem) == (77, True, None, "")
    assert 0 < found.probe.milliseconds < 3000
    assert found.probe.banner == banner_hash(b"WelcometoXibalba!")
    assert gone == [b""]
    assert says(found, "cp437").endswith("ms. It says: Welcome to Xibalba!")


async def test_a_silent_board_is_up_all_the_same():
    async with board() as (address, _most, _gone):
        found = await look(address)

    assert found.probe.up
    assert found.probe.banner == ""
    assert says(found, "no such charset").endswith("It says nothing unasked.")


async def test_nobody_there_is_a_finding_and_no_error(unused_port):
    found = await look(Address("127.0.0.1", unused_port))

    assert not found.probe.up
    assert "connection refused" in says(found, "cp437")


async def test_a_board_without_tls_is_up_but_without_tls():
    async with board(b"Welcome\r\n") as (address, _most, _gone):
        found = await probe(Address(address.host, address.port, "telnets"))

    assert (found.up, found.tls) == (True, False)


async def test_a_board_that_never_stops_talking_is_cut_off():
    async with board(b"x" * (3 * MAX_PROBE_BYTES)) as (address, _most, _gone):
        found = await look(address)

    assert len(found.heard) == MAX_PROBE_BYTES


async def test_many_are_asked_a_few_at_a_time():
    async with board() as (address, most, _gone):
        asked = [Address(f"127.0.0.{number}", address.port) for number in range(1, 2)]
        asked += [Address("127.0.0.1", address.port, user=f"u{number}") for number in range(20)]
        found = {place: result async for place, result in probe_all(asked, at_once=99, jitter=0)}

    assert set(found) == set(asked)
    assert all(result.up for result in found.values())
    assert 1 < most[0] <= MAX_PROBES_AT_ONCE


def test_a_greeting_is_the_same_on_another_day_and_node():
    monday = b"\xff\xfb\x01Node 3, Monday 12:00\r\nYou are caller 1,234"
    assert banner_hash(monday) == banner_hash(b"\x1b[0mNode 7, Monday 12:01\nYou are caller 1,235")
    assert banner_hash(monday) != banner_hash(b"Node 3, Monday. Moved to another host")
    assert banner_hash(b"\xff\xfb\x01 \r\n") == ""


def test_what_a_board_says_cannot_control_anything():
    found = Look(module.Probe(1, True, None, 3.0), b"\x1b]0;title\x07Hi\x1b[2J\x9b1m\x00there", "")

    assert says(found, "latin-1").isprintable()


@pytest.fixture
def unused_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
