"""`serve --workers 2 --bus`: callers of both hear each other; a killed worker loses only its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys

import pytest

from tests.serve.test_natsbus import free_port, nats, real, soon  # noqa: F401

PATIENCE = 30
_CALLERS = 16
"""Shared out by the system: all on one worker happens once in 32,768 times."""


@contextlib.asynccontextmanager
async def serving(folder, nats_port):
    """Two workers; gives their port and, once they have started, their processes."""
    port, log = free_port(), folder / "serve.log"
    words = ["-m", "bbsterm", "serve", str(port), "--workers", "2", "--data-dir", str(folder)]
    words += [
        "--bus",
        f"nats://127.0.0.1:{nats_port}",
        "--logfile",
        str(log),
        "--drain",
        "0.1",
        "--limit-per-address",
        "99",
    ]
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(PATIENCE):
            assert b"Ctrl+C" in await process.stdout.readline()
            await soon(lambda: len(re.findall("bus: connected", log.read_text())) == 2)
        yield port, [int(each) for each in re.findall(r"is process (\d+)", log.read_text())]
    finally:
        process.terminate()
        await process.wait()


async def chat(port, name):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{name}\n".encode())
    await reader.readuntil(b"Your choice")
    writer.write(b"c\n")
    await reader.readuntil(f"{name} has come in".encode())
    return reader, writer


async def hears(reader, words):
    """Whether the words come; not, where the line ends first."""
    try:
        await reader.readuntil(words)
    except (asyncio.IncompleteReadError, ConnectionError):
        return False
    return True


async def still_there(reader, writer):
    with contextlib.suppress(ConnectionError):
        writer.write(b"/rooms\n")
    return await hears(reader, b"soldering irons")


@real
@pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
async def test_callers_of_both_workers_chat_and_one_worker_may_be_killed(tmp_path, nats):  # noqa: F811
    async with serving(tmp_path, nats) as (port, processes), asyncio.timeout(PATIENCE):
        callers = list(await asyncio.gather(*(chat(port, f"Caller {number}") for number in range(_CALLERS))))
        callers[0][1].write(b"hello, everybody\n")
        assert all(await asyncio.gather(*(hears(reader, b"hello, everybody") for reader, _ in callers)))

        os.kill(processes[0], signal.SIGKILL)
        alive = [caller for caller in callers if await still_there(*caller)]
        assert 0 < len(alive) < _CALLERS

        alive[0][1].write(b"here we are\n")
        assert all(await asyncio.gather(*(hears(reader, b"here we are") for reader, _ in alive)))
        callers.append(await chat(port, "Later"))  # the other worker, or the one in its place
        for _, writer in callers:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
