"""Callers that nobody here wrote, on the demo board: inetutils telnet, tintin++, telnetlib3's client."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from bbsterm.serve.board import Board
from bbsterm.serve.server import Listening, open_board

SEARCH = os.pathsep.join(
    [str(Path(sys.executable).parent), os.environ.get("PATH", ""), "/usr/games", "/usr/bin"]
)


def program(name: str) -> str:
    """Where a program is; the test is skipped where it is not."""
    found = shutil.which(name, path=SEARCH)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
async def port():
    async with open_board(Board(), Listening("127.0.0.1", 0)) as (_, port):
        yield port


async def visit(caller, *, end="\r"):
    """The round that every caller can make; `end` is what a single key needs after it."""
    await caller.shows("Your name")
    caller.type("Zoë\r")
    await caller.shows("Main menu")
    await caller.shows("Your choice")
    caller.type(f"t{end}")
    await caller.shows("80 x 24 (NAWS)")
    await caller.shows("any key")
    caller.type(f"x{end}")
    await caller.shows("Your choice")
    caller.type(f"c{end}")
    await caller.shows("Zoë has come in")
    caller.type("Good evening, boards ╬\r")
    await caller.shows("<Zoë> Good evening, boards ╬")
    caller.type("/quit\r")
    await caller.shows("Your choice")
    caller.type(f"g{end}")
    await caller.shows("Goodbye, Zoë")


async def test_inetutils_telnet(port, window):
    caller = window(program("telnet"), "127.0.0.1", str(port))

    await visit(caller, end="")

    await caller.shows("Connection closed by foreign host")
    assert "XTERM" in caller.text
    assert "BINARY ECHO SGA" in caller.text


async def test_telnetlib3_client(port, window):
    caller = window(program("telnetlib3-client"), "127.0.0.1", str(port))

    await visit(caller, end="")

    await caller.shows("Connection closed")


async def test_tintin(port, window):
    caller = window(program("tt++"), "-e", f"#session board 127.0.0.1 {port}")

    await visit(caller)

    await caller.shows("DIED")
    assert "TINTIN++" in caller.text


async def test_two_strangers_chat(port, window):
    """A line-at-a-time caller and a key-at-a-time one hear each other."""
    one = window(program("telnet"), "127.0.0.1", str(port))
    other = window(program("tt++"), "-e", f"#session board 127.0.0.1 {port}")
    for caller, name, end in ((one, "Ann", ""), (other, "Bob", "\r")):
        await caller.shows("Your name")
        caller.type(f"{name}\r")
        await caller.shows("Your choice")
        caller.type(f"c{end}")
        await caller.shows(f"{name} has come in")

    await one.shows("Bob has come in")
    one.type("hello Bob\r")
    await other.shows("<Ann> hello Bob")
    other.type("hello Ann\r")
    await one.shows("<Bob> hello Ann")
