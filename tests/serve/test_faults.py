"""Callers who do their worst to a shell: they are closed, others notice nothing, and the server stands."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import zlib
from dataclasses import replace

import pytest

from bbsterm.limits import MAX_SUBNEGOTIATION
from bbsterm.serve.service import open_service
from bbsterm.serve.settings import ServeSettings

PATIENCE = 20
ROOT = "root" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
SETTINGS = ServeSettings(port=0, shell="telsh", status_interval=0, connect_maxwait=0.5)
QUIET = b"\xff\xfc\x18"  # IAC WONT TTYPE
SHELLS = ["telsh", "echo", "binary", "pty"]


@contextlib.asynccontextmanager
async def beside(shell, **changes):
    """A server, its address, and an honest caller who is answered before and after."""
    if shell == "pty":
        changes |= {"pty_exec": "cat", "line_mode": True, "run_as": ROOT}
    else:
        changes |= {"shell": shell}
    async with asyncio.timeout(PATIENCE), open_service(replace(SETTINGS, **changes)) as server:
        place = server.sockets[0].getsockname()[:2]
        reader, writer = await asyncio.open_connection(*place)
        writer.write(QUIET + b"ann1\r\n")
        await reader.readuntil(b"no such command" if shell == "telsh" else b"ann1")
        try:
            yield server, place
            writer.write(b"ann2\r\n")
            await reader.readuntil(b"no such command" if shell == "telsh" else b"ann2")
        finally:
            writer.close()


async def pour(place, data, times=1, *, end=True):
    """Send as much of it as is taken, and read nothing; then hang up."""
    _, writer = await asyncio.open_connection(*place, limit=1024)
    with contextlib.suppress(ConnectionError, TimeoutError):
        for _ in range(times):
            writer.write(data)
            async with asyncio.timeout(1.0):
                await writer.drain()
    if end:
        writer.close()
    else:
        writer.transport.abort()


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "bytes_",
    [
        b"\xff\xfa\x18\x00" + b"x" * (4 * MAX_SUBNEGOTIATION),
        b"\xff\xfb\x1f\xff\xfc\x1f" * 20_000,
        b"\xff\xfd\xc8\xff\xfe\xc8" * 20_000,
        b"x" * 1_000_000,
        b"\xc3\x28\xa0\xa1\xfe\xfe\xed\xa0\x80\r\n" * 1000,
        b"\xff" * 10_001,
        b"\x16\x03\x01\x02\x00\x01\x00" + bytes(500),
        b"\x1b[" + b"1;" * 50_000,
    ],
    ids=["subnegotiation", "flips", "unknown", "line", "utf8", "iac", "tls", "escape"],
)
async def test_whatever_is_poured_in(shell, bytes_, caplog):
    async with beside(shell) as (_, place):
        await pour(place, bytes_, 3)
        await pour(place, QUIET + bytes_, 3, end=False)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("shell", ["telsh", "echo"])
@pytest.mark.parametrize("after", range(0, 24, 3))
async def test_a_reset_in_the_middle_of_negotiation(shell, after, caplog):
    talk = b"\xff\xfb\x18\xff\xfa\x18\x00XTERM\xff\xf0\xff\xfb\x1f\xff\xfa\x1f\0\x50"
    async with beside(shell) as (server, place):
        with socket.create_connection(place) as caller:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            caller.sendall(talk[:after])
        await asyncio.gather(*(client.waiter_closed for client in server.clients[1:]))
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("shell", ["telsh", "echo", "binary"])
async def test_a_half_closed_line_is_answered(shell):
    async with beside(shell) as (_, place):
        reader, writer = await asyncio.open_connection(*place)
        writer.write(b"version\r\n")
        writer.write_eof()
        assert b"version" in await reader.read() or shell == "telsh"
        writer.close()


async def test_who_stops_in_the_middle_of_a_command_is_not_waited_for_for_ever():
    async with asyncio.timeout(PATIENCE), open_service(replace(SETTINGS, timeout=0.3)) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        writer.write(b"\xff")  # and no more: an open command
        assert b"Timeout." in await reader.read()
        writer.close()


async def test_a_bomb_under_mccp3_is_defused():
    bomb = zlib.compress(bytes(200 * 1024 * 1024), 9)
    async with beside("binary", mccp3=True) as (_, place):
        _, writer = await asyncio.open_connection(*place, limit=1024)
        writer.write(b"\xff\xfd\x57")  # DO MCCP3, after which the shell's offer is agreed to
        writer.write(b"\xff\xfa\x57\xff\xf0" + bomb)
        with contextlib.suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(2.0):
                await writer.drain()
        writer.transport.abort()


async def test_without_the_option_nobody_compresses_what_we_read():
    async with beside("binary") as (_, place):
        reader, writer = await asyncio.open_connection(*place)
        writer.write(b"\xff\xfd\x57")  # DO MCCP3
        said = await reader.readuntil(b"\xff\xfc\x57")  # IAC WONT MCCP3
        assert b"\xff\xfb\x57" not in said
        writer.close()
