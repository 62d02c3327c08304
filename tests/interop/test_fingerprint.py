"""Programs that nobody here wrote are recognised: the same one twice, and each from the others."""

from __future__ import annotations

import asyncio

import pytest

import bbsterm
from bbsterm.fingerprint import FingerprintingServer, fingerprint_shell
from bbsterm.fingerprint.store import Store, read_json
from tests.interop.test_callers import program

COMMANDS = {
    "inetutils or BSD telnet": lambda port: (program("telnet"), "127.0.0.1", str(port)),
    "TinTin++": lambda port: (program("tt++"), "-G", "-e", f"#session x 127.0.0.1 {port}"),
    "telnetlib3": lambda port: (program("telnetlib3-client"), "127.0.0.1", str(port)),
    "bbsterm": lambda port: (program("bbsterm"), "connect", "--plain", f"127.0.0.1:{port}"),
}


@pytest.fixture
async def port(tmp_path):
    shell = fingerprint_shell(tmp_path / "data")
    async with await bbsterm.create_server("127.0.0.1", 0, FingerprintingServer, shell) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("name", COMMANDS)
async def test_the_same_program_twice_is_one_fingerprint(port, window, tmp_path, name):
    callers = [window(*COMMANDS[name](port)) for _ in range(2)]
    await asyncio.gather(*(caller.shows("name (Return") for caller in callers))

    entries = list(Store(tmp_path / "data").entries("client"))
    assert len({entry.hashes[0] for entry in entries}) == 1
    assert {read_json(entry.path)["program"] for entry in entries} == {name}


async def test_different_programs_are_different_fingerprints(port, window, tmp_path):
    callers = [window(*command(port)) for command in COMMANDS.values()]
    await asyncio.gather(*(caller.shows("name (Return") for caller in callers))

    entries = list(Store(tmp_path / "data").entries("client"))
    assert len({entry.hashes[0] for entry in entries}) == len(COMMANDS)
