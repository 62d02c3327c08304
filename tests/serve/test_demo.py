from __future__ import annotations

import asyncio
import threading

import pytest

from bbsterm.errors import ListenError
from bbsterm.serve.board import BoardSettings
from bbsterm.serve.demo import start_demo_board
from tests.serve.memory import PATIENCE


def demo_boards() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "demo board"}


async def test_the_demo_board_lives_in_its_own_thread_while_it_is_wanted():
    others = demo_boards()
    async with start_demo_board(BoardSettings(name="A board")) as (host, port):
        assert host == "127.0.0.1"
        assert len(demo_boards() - others) == 1
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"Ann\n")
        async with asyncio.timeout(PATIENCE):
            await reader.readuntil(b"A board")
            await reader.readuntil(b"Your choice")

    async with asyncio.timeout(PATIENCE):
        assert b"The board closes now." in await reader.read()
    writer.close()
    assert demo_boards() <= others
    with pytest.raises(ConnectionError):
        await asyncio.open_connection(host, port)


async def test_it_leaves_no_files(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    async with start_demo_board() as (host, port):
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"Ann\no\nw\nhello, wall\n")
        async with asyncio.timeout(PATIENCE):
            await reader.readuntil(b"Ann: hello, wall")
        writer.close()

    assert list(tmp_path.iterdir()) == []


async def test_two_demo_boards_do_not_meet():
    async with start_demo_board() as first, start_demo_board() as second:
        assert first != second


async def test_a_board_that_cannot_start_says_why(monkeypatch):
    async def refuse(*args, **options):
        raise OSError(24, "too many open files")

    monkeypatch.setattr("bbsterm.serve.listening.create_server", refuse)
    others = demo_boards()

    with pytest.raises(ListenError, match="too many open files"):
        async with start_demo_board():
            pytest.fail("started")
    assert demo_boards() <= others
