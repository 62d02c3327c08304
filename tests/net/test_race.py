"""Several addresses of one host: the first that answers wins, and no socket is left."""

from __future__ import annotations

import asyncio
import gc
import socket

import pytest

from bbsterm.net import create_server, open_connection
from bbsterm.net.race import interleaved, race

STEPS = 40


def at(port, host="127.0.0.1"):
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))


@pytest.fixture
def closed_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield sock.getsockname()[1]


@pytest.fixture
def open_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen(2 * STEPS)
        yield sock.getsockname()[1]


async def test_the_first_that_answers_wins(open_port, closed_port):
    tried = []

    sock = await race([at(closed_port), at(open_port), at(closed_port)], trying=tried.append)

    assert isinstance(sock, socket.socket)
    assert sock.getpeername()[1] == open_port
    assert tried == ["127.0.0.1"] * 2
    sock.close()


async def test_nobody_answers(closed_port):
    problems = await race([at(closed_port), at(closed_port)])

    assert [type(problem) for problem in problems] == [ConnectionRefusedError] * 2


def test_the_families_take_turns():
    six = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 23, 0, 0))

    assert interleaved([six, six, six, at(23)]) == [six, at(23), six, six]


@pytest.mark.parametrize("steps", range(STEPS))
async def test_cancelled_at_any_step_it_leaves_no_socket(open_port, steps):
    racing = asyncio.ensure_future(race([at(open_port), at(open_port)]))
    for _ in range(steps):
        await asyncio.sleep(0)
    racing.cancel()
    await asyncio.wait([racing])

    if not racing.cancelled():
        racing.result().close()
    gc.collect()  # an unclosed socket says so, and that is an error here


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4, 6, 9, 20, 80])
async def test_a_call_to_a_name_cancelled_at_any_step_leaves_no_socket(steps):
    async with await create_server("127.0.0.1", 0) as server:
        calling = asyncio.ensure_future(open_connection("localhost", server.sockets[0].getsockname()[1]))
        for _ in range(steps):
            await asyncio.sleep(0)
        calling.cancel()
        await asyncio.wait([calling])
        if not calling.cancelled():
            _, writer = calling.result()
            writer.close()
            await writer.wait_closed()
    gc.collect()


async def test_a_name_that_refuses_says_so_once(closed_port):
    with pytest.raises(OSError, match=r"Connect call failed|refused|Multiple exceptions"):
        await open_connection("localhost", closed_port)
