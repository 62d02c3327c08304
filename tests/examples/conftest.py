"""Examples are run as a reader would run them: in a process of their own, on a free port."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
PATIENCE = 30


class Program:
    """An example that runs."""

    def __init__(self, process):
        self.process = process
        self.address = ("", 0)

    @property
    def port(self):
        return self.address[1]

    async def line(self):
        """The next line that it prints."""
        async with asyncio.timeout(PATIENCE):
            return (await self.process.stdout.readline()).decode().rstrip("\r\n")

    async def output(self):
        """Everything that it prints until it ends by itself, and how it ended."""
        async with asyncio.timeout(PATIENCE):
            out, err = await self.process.communicate()
        assert b"Traceback" not in err, err.decode()
        return out.decode().replace("\r\n", "\n"), self.process.returncode

    async def stop(self):
        if self.process.returncode is None:
            self.process.terminate()
        _, err = await self.process.communicate()
        assert b"Traceback" not in err, err.decode()


@pytest.fixture
async def start():
    """Start an example, without waiting for anything."""
    programs = []

    async def start(name, *argv, **environ):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-W", "error", str(EXAMPLES / name), *map(str, argv)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **environ},
        )
        programs.append(Program(process))
        return programs[-1]

    yield start
    for program in programs:
        await program.stop()


@pytest.fixture
async def serve(start):
    """Start an example that listens, and wait until it does."""

    async def serve(name, *argv, host="127.0.0.1", **environ):
        program = await start(name, host, 0, *argv, **environ)
        said = await program.line()
        if not said.startswith("listening on "):
            await program.output()  # says why
            raise AssertionError(said)
        host, _, port = said.removeprefix("listening on ").rpartition(":")
        program.address = (host, int(port))
        return program

    return serve
