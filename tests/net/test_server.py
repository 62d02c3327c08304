from __future__ import annotations

import asyncio
import re

import pytest

from bbsterm.net import create_server
from bbsterm.telopt import DO, ECHO, IAC, NAWS, SB, SE, SGA, TTYPE, WILL, WONT

IS, SEND = b"\x00", b"\x01"


def port_of(server):
    return server.sockets[0].getsockname()[1]


async def call(server):
    return await asyncio.open_connection("127.0.0.1", port_of(server))


async def refuse_everything(reader, writer):
    """Answer no to whatever the server asks; return what it said at the end."""
    seen = b""
    while data := await reader.read(1024):
        seen += data
        *asked, seen = re.split(rb"\xff([\xfb\xfd].)", seen, flags=re.DOTALL)
        for verb, option in asked[1::2]:
            writer.write(bytes((0xFF, {0xFB: 0xFE, 0xFD: 0xFC}[verb], option)))
    return seen


async def echo(reader, writer):
    while data := await reader.read(1024):
        writer.write(data)
        await writer.drain()


async def test_a_raw_peer_is_asked_one_question_and_greeted_after_a_short_silence():
    async def shell(reader, writer):
        writer.write("hello\r\n")

    async with await create_server("127.0.0.1", 0, shell=shell, raw_silence=0.01) as server:
        reader, writer = await call(server)

        assert await reader.read() == IAC + DO + TTYPE + b"hello\r\n"
        writer.close()


async def test_a_peer_that_refuses_is_greeted_as_soon_as_nothing_is_pending():
    async def shell(reader, writer):
        writer.write("hello\r\n")

    async with await create_server("127.0.0.1", 0, shell=shell, raw_silence=50, connect_maxwait=50) as server:
        reader, writer = await call(server)
        assert b"hello\r\n" in await refuse_everything(reader, writer)
        writer.close()
